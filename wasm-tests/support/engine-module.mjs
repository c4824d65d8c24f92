// The engine builds in Node.
import { fileURLToPath, pathToFileURL } from 'node:url';
import { named } from '../../web/src/engine/codes.js';

/** QUARTERTURN_ENGINES names another folder of builds, such as build/wasm-debug/engine. */
export const ENGINES =
  process.env.QUARTERTURN_ENGINES ?? fileURLToPath(new URL('../../build/wasm/engine', import.meta.url));

/**
 * An instance of a build. Its threads do not keep Node alive. A team of threads ends with its engine, but its workers
 * come back to the pool only in the event loop: an engine made at once behind another on all threads would wait for them
 * for good, so it gets a module of its own.
 * @param {string} build @param {number} threads @returns {Promise<any>}
 */
export async function loadModule(build, threads) {
  const { default: factory } = await import(pathToFileURL(`${ENGINES}/quarterturn-${build}.mjs`).href);
  return factory({ threads });
}

/** @param {any} message of the engine, already by name @returns {string} */
const line = ({ code, values }) =>
  [
    code,
    ...Object.entries(values).map(([key, value]) => `${key}=${typeof value === 'object' ? `(${line(value)})` : value}`),
  ].join(' ');

/**
 * What the engine refused, in one line: “settingRange setting=labels value=0 range=(rangeCount least=1 most=9)”.
 * @param {any} answer
 * @returns {string}
 */
export const facts = (answer) =>
  typeof answer?.code === 'number' ? line(named(answer)) : String(answer?.error ?? 'no message');
