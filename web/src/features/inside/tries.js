import { computed } from '@preact/signals';
import { begun } from '../../session/session.js';
import { chosen } from '../../shared/networks.js';
import { numbers, shownOutput } from './unit-state.js';

/** @type {readonly import('../../shared/tries.js').Task[]} */
export const TRIES = [
  {
    id: 'poolLoser',
    at: '#inside .unit',
    act() {
      const unit = numbers.peek()?.unit;
      if (unit) shownOutput.value = (unit.winner + 1) % unit.candidates.length;
    },
    can: computed(() => numbers.value !== null),
    done: computed(() => shownOutput.value !== null && shownOutput.value !== numbers.value?.unit.winner),
  },
  {
    id: 'randomKernels',
    at: '#inside .kernels',
    act: () => (chosen.value = 'random'),
    done: computed(() => begun.value && chosen.value === 'random'),
  },
];
