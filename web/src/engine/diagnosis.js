// Why a script of the page, or an engine, does not start, and what helps. It asks only after a failure: it fetches the
// files themselves and looks at the answers. Imported by the engine's worker and by boot/boot.js, which older browsers
// must be able to run: no syntax that the build cannot lower without helpers.

/**
 * @typedef {object} Fault
 * @property {string} reason half a sentence, without a full stop
 * @property {string} fix what helps, without a full stop
 */

/** Versions that have all that the page uses: module workers, relaxed policies for WebAssembly, SIMD, gzip streams. */
const NEW_ENOUGH = 'Chrome or Edge 103, Firefox 114 or Safari 16.4, or newer';

/** @type {Fault} */
export const NO_WEBASSEMBLY = {
  reason: 'this browser has no WebAssembly, or it is switched off',
  fix: `Lockdown Mode of Apple’s devices, the safer levels of Tor Browser and the enhanced security of Edge switch it off: make an exception for this page, or use another browser (${NEW_ENOUGH})`,
};

/** @param {string} missing @returns {Fault} */
export const tooOld = (missing) => ({
  reason: `this browser has no ${missing}: it is too old`,
  fix: `use ${NEW_ENOUGH}`,
});

/** The types by which browsers know a module, as the HTML standard lists them. */
const SCRIPT_TYPES =
  /^(?:(?:text|application)\/(?:x-)?(?:java|ecma)script|text\/(?:javascript1\.[0-5]|jscript|livescript))$/i;

const SET_THE_TYPE =
  'make the server send .js and .mjs files as text/javascript (nginx: “types { text/javascript js mjs; }”; Apache: “AddType text/javascript .js .mjs”; IIS: a mimeMap for .mjs), then reload the page';

/** @param {unknown} error */
const words = (error) => (error instanceof Error ? error.message : String(error));

/**
 * @param {number} status of an answer that is no success @param {string} what
 * @returns {Fault}
 */
function refused(status, what) {
  const reason = `the server answers ${status} for ${what}`;
  if (status === 404 || status === 410) return { reason, fix: 'copy the whole folder of the page to the server again' };
  if (status === 401 || status === 403) {
    return { reason, fix: 'let the server give out every file of the page’s folder, or sign in and reload the page' };
  }
  return { reason, fix: 'reload the page in a while' };
}

/** @param {string} address @param {string} what @returns {Promise<Fault | Response>} the answer where there is a good one */
async function answerOf(address, what) {
  try {
    const answer = await fetch(address);
    return answer.ok ? answer : refused(answer.status, what);
  } catch (error) {
    return {
      reason: `${what} cannot be fetched (${words(error)})`,
      fix: 'check the network, and what may block requests (an extension, a proxy, a policy of the server), then reload the page',
    };
  }
}

/**
 * What is wrong with the answer for a module script; null: nothing.
 * @param {string} address
 * @param {string} what its name in a sentence
 * @returns {Promise<Fault | null>}
 */
export async function scriptFault(address, what) {
  const answer = await answerOf(address, what);
  if (!(answer instanceof Response)) return answer;
  const type = (answer.headers.get('Content-Type') || '').split(';')[0].trim();
  if (SCRIPT_TYPES.test(type)) return null;
  if (/^text\/html$/i.test(type)) {
    return {
      reason: `the server sends a web page in the place of ${what}`,
      fix: 'copy the whole folder of the page to the server again, or sign in where the network asks for it, then reload the page',
    };
  }
  return {
    reason: `the server sends ${what} ${type ? `as “${type}”` : 'without a type'}, and browsers run modules only as text/javascript`,
    fix: SET_THE_TYPE,
  };
}

/** @param {string} address @returns {Promise<Fault | null>} */
async function codeFault(address) {
  const answer = await answerOf(address, 'its code (.wasm)');
  if (!(answer instanceof Response)) return answer;
  try {
    const bytes = await answer.arrayBuffer();
    if (WebAssembly.validate(bytes)) return null;
    return {
      reason: `its code (.wasm) came damaged or cut off, ${bytes.byteLength} bytes`,
      fix: 'reload the page without the browser’s cache; if that does not help, copy the file to the server again, in binary mode',
    };
  } catch (error) {
    return {
      reason: `its code (.wasm) cannot be fetched whole (${words(error)})`,
      fix: 'check the network, then start the engine again',
    };
  }
}

/** The header of a module and nothing in it. */
const EMPTY_MODULE = new Uint8Array([0, 97, 115, 109, 1, 0, 0, 0]);

/** @returns {Promise<Fault | null>} */
async function policyFault() {
  try {
    await WebAssembly.compile(EMPTY_MODULE);
    return null;
  } catch (error) {
    return {
      reason: `a Content-Security-Policy forbids WebAssembly (${words(error)})`,
      fix: "add 'wasm-unsafe-eval' to script-src in the policy that the server sends, or use a newer browser",
    };
  }
}

/** @type {Fault['fix']} */
const MAKE_ROOM = 'close other tabs or programs, then start the engine again';

/**
 * Why an engine has not started.
 * @param {string} address of its script and of its code, without their endings
 * @param {unknown} error what was thrown
 * @returns {Promise<Fault>}
 */
export async function engineFault(address, error) {
  if (typeof WebAssembly === 'undefined') return NO_WEBASSEMBLY;
  const said = words(error);
  if (/allocat|out of memory|\bOOM\b/i.test(said)) {
    return { reason: `there is not enough memory for it (${said})`, fix: MAKE_ROOM };
  }
  return (
    (await scriptFault(`${address}.mjs`, 'its script (.mjs)')) ||
    (await policyFault()) ||
    (await codeFault(`${address}.wasm`)) || {
      reason: said,
      fix: 'start the engine again, or reload the page; if that does not help, try another browser',
    }
  );
}

/**
 * Why the engine's worker itself has not started.
 * @param {string} said by the browser
 * @returns {Promise<Fault>}
 */
export async function workerFault(said) {
  const reason = `its worker does not start (${said || 'the browser gives no reason'})`;
  // The worker's script lies beside the page's own, and a server treats both alike.
  const own = document.querySelector('script[type=module]');
  const answer = own instanceof HTMLScriptElement && own.src ? await answerOf(own.src, 'its worker’s script') : null;
  if (answer && !(answer instanceof Response)) return answer;
  if (answer && self.crossOriginIsolated && !answer.headers.has('Cross-Origin-Embedder-Policy')) {
    return {
      reason,
      fix: 'the server sends Cross-Origin-Embedder-Policy with the page only: send it with every file, or with none',
    };
  }
  return {
    reason,
    fix: `a policy of the server may forbid workers (worker-src), or the browser may be too old: use ${NEW_ENOUGH}`,
  };
}
