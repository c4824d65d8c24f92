// The gate before a release: ratios of times of one run, against those that are committed (bench/ratios.json). Absolute times
// are another machine's or another day's; a ratio within one run falls when one side of it has become slower.
import { bestEpoch, median, speed, timesFaster } from './statistics.mjs';

/** How far a ratio may fall. */
export const TOLERANCE = 0.1;

/** @typedef {Record<string, number>} Ratios by what is compared; the higher the better */

/**
 * @param {{ rows: readonly import('./statistics.mjs').Row[], peers: readonly import('./peers.mjs').Peer[] }} report
 * @returns {Ratios}
 */
export function ratiosOf({ rows, peers }) {
  /** @type {Ratios} */
  const ratios = {};
  for (const row of rows) {
    const name = `${row.host} ${row.build}`;
    ratios[`${name}, threads ${row.threads}: naive speed over the multiply-add peak`] = speed(row).index;
    const one = rows.find(({ host, build, threads }) => host === row.host && build === row.build && threads === 1);
    if (!one || row.threads === 1) continue;
    for (const piece of ['pretext_step', 'supervised_step', 'features']) {
      ratios[`${name}: ${piece} on ${row.threads} threads over one`] =
        one.pieces[piece].median / row.pieces[piece].median;
    }
  }
  for (const threads of new Set(rows.map((row) => row.threads))) {
    const [native, chromium] = ['native', 'chromium'].map((host) => bestEpoch(rows, host, threads));
    if (native && chromium) ratios[`Chromium over native, threads ${threads}: best pretext epoch`] = native / chromium;
  }
  /** @type {Map<string, import('./peers.mjs').Peer>} */
  const best = new Map();
  const epoch = (/** @type {import('./peers.mjs').Peer} */ peer) => median(peer.epoch_seconds);
  for (const peer of peers) {
    const name = `${peer.peer}${peer.form ? `, ${peer.form}` : ''}, threads ${peer.threads}`;
    const before = best.get(name);
    if (!before || epoch(peer) < epoch(before)) best.set(name, peer);
  }
  for (const [name, peer] of best) {
    for (const [host, faster] of Object.entries(timesFaster(rows, peer))) ratios[`${host} over ${name}`] = faster;
  }
  return Object.fromEntries(
    Object.entries(ratios)
      .filter(([, ratio]) => Number.isFinite(ratio))
      .map(([name, ratio]) => [name, Number(ratio.toPrecision(3))]),
  );
}

/**
 * Of several rounds the median of each ratio, so that one round disturbed on a shared machine changes nothing.
 * @param {readonly Ratios[]} rounds at least one; a round need not have every ratio
 * @returns {Ratios}
 */
export function middleRatios(rounds) {
  const names = new Set(rounds.flatMap((ratios) => Object.keys(ratios)));
  return Object.fromEntries(
    [...names].map((name) => [
      name,
      median(rounds.map((ratios) => ratios[name]).filter((ratio) => ratio !== undefined)),
    ]),
  );
}

/**
 * @typedef {{ fallen: string[], risen: string[], missing: string[] }} Comparison lines of text; `missing`: committed ones that
 *   this run has not measured
 * @param {Ratios} committed @param {Ratios} measured
 * @returns {Comparison}
 */
export function compareRatios(committed, measured) {
  /** @type {Comparison} */
  const comparison = { fallen: [], risen: [], missing: [] };
  for (const [name, should] of Object.entries(committed)) {
    const is = measured[name];
    if (is === undefined) {
      comparison.missing.push(name);
      continue;
    }
    const line = `${name}: ${is}, committed ${should} (${is < should ? '' : '+'}${(100 * (is / should - 1)).toFixed(0)}%)`;
    // A ratio that is no number has fallen.
    if (!(is >= should * (1 - TOLERANCE))) comparison.fallen.push(line);
    else if (is > should * (1 + TOLERANCE)) comparison.risen.push(line);
  }
  return comparison;
}

/** @param {Comparison} comparison @param {number} count of committed ratios */
export function comparisonText({ fallen, risen, missing }, count) {
  const held = count - fallen.length - missing.length;
  return [
    `${held} of ${count} ratios hold (within ${100 * TOLERANCE}% or better)`,
    ...fallen.map((line) => `fallen: ${line}`),
    ...risen.map((line) => `risen: ${line}`),
    ...(missing.length > 0 ? [`not measured in this run: ${missing.join('; ')}`] : []),
  ].join('\n');
}
