import { effect, signal } from '@preact/signals';
import { client, experimentVersion } from '../../state/lab.js';

/** @typedef {import('../../engine/types').Network} Network */
/** @typedef {import('../../engine/types').LayerRow} LayerRow */

/** @type {readonly (readonly [Network, string])[]} */
export const NETWORKS = [
  ['rotnet', 'Rotation'],
  ['self_supervised', 'Self-supervised'],
  ['random', 'Random features'],
  ['supervised', 'Supervised'],
];

export const chosen = signal(/** @type {Network} */ ('rotnet'));
export const tables = signal(/** @type {Partial<Record<Network, LayerRow[]>>} */ ({}));

export function followLayers() {
  effect(() => {
    const engine = client.value;
    if (!engine || experimentVersion.value === 0) return;
    Promise.all(NETWORKS.map(([network]) => engine.call('layers', [network])))
      .then((rows) => (tables.value = Object.fromEntries(NETWORKS.map(([network], i) => [network, rows[i]]))))
      .catch(() => {});
  });
}

/** @param {readonly LayerRow[]} rows */
export function counts(rows) {
  const sum = (/** @type {boolean} */ trainable) =>
    rows.filter((row) => row.trainable === trainable).reduce((total, row) => total + row.parameters, 0);
  return { trainable: sum(true), frozen: sum(false) };
}
