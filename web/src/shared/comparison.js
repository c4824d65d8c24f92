// All pretext tasks with the same settings (features/tasks), as far as more than that section needs it: it is kept with the
// table of runs, whose rows say which of its own are still there.
import { computed, signal } from '@preact/signals';
import { removeRuns, runs } from './runs.js';

/** @typedef {import('../data/records.js').TaskRow} TaskRow */
/** @typedef {import('../data/records.js').Comparison} Comparison */

/** What has come out so far; null: nothing, or it was removed. */
export const comparison = signal(/** @type {Comparison | null} */ (null));

/** Its rows without those whose runs were removed from the table of runs; null: no task is left. */
export const compared = computed(() => {
  const found = comparison.value;
  if (!found) return null;
  const there = new Set(runs.value.map(({ id }) => id));
  const rows = found.rows.filter(({ run }) => run === '' || there.has(run));
  return rows.some(({ run }) => run !== '') ? { ...found, rows } : null;
});

/** Removes it, and its runs from the table of runs. */
export function removeComparison() {
  const found = comparison.peek();
  if (!found) return;
  removeRuns(found.rows.map(({ run }) => run));
  comparison.value = null;
}
