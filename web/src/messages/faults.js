// A fault in the page's language: state/fault.js, the same as it comes out of a worker or a record, or any other error.
import { laterWords, t } from './messages.js';
import { faultOf } from '../fault-data.js';
import { say } from './said.js';

/**
 * The words of most codes are in the second table: whoever calls this outside components and effects waits for
 * `laterWords` before.
 * @param {unknown} error
 * @returns {string}
 */
export function wordsOf(error) {
  if (!t.value.errors) void laterWords().catch(() => {}); // whoever has read `t` reads it again then
  return say(faultOf(error));
}
