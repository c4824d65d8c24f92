// How far the self-supervised arm is ahead of the others, and what may be said of it.
import { readingOf } from '../../shared/paired.js';

/** @typedef {import('../../shared/paired.js').Difference} Difference */
/** @typedef {'random' | 'supervised'} Rival of the self-supervised arm */
/** @typedef {{ mean: number, deviation: number | null, low: number, high: number }} Summary `deviation`: of a sample; null for one run */
/** @typedef {{ own: number, other: number, count: number }} Pair accuracies of two arms of one seed, on so many test images */

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
const student = (freedom) => STUDENT[freedom - 1] ?? 1.96 + 2.372 / freedom + 2.82 / freedom ** 2;

/**
 * How far one arm is ahead of another, with a 95% interval: over the seeds where there are some, each a pair of its own; for
 * one seed over the test images, as if each arm had had its own, since the table has no answers to single images (that
 * interval is rather too wide than too narrow).
 * @param {readonly Pair[]} pairs one a seed, one at least
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

/**
 * Where the self-supervised arm is clearly ahead of another one, clearly behind, or neither.
 * @param {readonly { labels: number, lead: Record<Rival, Difference> }[]} found
 * @param {Rival} rival
 * @returns {{ rival: Rival, ahead: number[], behind: number[], level: number[] }} numbers of labels
 */
export function verdict(found, rival) {
  const at = (/** @type {ReturnType<typeof readingOf>} */ reading) =>
    found.filter((group) => readingOf(group.lead[rival]) === reading).map(({ labels }) => labels);
  return { rival, ahead: at('ahead'), behind: at('behind'), level: at('level') };
}

/** Guessing gives a tenth. */
const NEAR_GUESSING = 0.15;
/** Numbers of labels at which the random arm is no better than guessing. @param {readonly { labels: number, full: { random: Summary } }[]} found */
export const guessing = (found) =>
  found.filter(({ full }) => full.random.mean <= NEAR_GUESSING).map(({ labels }) => labels);
