// The four networks, and the one that the visitor has chosen to look at.
import { signal } from '@preact/signals';

/** @typedef {import('../engine/types').Network} Network */

/** @type {readonly (readonly [Network, string])[]} */
export const NETWORKS = [
  ['rotnet', 'Rotation'],
  ['self_supervised', 'Self-supervised'],
  ['random', 'Random features'],
  ['supervised', 'Supervised'],
];

export const chosen = signal(/** @type {Network} */ ('rotnet'));
