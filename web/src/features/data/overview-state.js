// What is in the data, asked of the engine while the overview is in sight.
import { computed, signal } from '@preact/signals';
import { ask } from '../../ask/ask.js';
import { wordsOf } from '../../messages/faults.js';
import { dataInfo } from '../../session/session.js';

/** @typedef {import('../../engine/types').ImageSet} ImageSet */
/** @typedef {import('../../engine/types').Overview} Overview */

export const PER_CLASS = 8;

export const set = signal(/** @type {ImageSet} */ ('train'));
/** Other examples for each. */
export const round = signal(0);

const asked = ask({
  about: () => dataInfo.value && { of: set.value, place: round.value },
  answer: (engine, { of, place }, { signal: aborted }) =>
    engine.call('overview', [of, PER_CLASS, place], { signal: aborted }),
  initial: /** @type {Overview | null} */ (null),
  replaces: true,
});
export const overview = asked.value;
/** Why there is none; empty: there is one. */
export const fault = computed(() => (asked.error.value ? wordsOf(asked.error.value) : ''));

/** @param {import('@preact/signals').ReadonlySignal<boolean>} wanted whether anybody looks @returns {() => void} ends it */
export const followOverview = (wanted) => asked.follow(wanted);
