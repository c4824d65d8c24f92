import { computed } from '@preact/signals';
import { task } from '../../shared/task.js';
import { degrees, empty, seen, strokes } from '../../shared/drawing.js';

/** Nearly upside down is enough for a hand at the dial. */
const OVER = 135;

/** @type {readonly import('../../shared/tries.js').Task[]} */
export const TRIES = [
  { id: 'drawn', at: '#draw .pad', done: computed(() => strokes.value.length > 0 && seen.value !== null) },
  // Its answer is about the rotation network.
  {
    id: 'upsideDown',
    at: '#draw .turning',
    act: () => (degrees.value = 180),
    can: computed(() => !empty.value),
    applies: computed(() => task.value === 'turns'),
    done: computed(() => !empty.value && Math.abs(degrees.value) >= OVER),
  },
];
