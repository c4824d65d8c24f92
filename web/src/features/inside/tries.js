import { computed } from '@preact/signals';
import { begun } from '../../session/session.js';
import { chosen } from '../../shared/networks.js';
import { numbers, shownOutput } from './unit-state.js';

/** @type {readonly import('../../shared/tries.js').Task[]} */
export const TRIES = [
  {
    id: 'poolLoser',
    done: computed(() => shownOutput.value !== null && shownOutput.value !== numbers.value?.unit.winner),
  },
  { id: 'randomKernels', done: computed(() => begun.value && chosen.value === 'random') },
];
