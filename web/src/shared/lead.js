// Repeats of a comparison: how they scatter, and how far one reader is ahead of another.

/** @typedef {import('./paired.js').Difference} Difference */
/** @typedef {{ mean: number, deviation: number | null, low: number, high: number }} Summary `deviation`: of a sample; null for one run */
/** @typedef {{ own: number, other: number, count: number }} Pair accuracies of two readers, on so many test images */

/**
 * Mean and standard deviation of a sample (n - 1).
 * @param {number[]} values at least one
 * @returns {Summary}
 */
export function summary(values) {
  const mean = values.reduce((sum, value) => sum + value, 0) / values.length;
  const squares = values.reduce((sum, value) => sum + (value - mean) ** 2, 0);
  return {
    mean,
    deviation: values.length > 1 ? Math.sqrt(squares / (values.length - 1)) : null,
    low: Math.min(...values),
    high: Math.max(...values),
  };
}

/** Student's t for 95% on both sides together, by degrees of freedom from 1. */
const STUDENT = [12.706, 4.303, 3.182, 2.776, 2.571, 2.447, 2.365, 2.306, 2.262, 2.228];
/** Beyond the table by the first terms of its series about the normal's. @param {number} freedom degrees, at least 1 */
export const student = (freedom) => STUDENT[freedom - 1] ?? 1.96 + 2.372 / freedom + 2.82 / freedom ** 2;

/**
 * How far one reader is ahead of another, with a 95% interval: over the repeats (seeds, or sets of labelled images) where there
 * are some, each a pair of its own; for one over the test images, as if each reader had had its own, since a pair has no
 * answers to single images (that interval is rather too wide than too narrow).
 * @param {readonly Pair[]} pairs one a repeat, one at least
 * @returns {Difference}
 */
export function lead(pairs) {
  const { mean, deviation } = summary(pairs.map(({ own, other }) => own - other));
  const [{ own, other, count }] = pairs;
  const half =
    deviation === null
      ? 1.96 * Math.sqrt((own * (1 - own) + other * (1 - other)) / Math.max(1, count))
      : (student(pairs.length - 1) * deviation) / Math.sqrt(pairs.length);
  return { difference: mean, low: mean - half, high: mean + half };
}
