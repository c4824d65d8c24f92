// The four networks, and the one that the visitor has chosen to look at.
import { signal } from '@preact/signals';
import { t } from '../messages/messages.js';
import { task } from './task.js';

/** @typedef {import('../engine/types').Network} Network */

/** @type {readonly Network[]} */
export const NETWORKS = ['rotnet', 'self_supervised', 'random', 'supervised'];

/** In the page's language; that of the pretext task has the task's own name. @param {Network} network */
export const networkTitle = (network) =>
  network === 'rotnet' ? t.value.common.tasks[task.value].title : t.value.common.networks[network];

/** With their names. */
export const networkChoices = () => NETWORKS.map((network) => /** @type {const} */ ([network, networkTitle(network)]));

export const chosen = signal(/** @type {Network} */ ('rotnet'));
