import { computed } from '@preact/signals';
import { settings } from '../../state/settings.js';
import { kinds, moment, moments } from './state.js';

/** There are moments to choose from, and a map that they move. */
const earlier = computed(() => moments.value.length > 1 && kinds.value.some((kind) => kind === 'trained'));

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
    can: earlier,
    done: computed(() => earlier.value && moment.value !== null),
  },
];
