// What is wrong, in the page's language.
import { laterWords, t } from './messages.js';

/**
 * A Fault, what state/fault-data.js makes of one, or another key of a table with its parameters.
 * @typedef {{ code: string, values: Readonly<Record<string, unknown>>, room?: string }} FaultData `room`: where its words
 *   stand, unless among those of faults
 */

/** @param {any} value @returns {value is FaultData} */
const isFault = (value) => Boolean(value) && typeof value.code === 'string' && typeof value.values === 'object';

/** Parameters, with the faults among them put into words. @param {unknown} value @returns {unknown} */
function inWords(value) {
  if (isFault(value)) return wordsOf(value);
  if (Array.isArray(value)) return value.map(inWords);
  if (value === null || typeof value !== 'object') return value;
  return Object.fromEntries(Object.entries(value).map(([key, each]) => [key, inWords(each)]));
}

/** @param {FaultData} fault @returns {unknown} */
function messageOf({ code, room = 'errors' }) {
  const words = /** @type {Record<string, Record<string, unknown> | undefined>} */ (/** @type {unknown} */ (t.value));
  return (room === 'errors' ? { ...words.start, ...words.engine, ...words.errors } : (words[room] ?? {}))[code];
}

/** Browsers and engines speak English: what they say can be said without a table. @param {FaultData} fault */
const asSaid = ({ code, values }) => String(values.text ?? code);

/** Whether the words of a fault, and of those among its parameters, are here; if not, they come with `laterWords`. @param {unknown} value @returns {boolean} */
export function hasWords(value) {
  if (isFault(value)) return (messageOf(value) ?? value.values.text) !== undefined && hasWords(value.values);
  return value === null || typeof value !== 'object' || Object.values(value).every(hasWords);
}

/**
 * A fault in words, anything else as it says itself. The words of most codes are in the second table: whoever calls this
 * outside components and effects waits for `laterWords` before.
 * @param {unknown} error
 * @returns {string}
 */
export function wordsOf(error) {
  if (!isFault(error)) return error instanceof Error ? error.message : String(error);
  if (!t.value.errors) void laterWords().catch(() => {}); // whoever has read `t` reads it again then
  const message = messageOf(error);
  if (typeof message === 'function') return message(inWords(error.values));
  return typeof message === 'string' ? message : asSaid(error);
}
