// What the probes say: who leads, by how much, and whether that can be said at all.
import { BUDGETS } from '../../shared/budgets.js';
import { paired, readingOf } from '../../shared/paired.js';

/** @typedef {import('../../data/records.js').Features} Features */
/** @typedef {import('../../shared/paired.js').Paired} Paired */
/** @typedef {{ labels: number, right: number, of: number, low: number, high: number, marks: Uint8Array }} Budget */
/** @typedef {Partial<Record<Features, readonly Budget[]>>} Probes */

/** The nearest number of labels to what was chosen, never above it where there is one below. @param {readonly number[]} budgets @param {number} chosen */
export const chosenOf = (budgets, chosen) => budgets.findLast((labels) => labels <= chosen) ?? budgets[0] ?? chosen;

/** Which of BUDGETS stands for it as the setting. @param {number} labels of the data's */
export const settingOf = (labels) => String(BUDGETS.find((budget) => budget >= labels) ?? BUDGETS[BUDGETS.length - 1]);

/** @param {Probes} probes @param {Features} features @param {number} labels */
export const budgetOf = (probes, features, labels) =>
  probes[features]?.find((budget) => budget.labels === labels) ?? null;

/** What is read, with its interval; null: it is not known. @param {Probes} probes @param {Features} features @param {number} labels */
export function shareOf(probes, features, labels) {
  const budget = budgetOf(probes, features, labels);
  return budget && { accuracy: budget.right / budget.of, low: budget.low, high: budget.high };
}

/** @typedef {import('../../messages/en/first.js').Share} Share */
/**
 * @typedef {{ code: 'none' }
 *   | { code: 'leads', first: Features, share: Share, of: number, second: Features, difference: Paired }
 *   | { code: 'level', first: Features, share: Share, of: number, others: Features[] }} Verdict
 *   `others`: those of which it cannot be said that they read less
 */

/**
 * Who leads at a number of labels.
 * @param {Probes} probes
 * @param {Uint8Array} truth
 * @param {number} labels
 * @param {number} supervisedLabels that the supervised network has learned from: at fewer it is no fair comparison
 * @returns {Verdict}
 */
export function verdictOf(probes, truth, labels, supervisedLabels) {
  const names = /** @type {Features[]} */ (Object.keys(probes)).filter(
    (name) => name !== 'supervised' || labels >= supervisedLabels,
  );
  const found = names
    .map((name) => ({ name, budget: budgetOf(probes, name, labels) }))
    .flatMap(({ name, budget }) => (budget && budget.marks.length === truth.length ? [{ name, budget }] : []))
    .sort((a, b) => b.budget.right - a.budget.right);
  if (found.length < 2) return { code: 'none' };
  const [first, ...others] = found;
  const { right, of, marks, low, high } = first.budget;
  const of2 = others.map(({ name, budget }) => ({ name, difference: paired(marks, budget.marks, truth) }));
  const level = of2.filter(({ difference }) => readingOf(difference) === 'level').map(({ name }) => name);
  const about = { first: first.name, share: { accuracy: right / of, low, high }, of };
  return level.length > 0
    ? { code: 'level', ...about, others: level }
    : { code: 'leads', ...about, second: of2[0].name, difference: of2[0].difference };
}

/**
 * What the pretext task taught, against each of the others.
 * @param {Probes} probes
 * @param {Uint8Array} truth
 * @param {number} labels
 * @param {number} supervisedLabels
 * @returns {{ other: Features, code: 'ahead' | 'behind' | 'level' | 'unfair', difference: Paired }[]} `unfair`: the other
 *   has seen more labels than these
 */
export function against(probes, truth, labels, supervisedLabels) {
  const taught = budgetOf(probes, 'pretext', labels);
  if (!taught || taught.marks.length !== truth.length) return [];
  return /** @type {const} */ (['untrained', 'pixels', 'supervised']).flatMap((other) => {
    const budget = budgetOf(probes, other, labels);
    if (!budget || budget.marks.length !== truth.length) return [];
    const difference = paired(taught.marks, budget.marks, truth);
    const unfair = other === 'supervised' && labels < supervisedLabels;
    return [{ other, code: unfair ? 'unfair' : readingOf(difference), difference }];
  });
}
