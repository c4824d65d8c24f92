// How much the tests do: enough for every change (`npm test`), or all that there is (`npm test -- --thorough`).
import process from 'node:process';

/** Every feature in each browser, and random faults many times. */
export const THOROUGH = process.env.QUARTERTURN_THOROUGH === '1';

/** @template T @param {T} usual @param {T} thorough @returns {T} */
export const effort = (usual, thorough) => (THOROUGH ? thorough : usual);
