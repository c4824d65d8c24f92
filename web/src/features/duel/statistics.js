// Runs that differ in nothing but seed and labels, put together.
import { ARMS } from '../../session/session.js';
import { accuracy, forArms } from '../../shared/runs.js';

/** @typedef {import('../../shared/runs.js').RunRow} RunRow */
/** @typedef {import('../../shared/runs.js').Arm} Arm */
/** @typedef {{ mean: number, deviation: number | null, low: number, high: number }} Summary `deviation`: of a sample; null for one run */
/** @typedef {{ labels: number, seeds: number, full: Record<Arm, Summary>, few: Record<Arm, Summary> }} Group */

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
      };
    });
}

/**
 * Where self-supervision is ahead of learning everything from the labels alone.
 * @param {readonly Group[]} found at least one
 * @returns {{ code: 'nowhere' | 'everywhere' | 'somewhere', wins: number[] }} `wins`: numbers of labels
 */
export function verdict(found) {
  const wins = found.filter(({ full }) => full.self_supervised.mean > full.supervised.mean);
  const code = wins.length === 0 ? 'nowhere' : wins.length === found.length ? 'everywhere' : 'somewhere';
  return { code, wins: wins.map(({ labels }) => labels) };
}

/** The best arm of a group. @param {Group} group @returns {Arm} */
export const best = ({ full }) => ARMS.reduce((a, b) => (full[b].mean > full[a].mean ? b : a));
