// What is wrong as plain data, which can be posted and stored: a code with its parameters, which may hold other faults. For
// all rooms (scripts/imports.mjs): the engine's worker makes faults and has no words, messages/ has the words.

/** @typedef {import('./engine/types').FaultData} FaultData */

/** The code of a line in English that comes from the engine or from the browser: `values.text`. */
export const FOREIGN = 'engine';

/** @param {string} code @param {Record<string, unknown>} [values] @returns {FaultData} */
export const fault = (code, values = {}) => ({ code, values });

/** @param {any} value @returns {value is FaultData} a Fault is one, and whatever messages/said.js can say */
export const isFaultData = (value) =>
  typeof value === 'object' &&
  value !== null &&
  typeof value.code === 'string' &&
  (typeof value.values === 'object' || value.room !== undefined);

/**
 * Of whatever was thrown: what is not the page's own is passed on as it is said.
 * @param {unknown} error
 * @returns {FaultData}
 */
export function faultOf(error) {
  if (!isFaultData(error)) return fault(FOREIGN, { text: error instanceof Error ? error.message : String(error) });
  const { code, values = {}, room } = /** @type {FaultData & { room?: string }} */ (error); // which only pages have
  return { code, values, ...(room === undefined ? {} : { room }) };
}
