// What this browser can: asked in the worker, so that the page need not be up yet.
import { relaxedSimd, simd, threads } from 'wasm-feature-detect';
import { fault } from '../fault-data.js';
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
 * Why a build cannot run here; null where it can.
 * @param {BuildName} build
 * @param {import('./types').Features} features
 * @returns {import('./types').FaultData | null}
 */
export function obstacle(build, features) {
  if (!features.webAssembly) return NO_WEBASSEMBLY.reason;
  if (!features.simd) return fault('noSimd');
  if (build.startsWith('threads')) {
    // Browsers overlook the headers of an address that is not secure.
    if (!features.secure) return fault('notSecure');
    if (!features.isolated) return fault(features.framed ? 'framed' : 'notIsolated');
    if (!features.threads) return fault('noThreads');
  }
  if (build.endsWith('relaxed') && !features.relaxedSimd) return fault('noRelaxedSimd');
  return null;
}

/** What helps where no build at all can run. @param {import('./types').Features} features */
export const remedy = (features) =>
  features.webAssembly ? (features.simd ? null : tooOld('WebAssembly SIMD').fix) : NO_WEBASSEMBLY.fix;
