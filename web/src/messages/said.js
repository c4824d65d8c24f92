// What the page has to say of something that happened: a key of the tables with its parameters, worded only where it is
// shown. Signals and records hold this, never a sentence.
import { isFaultData } from '../fault-data.js';
import { t } from './messages.js';

/**
 * @typedef {object} Said
 * @property {keyof import('./messages.js').Words} [room] that of faults unless given
 * @property {string} code
 * @property {Readonly<Record<string, unknown>>} [values] those that are themselves said are worded first
 */

/** @param {Said} said @returns {((values: Record<string, unknown>) => string) | string | undefined} */
const messageOf = ({ room = 'errors', code }) => {
  const { start, engine, errors, says } = t.value;
  const rooms = /** @type {any[]} */ (room === 'errors' ? [errors, engine, start, says] : [t.value[room]]);
  return rooms.find((words) => words && code in words)?.[code];
};

/** Whether the words for it, and for what is said in its values, are here; if not, they come with `laterWords`. @param {Said} said @returns {boolean} */
export const canSay = (said) =>
  (messageOf(said) !== undefined || said.values?.text !== undefined) && wordsAreHere({ ...said.values });

/** @param {unknown} value @returns {boolean} */
function wordsAreHere(value) {
  if (isFaultData(value)) return canSay(value);
  return typeof value !== 'object' || value === null || Object.values(value).every(wordsAreHere);
}

/** Parameters, with the faults among them put into words. @param {unknown} value @returns {any} */
function inWords(value) {
  if (isFaultData(value)) return say(value);
  if (Array.isArray(value)) return value.map(inWords);
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([key, each]) => [key, inWords(each)]));
}

/**
 * In the page's language. Without words, since they could not be fetched or there are none: the line that came with it,
 * else the code.
 * @param {Said} said
 * @returns {string}
 */
export function say(said) {
  const values = inWords({ ...said.values });
  const message = messageOf(said);
  if (typeof message === 'function') return message(values);
  return message ?? String(values.text ?? said.code);
}
