// Scales: from values to pixels and back.

/**
 * @typedef {object} Scale
 * @property {readonly [number, number]} domain its ends in values
 * @property {(value: number) => number} at the pixel of a value; values beyond the domain lie beyond the range
 * @property {(pixel: number) => number} of the value at a pixel
 */

/**
 * @param {readonly [number, number]} domain ends in values; of one value only, it lies in the middle of the range
 * @param {readonly [number, number]} range ends in pixels; descending for a vertical axis
 * @returns {Scale}
 */
export function linear(domain, range) {
  const [from, to] = domain;
  const [start, end] = range;
  if (from === to) return { domain, at: () => (start + end) / 2, of: () => from };
  return {
    domain,
    at: (value) => start + ((value - from) / (to - from)) * (end - start),
    of: (pixel) => from + ((pixel - start) / (end - start)) * (to - from),
  };
}

/**
 * Equal ratios are equal lengths.
 * @param {readonly [number, number]} domain ends in values, both positive
 * @param {readonly [number, number]} range ends in pixels
 * @returns {Scale}
 */
export function log(domain, range) {
  if (!(domain[0] > 0 && domain[1] > 0)) throw new RangeError(`a logarithmic axis from ${domain[0]} to ${domain[1]}`);
  const powers = linear([Math.log(domain[0]), Math.log(domain[1])], range);
  return { domain, at: (value) => powers.at(Math.log(value)), of: (pixel) => Math.exp(powers.of(pixel)) };
}

export const SCALES = { linear, log };
