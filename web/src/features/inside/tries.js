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
      // Where the card was folded, its numbers come when it is open.
      const end = numbers.subscribe((found) => {
        if (!found) return;
        const { winner, candidates } = found.unit;
        queueMicrotask(() => {
          end();
          shownOutput.value = (winner + 1) % candidates.length;
        });
      });
    },
    done: computed(() => shownOutput.value !== null && shownOutput.value !== numbers.value?.unit.winner),
  },
  {
    id: 'randomKernels',
    at: '#inside .kernels',
    act: () => (chosen.value = 'random'),
    done: computed(() => begun.value && chosen.value === 'random'),
  },
];
