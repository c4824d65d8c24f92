import { ask } from '../../ask/ask.js';
import { NETWORKS } from '../../shared/networks.js';

/** @typedef {import('../../engine/types').Network} Network */
/** @typedef {import('../../engine/types').LayerRow} LayerRow */

const asked = ask({
  about: () => NETWORKS,
  async answer(engine, networks) {
    const rows = networks.map(async (network) => [network, await engine.call('layers', [network])]);
    return Object.fromEntries(await Promise.all(rows));
  },
  initial: {},
});
/** @type {import('@preact/signals').ReadonlySignal<Partial<Record<Network, LayerRow[]>>>} */
export const tables = asked.value;

/** Called once. */
export const followLayers = () => asked.follow();

/** @param {readonly LayerRow[]} rows */
export function counts(rows) {
  const sum = (/** @type {boolean} */ trainable) =>
    rows.filter((row) => row.trainable === trainable).reduce((total, row) => total + row.parameters, 0);
  return { trainable: sum(true), frozen: sum(false) };
}
