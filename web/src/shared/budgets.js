// Numbers of labelled images that probes are asked about.
import { PROPERTIES } from '../state/properties.js';

/** Those of the setting. */
export const BUDGETS = PROPERTIES.probeLabels.choices.map(Number);

/** Of them, what the data have; the last is all that they have. @param {number} most */
export function budgetsOf(most) {
  const last = Math.min(most, BUDGETS[BUDGETS.length - 1]);
  return last > 0 ? [...BUDGETS.filter((labels) => labels < last), last] : [];
}
