// What is worked out about the drawing beyond the answers: the opinion at every angle, and the pictures nearest to it.
import { effect, signal } from '@preact/signals';
import { client, experimentVersion, weightsVersion } from '../../state/lab.js';
import { latestOnly } from '../../state/latest.js';
import { ANGLES } from './angles.js';
import { question, seen } from './state.js';

/** @typedef {import('../../engine/types').Space} Space */
/** @typedef {import('../../engine/types').Neighbour} Neighbour */

const SWEEP_INTERVAL_MILLISECONDS = 500;
const NEAREST_INTERVAL_MILLISECONDS = 1000;
export const NEAREST = 6;
/** @type {readonly Space[]} */
export const SPACES = ['trained', 'random', 'pixels'];

/** Somebody is looking. */
export const near = signal(false);
/** The rotation network's opinions at each of ANGLES. */
export const opinions = signal(/** @type {readonly Float32Array[] | null} */ (null));
export const neighbours = signal(/** @type {Partial<Record<Space, readonly Neighbour[]>>} */ ({}));

/** @returns {() => void} stops */
export function followMore() {
  const sweep = latestOnly(async () => {
    const [engine, asked] = [client.peek(), question.peek()];
    opinions.value = engine && asked ? await engine.call('sweep', [asked, ANGLES]) : null;
  }, SWEEP_INTERVAL_MILLISECONDS);
  const look = latestOnly(async () => {
    const [engine, pixels] = [client.peek(), seen.peek()];
    if (!engine || !pixels) {
      neighbours.value = {};
      return;
    }
    for (const space of SPACES) {
      const found = await engine.call('nearest', [pixels, space, NEAREST]);
      neighbours.value = { ...neighbours.peek(), [space]: found };
    }
  }, NEAREST_INTERVAL_MILLISECONDS);
  const offs = [
    effect(() => {
      void [question.value, weightsVersion.value, experimentVersion.value, client.value];
      if (near.value) sweep();
    }),
    effect(() => {
      void seen.value;
      if (near.value) look();
    }),
  ];
  return () => offs.forEach((off) => off());
}
