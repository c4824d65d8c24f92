// Runs that differ in nothing but seed and labels, put together.
import { ARMS } from '../../session/session.js';
import { readingOf } from '../../shared/paired.js';
import { accuracy, forArms } from '../../shared/runs.js';

/** @typedef {import('../../shared/runs.js').RunRow} RunRow */
/** @typedef {import('../../shared/runs.js').Arm} Arm */
/** @typedef {{ mean: number, deviation: number | null, low: number, high: number }} Summary `deviation`: of a sample; null for one run */
/** @typedef {import('../../shared/paired.js').Difference} Difference */
/** @typedef {'random' | 'supervised'} Rival of the self-supervised arm */
/**
 * @typedef {{ labels: number, seeds: number, full: Record<Arm, Summary>, few: Record<Arm, Summary>,
 *   lead: Record<Rival, Difference> }} Group `lead`: of the self-supervised arm on the whole test set
 */

/** What must agree for two runs to be repeats of each other. @param {RunRow} row */
export function configuration({ data, train, settings, tests, fused }) {
  const { seed: _seed, labels: _labels, ...rest } = settings;
  return JSON.stringify([data, train, tests.random.full.count, fused, rest]);
}

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

/**
 * The runs of one configuration by their number of labels, ascending. A seed counts once, however often it was run.
 * @param {readonly RunRow[]} rows
 * @param {string} of a configuration
 * @returns {Group[]}
 */
export function groups(rows, of) {
  /** @type {Map<number, Map<number, RunRow>>} */
  const byLabels = new Map();
  for (const row of rows) {
    if (configuration(row) !== of) continue;
    const { labels, seed } = row.settings;
    byLabels.set(labels, (byLabels.get(labels) ?? new Map()).set(seed, row));
  }
  return [...byLabels]
    .sort(([a], [b]) => a - b)
    .map(([labels, bySeed]) => {
      const all = [...bySeed.values()];
      return {
        labels,
        seeds: all.length,
        full: forArms((arm) => summary(all.map(({ tests }) => accuracy(tests[arm].full)))),
        few: forArms((arm) => summary(all.map(({ tests }) => accuracy(tests[arm].few)))),
        lead: { random: lead(all, 'random'), supervised: lead(all, 'supervised') },
      };
    });
}

/** Student's t for 95% on both sides together, by degrees of freedom from 1; from the last on by its series. */
const STUDENT = [12.706, 4.303, 3.182, 2.776, 2.571, 2.447, 2.365, 2.306, 2.262, 2.228];
/** @param {number} freedom degrees, at least 1 */
const student = (freedom) => STUDENT[freedom - 1] ?? 1.96 + 2.4 / freedom + 3 / freedom ** 2;

/**
 * How far the self-supervised arm is ahead, with a 95% interval: over the seeds where there are some, each a pair of its
 * own; for one seed over the test images, as if each arm had had its own, since the table has no answers to single images
 * (that interval is rather too wide than too narrow).
 * @param {readonly RunRow[]} rows of one number of labels, one a seed
 * @param {Rival} rival
 * @returns {Difference}
 */
export function lead(rows, rival) {
  const pairs = rows.map(({ tests }) => [accuracy(tests.self_supervised.full), accuracy(tests[rival].full)]);
  const { mean, deviation } = summary(pairs.map(([own, other]) => own - other));
  const { count } = rows[0].tests[rival].full;
  const [own, other] = pairs[0];
  const half =
    deviation === null
      ? 1.96 * Math.sqrt((own * (1 - own) + other * (1 - other)) / Math.max(1, count))
      : (student(rows.length - 1) * deviation) / Math.sqrt(rows.length);
  return { difference: mean, low: mean - half, high: mean + half };
}

/**
 * Where the self-supervised arm is clearly ahead of another one, clearly behind, or neither.
 * @param {readonly Group[]} found
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
/** Numbers of labels at which the random arm is no better than guessing. @param {readonly Group[]} found */
export const guessing = (found) =>
  found.filter(({ full }) => full.random.mean <= NEAR_GUESSING).map(({ labels }) => labels);

/** The best arm of a group. @param {Group} group @returns {Arm} */
export const best = ({ full }) => ARMS.reduce((a, b) => (full[b].mean > full[a].mean ? b : a));
