// The four networks, and the one that the visitor has chosen to look at.
import { signal } from '@preact/signals';

/** @typedef {import('../engine/types').Network} Network */

/** @type {readonly Network[]} */
export const NETWORKS = ['rotnet', 'self_supervised', 'random', 'supervised'];

export const chosen = signal(/** @type {Network} */ ('rotnet'));
