// What is wrong, in the page's language.
import { laterWords, t } from './messages.js';

/** @typedef {{ code: string, values: Record<string, unknown> }} FaultData a Fault, or what state/fault-data.js makes of one */

/** @param {any} value @returns {value is FaultData} */
const isFault = (value) => Boolean(value) && typeof value.code === 'string' && typeof value.values === 'object';

/** Parameters, with the faults among them put into words. @param {unknown} value @returns {unknown} */
function inWords(value) {
  if (isFault(value)) return wordsOf(value);
  if (Array.isArray(value)) return value.map(inWords);
  if (value === null || typeof value !== 'object') return value;
  return Object.fromEntries(Object.entries(value).map(([key, each]) => [key, inWords(each)]));
}

/** What a fault says without a table: browsers and engines speak English. @param {FaultData} fault */
function asSaid({ code, values }) {
  return String(values.text ?? code);
}

/**
 * A fault in words, anything else as it says itself. The words of most codes are in the second table: whoever calls this
 * outside components and effects waits for `laterWords` before.
 * @param {unknown} error
 * @returns {string}
 */
export function wordsOf(error) {
  if (!isFault(error)) return error instanceof Error ? error.message : String(error);
  const { start, errors, engine } = t.value;
  if (!errors) void laterWords().catch(() => {}); // whoever has read `t` reads it again then
  const message = /** @type {Record<string, unknown>} */ ({ ...start, ...engine, ...errors })[error.code];
  if (typeof message === 'function') return message(inWords(error.values));
  return typeof message === 'string' ? message : asSaid(error);
}
