import { computed } from '@preact/signals';
import { FEWEST, chosen, draws, drawsOpen, standing } from './state.js';

/** @type {readonly import('../../shared/tries.js').Task[]} */
export const TRIES = [
  {
    id: 'fewLabels',
    needs: ['probeLabels'],
    done: computed(() => standing.value?.over === true && chosen.value <= FEWEST),
  },
  { id: 'otherLabels', done: computed(() => drawsOpen.value && draws.value !== null) },
];
