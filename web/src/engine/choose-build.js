// Which of the four engine builds runs here: the best that the browser can, tried in turn, with every reason kept.
import { relaxedSimd, simd, threads } from 'wasm-feature-detect';
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

/** @returns {Promise<import('./types').Features>} */
export async function detectFeatures() {
  const [hasSimd, hasRelaxed, hasThreads] = await Promise.all([simd(), relaxedSimd(), threads()]);
  return { simd: hasSimd, relaxedSimd: hasRelaxed, threads: hasThreads, isolated: self.crossOriginIsolated === true };
}

/**
 * Why a build cannot run here; empty where it can.
 * @param {BuildName} build
 * @param {import('./types').Features} features
 */
export function obstacle(build, features) {
  if (!features.simd) return 'this browser has no WebAssembly SIMD';
  if (build.startsWith('threads')) {
    if (!features.isolated) {
      return 'the page is not cross-origin isolated (its server sends no COOP and COEP headers), so there is no shared memory';
    }
    if (!features.threads) return 'this browser has no WebAssembly threads';
  }
  if (build.endsWith('relaxed') && !features.relaxedSimd) return 'this browser has no relaxed SIMD';
  return '';
}

/**
 * Opens the best build that works.
 * @param {{ base: string, threads: number, forced?: string, features?: import('./types').Features,
 *   timeout?: number, openClient?: () => EngineClient }} options
 *   `base`: absolute address of the folder with the engine files; `threads`: 0 for as many as the pool has
 * @returns {Promise<{ client: EngineClient, report: import('./types').BuildReport }>}
 */
export async function openEngine({
  base,
  threads: threadCount,
  forced = 'auto',
  features,
  timeout = OPEN_TIMEOUT_MILLISECONDS,
  openClient = () => new EngineClient(),
}) {
  const has = features ?? (await detectFeatures());
  const only = BUILDS.find((build) => build === forced);
  /** @type {Attempt[]} */
  const passed = [];
  for (const build of only ? [only] : BUILDS) {
    const reason = obstacle(build, has);
    if (reason) {
      passed.push({ build, reason });
      continue;
    }
    const client = openClient();
    try {
      const url = new URL(`quarterturn-${build}.mjs`, base).href;
      const info = await client.call('open', [{ url, threads: threadCount }], { signal: AbortSignal.timeout(timeout) });
      return { client, report: { build, info, passed, reason: explain(only !== undefined, passed) } };
    } catch (error) {
      const timedOut = error instanceof DOMException && error.name === 'TimeoutError';
      const words = error instanceof Error ? error.message : String(error);
      passed.push({
        build,
        reason: timedOut ? `did not answer within ${timeout / 1000} s` : `failed to start: ${words}`,
      });
      client.close();
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
