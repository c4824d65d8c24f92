// A fault in the page's language: state/fault.js, the same as it comes out of a worker or a record, or any other error.
import { say, saidOf } from './said.js';

/** @typedef {{ code: string, values: Record<string, unknown> }} FaultData a Fault, or what state/fault-data.js makes of one */

/**
 * The words of most codes are in the second table: whoever calls this outside components and effects waits for
 * `laterWords` before.
 * @param {unknown} error
 * @returns {string}
 */
export const wordsOf = (error) => say(saidOf(error));
