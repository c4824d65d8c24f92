// Figures from measured times.

/**
 * @typedef {{ min: number, median: number, runs: number, images: number, operations: number }} Figures
 * @typedef {{ host: string, build: string, threads: number, pieces: Record<string, Figures> }} Row one build on one
 *   number of threads
 */

/** @param {readonly number[]} values at least one */
export function median(values) {
  const sorted = [...values].sort((a, b) => a - b);
  const half = sorted.length >> 1;
  return sorted.length % 2 ? sorted[half] : (sorted[half - 1] + sorted[half]) / 2;
}

/** @param {{ seconds: readonly number[], images: number, operations: number }} timing @returns {Figures} */
export function figures({ seconds, images, operations }) {
  return { min: Math.min(...seconds), median: median(seconds), runs: seconds.length, images, operations };
}

/**
 * What a build makes of its machine. Speed index = naive GFLOP/s / peak, both on the same threads and both medians: the
 * clock rises for moments, and the best peak would stand beside an epoch that lasts too long to have such moments.
 * @param {Row} row
 */
export function speed({ threads, pieces: { peak, pretext_epoch: epoch } }) {
  const peakGflops = peak.operations / peak.median / threads / 1e9;
  const naiveGflops = epoch.operations / epoch.median / 1e9;
  return {
    peakGflops,
    naiveGflops,
    imagesPerSecond: epoch.images / epoch.median,
    index: naiveGflops / threads / peakGflops,
  };
}

/**
 * The shortest median pretext epoch of a host, on the given number of threads or, without one, on any; NaN where nothing
 * was measured.
 * @param {readonly Row[]} rows @param {string} host @param {number} [threads]
 */
export function bestEpoch(rows, host, threads) {
  const fitting = rows.filter((row) => row.host === host && (threads === undefined || row.threads === threads));
  return fitting.length > 0 ? Math.min(...fitting.map(({ pieces }) => pieces.pretext_epoch.median)) : NaN;
}

/**
 * How many times faster than a peer the engine's epoch is with the same number of threads.
 * @param {readonly Row[]} rows
 * @param {{ threads: number, epoch_seconds: readonly number[] }} peer
 */
export function timesFaster(rows, peer) {
  const epoch = median(peer.epoch_seconds);
  return {
    native: epoch / bestEpoch(rows, 'native', peer.threads),
    chromium: epoch / bestEpoch(rows, 'chromium', peer.threads),
  };
}

const CHANCE = Math.log(4);

/**
 * Why a peer's times do not count; empty where it has really learned.
 * @param {{ loss_first: number, loss_last: number }} peer
 */
export function learningFault({ loss_first: first, loss_last: last }) {
  // Four turns unlearned: the logarithm of 4, give or take what random weights make of it.
  if (!(Math.abs(first - CHANCE) < 0.3)) return `starts at loss ${first}, which is not near ${CHANCE.toFixed(3)}`;
  if (!(last < first - 0.01)) return `does not learn: loss ${first} before, ${last} after`;
  return '';
}
