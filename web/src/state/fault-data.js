// What is wrong as plain data, which can be posted and stored: a code with its parameters, which may hold other faults.

/** @typedef {import('../engine/types').FaultData} FaultData */

/** @param {string} code @param {Record<string, unknown>} [values] @returns {FaultData} */
export const fault = (code, values = {}) => ({ code, values });

/** @param {any} value @returns {value is FaultData} a Fault is one, too */
export const isFaultData = (value) =>
  Boolean(value) && typeof value.code === 'string' && typeof value.values === 'object';

/** Of whatever was thrown: what is not the page's own is passed on as it is said. @param {unknown} error @returns {FaultData} */
export function faultOf(error) {
  if (isFaultData(error)) return fault(error.code, error.values);
  return fault('engine', { text: error instanceof Error ? error.message : String(error) });
}
