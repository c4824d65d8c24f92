// The four networks, and the one that the visitor has chosen to look at.
import { signal } from '@preact/signals';
import { t } from '../messages/messages.js';

/** @typedef {import('../engine/types').Network} Network */

/** @type {readonly Network[]} */
export const NETWORKS = ['rotnet', 'self_supervised', 'random', 'supervised'];

/** With their names in the page's language. */
export const networkChoices = () =>
  NETWORKS.map((network) => /** @type {const} */ ([network, t.value.common.networks[network]]));

export const chosen = signal(/** @type {Network} */ ('rotnet'));
