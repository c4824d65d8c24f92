// What this browser can: asked in the worker, so that the page need not be up yet.
import { relaxedSimd, simd, threads } from 'wasm-feature-detect';
import { NO_WEBASSEMBLY, tooOld } from './diagnosis.js';

/** @typedef {import('./types').BuildName} BuildName */

/** @param {boolean} framed the page is shown in a frame of another page @returns {Promise<import('./types').Features>} */
export async function detectFeatures(framed) {
  const isolated = self.crossOriginIsolated === true;
  if (typeof WebAssembly === 'undefined') {
    return { webAssembly: false, simd: false, relaxedSimd: false, threads: false, isolated, framed, secure: false };
  }
  const [hasSimd, hasRelaxed, hasThreads] = await Promise.all([simd(), relaxedSimd(), threads()]);
  return {
    webAssembly: true,
    simd: hasSimd,
    relaxedSimd: hasRelaxed,
    threads: hasThreads,
    isolated,
    framed,
    secure: self.isSecureContext === true,
  };
}

/**
 * Why a build cannot run here; empty where it can.
 * @param {BuildName} build
 * @param {import('./types').Features} features
 */
export function obstacle(build, features) {
  if (!features.webAssembly) return NO_WEBASSEMBLY.reason;
  if (!features.simd) return 'this browser has no WebAssembly SIMD';
  if (build.startsWith('threads')) {
    // Browsers overlook the headers of an address that is not secure.
    if (!features.secure) {
      return 'the address is not secure (plain http, and not this machine’s own), so the browser gives the page no shared memory; by https it would run on many threads';
    }
    if (!features.isolated) {
      return features.framed
        ? 'the page is shown inside another page, where browsers give it no shared memory'
        : 'the page is not cross-origin isolated (its server sends no COOP and COEP headers), so there is no shared memory';
    }
    if (!features.threads) return 'this browser has no WebAssembly threads';
  }
  if (build.endsWith('relaxed') && !features.relaxedSimd) return 'this browser has no relaxed SIMD';
  return '';
}

/** What helps where no build at all can run. @param {import('./types').Features} features */
export const remedy = (features) =>
  features.webAssembly ? (features.simd ? '' : tooOld('WebAssembly SIMD').fix) : NO_WEBASSEMBLY.fix;
