import { computed } from '@preact/signals';
import { answers, stand } from './state.js';

/** A whole game, with a network that has so much behind it. @param {(epochs: number) => boolean} fits */
const played = (fits) => computed(() => stand.value === 'over' && answers.value.every(({ epochs }) => fits(epochs)));

/** @type {readonly import('../../shared/tries.js').Task[]} */
export const TRIES = [
  { id: 'gameBefore', done: played((epochs) => epochs === 0) },
  { id: 'gameAfter', done: played((epochs) => epochs > 0) },
];
