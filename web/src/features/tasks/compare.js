// Figures of several pretext tasks beside each other: pure.
import { paired, readingOf } from '../../shared/paired.js';

/** @typedef {import('../../data/records.js').TaskRow} TaskRow */
/** @typedef {import('../../shared/paired.js').Paired} Paired */

/** The task that the others are compared with. */
export const DEFAULT = 'turns';

/**
 * How much more a task's features read right than those of the default, of the same images, at each budget; null: there is
 * nothing to compare.
 * @param {TaskRow} row
 * @param {readonly TaskRow[]} rows
 * @param {Uint8Array} truth classes of the test images
 * @returns {(Paired | null)[]}
 */
export function differences(row, rows, truth) {
  const base = rows.find(({ task }) => task === DEFAULT);
  return row.budgets.map(({ labels, marks }) => {
    const other = base?.budgets.find((budget) => budget.labels === labels);
    return other && row !== base ? paired(marks, other.marks, truth) : null;
  });
}

/**
 * Where a task is clearly ahead of the default, and where clearly behind.
 * @param {readonly TaskRow[]} rows
 * @param {Uint8Array} truth
 * @returns {{ task: TaskRow['task'], reading: 'ahead' | 'behind', labels: number[] }[]}
 */
export function verdicts(rows, truth) {
  return rows.flatMap((row) => {
    const found = differences(row, rows, truth);
    return /** @type {const} */ (['ahead', 'behind']).flatMap((reading) => {
      const labels = row.budgets
        .filter((_, i) => found[i] !== null && readingOf(/** @type {Paired} */ (found[i])) === reading)
        .map((budget) => budget.labels);
      return labels.length > 0 ? [{ task: row.task, reading, labels }] : [];
    });
  });
}

/** Shares of a whole that tasks before, and the present one, have done. @param {number} place from 0 @param {number} of @param {number} inside 0..1 */
export const shareOf = (place, of, inside) => (place + inside) / of;
