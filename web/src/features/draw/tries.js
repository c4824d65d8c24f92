import { computed } from '@preact/signals';
import { degrees, empty, seen, strokes } from '../../shared/drawing.js';

/** Nearly upside down is enough for a hand at the dial. */
const OVER = 135;

/** @type {readonly import('../../shared/tries.js').Task[]} */
export const TRIES = [
  { id: 'drawn', done: computed(() => strokes.value.length > 0 && seen.value !== null) },
  { id: 'upsideDown', done: computed(() => !empty.value && Math.abs(degrees.value) >= OVER) },
];
