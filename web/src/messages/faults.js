// What is wrong, in the page's language.
import { laterWords, t } from './messages.js';

/** @typedef {{ code: string, values: Record<string, unknown> }} FaultData a Fault, or what state/fault-data.js makes of one */

/** @param {any} value @returns {value is FaultData} */
const isFault = (value) => Boolean(value) && typeof value.code === 'string' && typeof value.values === 'object';

/**
 * A fault in words, anything else as it says itself.
 * @param {unknown} error
 * @returns {string}
 */
export function wordsOf(error) {
  if (!isFault(error)) return error instanceof Error ? error.message : String(error);
  const { errors, engine } = t.value;
  if (!errors) void laterWords().catch(() => {}); // whoever has read `t` reads it again then
  const message = /** @type {Record<string, unknown>} */ ({ ...engine, ...errors })[error.code];
  if (typeof message === 'function') return message(error.values);
  return typeof message === 'string' ? message : error.code;
}
