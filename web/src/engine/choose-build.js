// Which of the four engine builds runs here: the best that the browser can, tried in turn, with every reason kept.
import { EngineClient } from './client.js';

/** @typedef {import('./types').BuildName} BuildName */
/** @typedef {import('./types').Attempt} Attempt */

/** @type {readonly BuildName[]} best first */
export const BUILDS = ['threads-relaxed', 'threads-simd', 'single-relaxed', 'single-simd'];

/** @type {Record<BuildName, string>} */
export const BUILD_TITLES = {
  'threads-relaxed': 'many threads, relaxed SIMD',
  'threads-simd': 'many threads, SIMD',
  'single-relaxed': 'one thread, relaxed SIMD',
  'single-simd': 'one thread, SIMD',
};

const OPEN_TIMEOUT_MILLISECONDS = 8000;

/**
 * Opens the best build that works. Its worker is under way when this returns its promise.
 * @param {object} options
 * @param {string} options.base absolute address of the folder with the engine files
 * @param {number} options.threads 0: as many as the pool has
 * @param {string} [options.forced]
 * @param {number} [options.timeout]
 * @param {() => EngineClient} [options.openClient]
 * @param {(client: EngineClient) => void} [options.asked] told of each worker as soon as it has been asked to open
 * @returns {Promise<{ client: EngineClient, report: import('./types').BuildReport }>}
 */
export async function openEngine({
  base,
  threads,
  forced = 'auto',
  timeout = OPEN_TIMEOUT_MILLISECONDS,
  openClient = () => new EngineClient(),
  asked = () => {},
}) {
  const only = BUILDS.find((build) => build === forced);
  let left = only ? [only] : [...BUILDS];
  /** @type {Attempt[]} */
  const passed = [];
  while (left.length > 0) {
    const client = openClient();
    // The worker tries the first that this browser can run at all.
    let trying = /** @type {BuildName | null} */ (left[0]);
    client.on('trying', (choice) => {
      trying = choice.build;
      passed.push(...choice.passed);
    });
    try {
      const signal = AbortSignal.timeout(timeout);
      const opened = client.call('open', [{ base, threads, builds: left }], { signal });
      asked(client);
      const { build, info } = await opened;
      return { client, report: { build, info, passed, reason: explain(only !== undefined, passed) } };
    } catch (error) {
      client.close();
      if (trying === null) break;
      const timedOut = error instanceof DOMException && error.name === 'TimeoutError';
      const words = error instanceof Error ? error.message : String(error);
      passed.push({
        build: trying,
        reason: timedOut ? `did not answer within ${timeout / 1000} s` : `failed to start: ${words}`,
      });
      left = left.slice(left.indexOf(trying) + 1);
    }
  }
  throw new NoBuildError(passed);
}

/** @param {boolean} forced @param {Attempt[]} passed */
function explain(forced, passed) {
  if (forced) return 'You asked for this build.';
  return passed.length === 0
    ? 'It is the fastest of the four, and this browser can run it.'
    : 'It is the fastest of the four that works here. Why not the faster ones:';
}

/** Not one build works. */
export class NoBuildError extends Error {
  name = 'NoBuildError';
  /** @param {Attempt[]} passed */
  constructor(passed) {
    super(
      `no engine build runs in this browser: ${passed.map(({ build, reason }) => `${build}: ${reason}`).join('; ')}. Close other tabs if memory is short, then start the engine again or reload the page`,
    );
    this.passed = passed;
  }
}
