import { computed } from '@preact/signals';
import { begun } from '../../session/session.js';
import { FEWEST, chosen, draws, drawsOpen, standing } from './state.js';

/** @type {readonly import('../../shared/tries.js').Task[]} */
export const TRIES = [
  {
    id: 'fewLabels',
    needs: ['probeLabels'],
    done: computed(() => begun.value && standing.value?.over === true && chosen.value <= FEWEST),
  },
  { id: 'otherLabels', done: computed(() => drawsOpen.value && draws.value !== null) },
];
