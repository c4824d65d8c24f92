// Runs that differ in nothing but seed and labels, put together.
import { ARMS } from '../../session/session.js';
import { accuracy, forArms } from '../../shared/runs.js';
import { lead, summary } from '../../shared/lead.js';

/** @typedef {import('../../shared/runs.js').RunRow} RunRow */
/** @typedef {import('../../shared/runs.js').Arm} Arm */
/** @typedef {import('../../shared/lead.js').Summary} Summary */
/** @typedef {import('./leads.js').Rival} Rival */
/**
 * @typedef {{ labels: number, seeds: number, full: Record<Arm, Summary>, few: Record<Arm, Summary>,
 *   lead: Record<Rival, import('../../shared/paired.js').Difference> }} Group `lead`: of the self-supervised arm on the
 *   whole test set
 */

/** What must agree for two runs to be repeats of each other. @param {RunRow} row */
export function configuration({ data, train, settings, tests, fused }) {
  const { seed: _seed, labels: _labels, ...rest } = settings;
  return JSON.stringify([data, train, tests.random.full.count, fused, rest]);
}

/** @param {readonly RunRow[]} rows @param {Rival} rival */
const pairs = (rows, rival) =>
  rows.map(({ tests }) => ({
    own: accuracy(tests.self_supervised.full),
    other: accuracy(tests[rival].full),
    count: tests[rival].full.count,
  }));

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
        lead: { random: lead(pairs(all, 'random')), supervised: lead(pairs(all, 'supervised')) },
      };
    });
}

/** The best arm of a group. @param {Group} group @returns {Arm} */
export const best = ({ full }) => ARMS.reduce((a, b) => (full[b].mean > full[a].mean ? b : a));
