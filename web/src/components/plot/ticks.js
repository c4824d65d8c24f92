// Where an axis has its ticks.

/** Sums of steps differ from round numbers in the last digits. @param {number} value */
const round = (value) => Number(value.toPrecision(12));

/**
 * Round values, 1, 2 or 5 times a power of ten apart.
 * @param {readonly [number, number]} domain ends in values, ascending
 * @param {number} [about] so many parts, more or less
 * @returns {number[]} ascending, inside the domain
 */
export function linearTicks([low, high], about = 5) {
  if (!(high > low)) return [low];
  const wanted = (high - low) / about;
  const power = 10 ** Math.floor(Math.log10(wanted));
  const step =
    power *
    (wanted / power < Math.SQRT2 ? 1 : wanted / power < Math.sqrt(10) ? 2 : wanted / power < Math.sqrt(50) ? 5 : 10);
  const first = Math.ceil(low / step - 1e-9);
  const last = Math.floor(high / step + 1e-9);
  return Array.from({ length: last - first + 1 }, (_, i) => round((first + i) * step));
}

/**
 * Powers of ten; where there are fewer than three of them, also twice and five times these.
 * @param {readonly [number, number]} domain ends in values, positive and ascending
 * @returns {number[]} ascending, inside the domain
 */
export function logTicks([low, high]) {
  const [first, last] = [Math.floor(Math.log10(low)), Math.ceil(Math.log10(high))];
  const powers = Array.from({ length: last - first + 1 }, (_, i) => 10 ** (first + i));
  const inside = (/** @type {number} */ value) => value >= low * (1 - 1e-9) && value <= high * (1 + 1e-9);
  const found = powers.filter(inside);
  return found.length >= 3
    ? found
    : powers
        .flatMap((power) => [power, 2 * power, 5 * power])
        .map(round)
        .filter(inside);
}

export const TICKS = { linear: linearTicks, log: logTicks };

/**
 * The ticks whose names have room: the last always, since it says how far the axis reaches.
 * @param {readonly number[]} ticks ascending
 * @param {(tick: number) => number} at its pixel
 * @param {(tick: number) => number} width of its name in pixels
 * @returns {number[]}
 */
export function withRoom(ticks, at, width) {
  /** @type {number[]} */
  const kept = [];
  for (const tick of [...ticks].reverse()) {
    const next = kept[0];
    if (next === undefined || Math.abs(at(next) - at(tick)) >= (width(next) + width(tick)) / 2) kept.unshift(tick);
  }
  return kept;
}
