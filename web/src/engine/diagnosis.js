// Why a script of the page, or an engine, does not start, and what helps. It asks only after a failure: it fetches the
// files themselves and looks at the answers. Imported by the engine's worker and by boot/boot.js, which older browsers
// must be able to run: no syntax that the build cannot lower without helpers.

import { fault, faultOf } from '../fault-data.js';

/** @typedef {import('./types').FaultData} FaultData */
/** @typedef {{ reason: FaultData, fix: FaultData }} Diagnosis what is wrong, and what helps */
/** What was asked for, by a key of the messages. @typedef {{ file: 'script' | 'scripts' | 'code' | 'worker', name?: string }} File */

/** @type {Diagnosis} */
export const NO_WEBASSEMBLY = { reason: fault('noWebAssembly'), fix: fault('allowWebAssembly') };

/** @param {string} missing @returns {Diagnosis} */
export const tooOld = (missing) => ({ reason: fault('tooOld', { missing }), fix: fault('useNewer') });

/** The types by which browsers know a module, as the HTML standard lists them. */
const SCRIPT_TYPES =
  /^(?:(?:text|application)\/(?:x-)?(?:java|ecma)script|text\/(?:javascript1\.[0-5]|jscript|livescript))$/i;

/**
 * @param {number} status of an answer that is no success @param {File} file
 * @returns {Diagnosis}
 */
function refused(status, { file, name }) {
  const reason = fault('answered', { status, file, name });
  if (status === 404 || status === 410) return { reason, fix: fault('copyFolder') };
  if (status === 401 || status === 403) return { reason, fix: fault('giveOutFiles') };
  return { reason, fix: fault('reloadLater') };
}

/** @param {string} address @param {File} file @returns {Promise<Diagnosis | Response>} the answer where there is a good one */
async function answerOf(address, file) {
  try {
    const answer = await fetch(address);
    return answer.ok ? answer : refused(answer.status, file);
  } catch (error) {
    return {
      reason: fault('notFetched', { file: file.file, name: file.name, why: faultOf(error) }),
      fix: fault('checkNetwork'),
    };
  }
}

/**
 * What is wrong with the answer for a module script; null: nothing.
 * @param {string} address
 * @param {File} asked
 * @returns {Promise<Diagnosis | null>}
 */
export async function scriptFault(address, asked) {
  const answer = await answerOf(address, asked);
  if (!(answer instanceof Response)) return answer;
  const { file, name } = asked;
  const type = (answer.headers.get('Content-Type') || '').split(';')[0].trim();
  if (SCRIPT_TYPES.test(type)) return null;
  if (/^text\/html$/i.test(type)) return { reason: fault('webPage', { file, name }), fix: fault('copyOrSignIn') };
  return { reason: fault('wrongType', { type, file, name }), fix: fault('setType') };
}

/** @param {string} address @returns {Promise<Diagnosis | null>} */
async function codeFault(address) {
  const answer = await answerOf(address, { file: 'code' });
  if (!(answer instanceof Response)) return answer;
  try {
    const bytes = await answer.arrayBuffer();
    if (WebAssembly.validate(bytes)) return null;
    return { reason: fault('codeDamaged', { bytes: bytes.byteLength }), fix: fault('reloadOrCopy') };
  } catch (error) {
    return { reason: fault('codeCutOff', { why: faultOf(error) }), fix: fault('checkNetworkAgain') };
  }
}

/** The header of a module and nothing in it. */
const EMPTY_MODULE = new Uint8Array([0, 97, 115, 109, 1, 0, 0, 0]);

/** @returns {Promise<Diagnosis | null>} */
async function policyFault() {
  try {
    await WebAssembly.compile(EMPTY_MODULE);
    return null;
  } catch (error) {
    return { reason: fault('policy', { why: faultOf(error) }), fix: fault('loosenPolicy') };
  }
}

/** What the browser says of memory that it does not give. */
const NO_MEMORY = /allocat|out of memory|\bOOM\b/i;

/**
 * Why an engine has not started.
 * @param {string} address of its script and of its code, without their endings
 * @param {unknown} error what was thrown
 * @returns {Promise<Diagnosis>}
 */
export async function engineFault(address, error) {
  if (typeof WebAssembly === 'undefined') return NO_WEBASSEMBLY;
  const said = faultOf(error);
  if (NO_MEMORY.test(String(said.values.text))) {
    return { reason: fault('noMemory', { why: said }), fix: fault('makeRoom') };
  }
  return (
    (await scriptFault(`${address}.mjs`, { file: 'script' })) ||
    (await policyFault()) ||
    (await codeFault(`${address}.wasm`)) || { reason: said, fix: fault('startAgainOrOther') }
  );
}

/**
 * Why the engine's worker itself has not started.
 * @param {FaultData} why as far as the browser says it
 * @returns {Promise<Diagnosis>}
 */
export async function workerFault(why) {
  const reason = fault('workerStuck', { why });
  // The worker's script lies beside the page's own, and a server treats both alike.
  const own = document.querySelector('script[type=module]');
  const answer = own instanceof HTMLScriptElement && own.src ? await answerOf(own.src, { file: 'worker' }) : null;
  if (answer && !(answer instanceof Response)) return answer;
  if (answer && self.crossOriginIsolated && !answer.headers.has('Cross-Origin-Embedder-Policy')) {
    return { reason, fix: fault('policyWithEveryFile') };
  }
  return { reason, fix: fault('allowWorkers') };
}
