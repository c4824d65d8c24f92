// What the page has to say of something that happened: a key of the tables with its parameters, worded only where it is
// shown. Signals and records hold this, never a sentence.
import { t } from './messages.js';

/**
 * @typedef {object} Said
 * @property {keyof import('./messages.js').Words} room
 * @property {string} code
 * @property {Readonly<Record<string, unknown>>} [values] those that are themselves said are worded first
 */

/** The code of a line that comes from the browser, in English mostly: `values.text`. */
export const FOREIGN = 'engine';

/** @param {string} text a line of the browser @returns {Said} */
export const foreign = (text) => ({ room: 'errors', code: FOREIGN, values: { text } });

/** A Said, or a fault among the values of another one. @param {unknown} value @returns {value is Said} */
const isSaid = (value) =>
  typeof value === 'object' && value !== null && 'code' in value && ('room' in value || 'values' in value);

/**
 * What is to be said of an error: faults have a code (state/fault.js, also as they come out of a worker), all others a line.
 * @param {unknown} error
 * @returns {Said}
 */
export function saidOf(error) {
  if (typeof error === 'object' && error !== null && 'code' in error && 'values' in error) {
    const { code, values, room = 'errors' } = /** @type {Omit<Said, 'room'> & { room?: Said['room'] }} */ (error);
    return { room, code, values };
  }
  return foreign(error instanceof Error ? error.message : String(error));
}

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
  if (isSaid(value)) return canSay(value);
  return typeof value !== 'object' || value === null || Object.values(value).every(wordsAreHere);
}

/** Parameters, with the faults among them put into words. @param {unknown} value @returns {any} */
function inWords(value) {
  if (isSaid(value)) return say(value);
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
