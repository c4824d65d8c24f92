import { computed } from '@preact/signals';
import { settings } from '../../state/settings.js';
import { moment } from './state.js';

/** @type {readonly import('../../shared/tries.js').Task[]} */
export const TRIES = [
  { id: 'bothMaps', needs: ['latentWeights'], done: computed(() => settings.latentWeights.value === 'both') },
  { id: 'backInTime', done: computed(() => moment.value !== null) },
];
