// The networks to choose from, in words.
import { t } from '../../messages/messages.js';
import { NETWORKS, chosen } from '../../shared/networks.js';

export const networkChoices = () => NETWORKS.map((key) => /** @type {const} */ ([key, t.value.inside.networks[key]]));

export const chosenTitle = () => t.value.inside.networks[chosen.value];
