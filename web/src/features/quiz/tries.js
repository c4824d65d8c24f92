import { computed } from '@preact/signals';
import { dataInfo, history } from '../../session/session.js';
import { answers, play, stand } from './state.js';

/** A whole game, with a network that has so much behind it. @param {(epochs: number) => boolean} fits */
const game = (fits) => ({
  at: '#quiz .quiz',
  act() {
    // Of a game under way nothing is lost.
    if (stand.peek() === 'before' || stand.peek() === 'over') play();
  },
  can: computed(() => dataInfo.value !== null && fits(history.pretext.value.length)),
  done: computed(() => stand.value === 'over' && answers.value.every(({ epochs }) => fits(epochs))),
});

/** @type {readonly import('../../shared/tries.js').Task[]} */
export const TRIES = [
  { id: 'gameBefore', ...game((epochs) => epochs === 0) },
  { id: 'gameAfter', ...game((epochs) => epochs > 0) },
];
