/** Of a standard normal, for 95% on both sides together. */
const Z = 1.96;

/** @typedef {{ difference: number, low: number, high: number }} Difference of two shares, 0..1, with its 95% interval */
/**
 * `b`: images that only the first has right, `c`: only the second; `of`: images.
 * @typedef {Difference & { b: number, c: number, of: number }} Paired
 */

/**
 * Two readers of the same test images: how much more the first has right, with the 95% interval of McNemar's paired counts,
 * (b - c) / n ± 1.96 sqrt(b + c - (b - c)² / n) / n. It is narrower than that of two tests on images of their own, since
 * most images are easy, or hard, for both.
 * Q. McNemar, "Note on the sampling error of the difference between correlated proportions or percentages",
 * Psychometrika 12, 1947.
 * @param {ArrayLike<number>} first the class that it read in each image
 * @param {ArrayLike<number>} second
 * @param {ArrayLike<number>} truth
 * @returns {Paired}
 */
export function paired(first, second, truth) {
  const of = truth.length;
  if (first.length !== of || second.length !== of) {
    throw new RangeError(`${first.length} and ${second.length} answers about ${of} images`);
  }
  let [b, c] = [0, 0];
  for (let i = 0; i < of; i++) {
    const [one, other] = [first[i] === truth[i], second[i] === truth[i]];
    if (one && !other) b++;
    else if (other && !one) c++;
  }
  return { b, c, of, ...ofCounts(b, c, of) };
}

/** @param {number} b @param {number} c @param {number} of @returns {Difference} */
export function ofCounts(b, c, of) {
  if (of === 0) return { difference: 0, low: 0, high: 0 };
  const difference = (b - c) / of;
  const half = (Z * Math.sqrt(Math.max(0, b + c - (b - c) ** 2 / of))) / of;
  return { difference, low: difference - half, high: difference + half };
}

/** What may be said of a difference: nothing where its interval holds zero. @param {Difference} of @returns {'ahead' | 'behind' | 'level'} */
export const readingOf = ({ low, high }) => (low > 0 ? 'ahead' : high < 0 ? 'behind' : 'level');
