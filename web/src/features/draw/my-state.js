// How the arms read the visitor's own digits.
import { ask } from '../../ask/ask.js';
import { myDigits } from '../../data/my-digits.js';
import { near } from './more-state.js';

/** @typedef {import('../../engine/types').Arm} Arm */
/** @typedef {{ digits: typeof myDigits.value, read: Record<Arm, number>[] }} Readings */

const INTERVAL_MILLISECONDS = 1000;

const asked = ask({
  about: () => (myDigits.value.length > 0 ? myDigits.value : null),
  answer: async (engine, digits) => ({
    digits,
    read: await engine.call('readAll', [digits.map(({ pixels }) => pixels)]),
  }),
  initial: /** @type {Readings | null} */ (null),
  weights: true,
  every: INTERVAL_MILLISECONDS,
});
/** For each own digit what each arm reads in it; of `digits`, which may be older than the set. */
export const readings = asked.value;

/** @returns {() => void} stops */
export const followMine = () => asked.follow(near);
