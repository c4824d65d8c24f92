// What is wrong, in the page's language.
import { laterWords, t } from './messages.js';

/**
 * The message of a room by a key that is known at run time only; the key itself where the room has no such message.
 * @param {object | undefined} room of the table; undefined while it is not there
 * @param {string} key
 * @param {object} [values]
 * @returns {string}
 */
export function worded(room, key, values = {}) {
  if (room === undefined) void laterWords().catch(() => {}); // whoever has read `t` reads it again then
  const message = /** @type {Record<string, unknown>} */ (room ?? {})[key];
  return typeof message === 'function' ? message(values) : String(message ?? key);
}

/** @param {unknown} error @returns {error is import('../state/fault.js').Fault} known by its shape: messages/ imports nothing */
const isFault = (error) => error instanceof Error && 'code' in error && 'values' in error;

/** A Fault in words, anything else as it says itself. @param {unknown} error */
export function wordsOf(error) {
  if (isFault(error)) return worded(t.value.errors, error.code, error.values);
  return error instanceof Error ? error.message : String(error);
}
