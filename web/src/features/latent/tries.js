import { computed } from '@preact/signals';
import { settings } from '../../state/settings.js';
import { canRewind, moment, moments } from './state.js';

/** @type {readonly import('../../shared/tries.js').Task[]} */
export const TRIES = [
  {
    id: 'bothMaps',
    needs: ['latentWeights'],
    at: '#map .map-figure',
    act: () => (settings.latentWeights.value = 'both'),
    done: computed(() => settings.latentWeights.value === 'both'),
  },
  {
    id: 'backInTime',
    at: '#map .map-figure',
    act: () => (moment.value = moments.peek()[0].done),
    can: canRewind,
    done: computed(() => canRewind.value && moment.value !== null),
  },
];
