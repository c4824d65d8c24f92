// What this browser can: asked in the worker, so that the page need not be up yet.
import { relaxedSimd, simd, threads } from 'wasm-feature-detect';

/** @typedef {import('./types').BuildName} BuildName */

/** @returns {Promise<import('./types').Features>} */
export async function detectFeatures() {
  const [hasSimd, hasRelaxed, hasThreads] = await Promise.all([simd(), relaxedSimd(), threads()]);
  return {
    simd: hasSimd,
    relaxedSimd: hasRelaxed,
    threads: hasThreads,
    isolated: self.crossOriginIsolated === true,
    secure: self.isSecureContext === true,
  };
}

/**
 * Why a build cannot run here; empty where it can.
 * @param {BuildName} build
 * @param {import('./types').Features} features
 */
export function obstacle(build, features) {
  if (!features.simd) return 'this browser has no WebAssembly SIMD';
  if (build.startsWith('threads')) {
    // Browsers overlook the headers of an address that is not secure.
    if (!features.secure) {
      return 'the address is not secure (plain http, and not this machine’s own), so the browser gives the page no shared memory; by https it would run on many threads';
    }
    if (!features.isolated) {
      return 'the page is not cross-origin isolated (its server sends no COOP and COEP headers), so there is no shared memory';
    }
    if (!features.threads) return 'this browser has no WebAssembly threads';
  }
  if (build.endsWith('relaxed') && !features.relaxedSimd) return 'this browser has no relaxed SIMD';
  return '';
}
