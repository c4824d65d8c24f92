// A fault in the page's language: state/fault.js, the same as it comes out of a worker or a record, or any other error.
import { laterWords, t } from './messages.js';
import { canSay, say, saidOf } from './said.js';

/**
 * A Fault, what state/fault-data.js makes of one, or another key of a table with its parameters.
 * @typedef {{ code: string, values: Readonly<Record<string, unknown>>, room?: string }} FaultData `room`: where its words
 *   stand, unless among those of faults
 */

/**
 * The words of most codes are in the second table: whoever calls this outside components and effects waits for
 * `laterWords` before.
 * @param {unknown} error
 * @returns {string}
 */
export function wordsOf(error) {
  if (!t.value.errors) void laterWords().catch(() => {}); // whoever has read `t` reads it again then
  return say(saidOf(error));
}

/** Whether the words of a fault, and of those among its parameters, are here; if not, they come with `laterWords`. @param {FaultData} fault */
export const hasWords = (fault) => canSay(saidOf(fault));
