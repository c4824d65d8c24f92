// Opens an engine: the first of the wanted builds that this browser can run.
import { Fault } from '../../state/fault.js';
import { fault, faultOf } from '../../fault-data.js';
import { engineFault } from '../diagnosis.js';
import { detectFeatures, obstacle, remedy } from '../features.js';
import { check, state, tell } from './core.js';

/** @typedef {import('../types').BuildName} BuildName */

/** Unless the visitor asks for more: the count that a browser reports is not to be trusted, and phones get hot. */
const MOST_THREADS = 8;

/** @param {{ base: string, threads: number, builds: BuildName[], framed?: boolean }} options */
async function openEngine({ base, threads, builds, framed = false }) {
  if (state.engine || state.crashed) throw new Fault('workerUsed');
  const features = await detectFeatures(framed);
  /** @type {import('../types').Attempt[]} */
  const passed = [];
  const build = builds.find((name) => {
    const reason = obstacle(name, features);
    if (reason) passed.push({ build: name, reason });
    return !reason;
  });
  tell('trying', { build: build ?? null, passed });
  if (!build) throw new Fault('notOpened', { reason: fault('noneRuns'), fix: remedy(features) });
  const address = new URL(`quarterturn-${build}`, base).href;
  try {
    const module = await loadModule(address, threads);
    const opened = new module.Engine(0);
    const info = check(opened.info());
    state.engine = opened;
    return { build, info };
  } catch (error) {
    throw new Fault('notOpened', await engineFault(address, error));
  }
}

/**
 * A build's module. Its code is fetched and compiled while its script is, and while the threads start.
 * @param {string} address of both, without their endings
 * @param {number} threads 0: as many as the browser has processors, within reason
 * @returns {Promise<import('../engine').MainModule>}
 */
async function loadModule(address, threads) {
  const code = compile(`${address}.wasm`);
  code.catch(() => {}); // the script may fail first
  /** @type {{ default: import('../types').EngineFactory }} */
  const script = await import(/* @vite-ignore */ `${address}.mjs`);
  const listening = new AbortController();
  let said = '';
  try {
    return await new Promise((resolve, reject) => {
      // Emscripten waits for a thread that does not start for good. It hears of it only once the code is compiled, and then
      // reports and throws it.
      const fail = (/** @type {ErrorEvent} */ event) => {
        event.preventDefault();
        event.stopImmediatePropagation(); // what Emscripten throws would end this worker
        const why = said || event.message; // a script that does not come has neither
        reject(
          new Fault('threadStuck', { script: `${address}.mjs`, why: why ? faultOf(why) : fault('workerNotStarted') }),
        );
      };
      const { signal } = listening;
      self.addEventListener('error', fail, { signal });
      tell('threading', true);
      const loading = withWorkersHeard(fail, signal, () =>
        script.default({
          // All threads are started before the engine is ready; their number cannot grow later.
          threads: threads || Math.min(navigator.hardwareConcurrency || 1, MOST_THREADS),
          printErr(text) {
            said = text;
            if (listening.signal.aborted) console.error(text);
          },
          instantiateWasm(imports, done) {
            code
              .then(async (compiled) => done(await WebAssembly.instantiate(compiled, imports), compiled))
              .catch(reject);
            return {};
          },
        }),
      );
      tell('threading', false);
      loading.then(resolve, reject);
    });
  } finally {
    listening.abort();
  }
}

/**
 * @template T
 * @param {(event: ErrorEvent) => void} hear what the workers report that the work makes
 * @param {AbortSignal} signal until when
 * @param {() => T} work
 */
function withWorkersHeard(hear, signal, work) {
  const { Worker } = self;
  self.Worker = class extends Worker {
    /** @param {string | URL} url @param {WorkerOptions} [options] */
    constructor(url, options) {
      super(url, options);
      this.addEventListener('error', hear, { signal });
    }
  };
  try {
    return work();
  } finally {
    self.Worker = Worker;
  }
}

/** @param {string} address */
async function compile(address) {
  const response = await fetch(address);
  if (!response.ok) throw new Fault('codeRefused', { address, status: response.status });
  // Streams are compiled only where the server knows the type.
  return response.headers.get('Content-Type') === 'application/wasm'
    ? WebAssembly.compileStreaming(response)
    : WebAssembly.compile(await response.arrayBuffer());
}

export const opening = {
  /**
   * Opens the first of these builds that this browser can run; which one it is, is reported before.
   * @param {Parameters<typeof openEngine>[0]} options `framed`: the page is shown inside another page
   */
  open(options) {
    const opened = openEngine(options);
    state.opening = opened;
    return opened;
  },
};
