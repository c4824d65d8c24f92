// What is worked out about the drawing beyond the answers: the opinion at every angle, and the pictures nearest to it.
import { signal } from '@preact/signals';
import { ask } from '../../ask/ask.js';
import { question, seen } from '../../shared/drawing.js';
import { task } from '../../shared/task.js';
import { ANGLES } from './angles.js';

/** @typedef {import('../../engine/types').Space} Space */
/** @typedef {import('../../engine/types').Neighbour} Neighbour */
/** @typedef {Partial<Record<Space, readonly Neighbour[]>>} Neighbours */

const SWEEP_INTERVAL_MILLISECONDS = 500;
const NEAREST_INTERVAL_MILLISECONDS = 1000;
export const NEAREST = 6;
/** @type {readonly Space[]} */
export const SPACES = ['trained', 'random', 'pixels'];

/** Somebody is looking. */
export const near = signal(false);

const sweep = ask({
  about: () => (task.value === 'turns' ? question.value : null),
  answer: (engine, drawing) => engine.call('sweep', [drawing, ANGLES]),
  initial: null,
  weights: true,
  every: SWEEP_INTERVAL_MILLISECONDS,
});
/** The rotation network's opinions at each of ANGLES. */
export const opinions = sweep.value;

// The image that the networks see is a new one whenever they have answered, so that this follows the weights too.
const nearest = ask({
  about: () => seen.value,
  async answer(engine, pixels, { show }) {
    let found = neighbours.peek();
    for (const space of SPACES) {
      found = { ...found, [space]: await engine.call('nearest', [pixels, space, NEAREST]) };
      show(found);
    }
    return found;
  },
  initial: /** @type {Neighbours} */ ({}),
  every: NEAREST_INTERVAL_MILLISECONDS,
});
/** @type {import('@preact/signals').ReadonlySignal<Neighbours>} */
export const neighbours = nearest.value;

/** @returns {() => void} stops */
export function followMore() {
  const ends = [sweep.follow(near), nearest.follow(near)];
  return () => ends.forEach((end) => end());
}
