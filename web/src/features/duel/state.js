import { computed } from '@preact/signals';
import { ARMS, progress, results } from '../../session/session.js';
import { wilson } from '../../shared/interval.js';

/** @typedef {import('../../engine/types').Arm} Arm */
/** @typedef {{ accuracy: number, low: number, high: number, count: number }} Score */

/** @param {import('../../engine/types').Test} test @returns {Score} */
function score(test) {
  const [low, high] = wilson(test.correct, test.count);
  return { accuracy: test.accuracy, low, high, count: test.count };
}

/** Where early stopping ended an arm, for its curves. */
export const marks = computed(() => {
  /** @type {Partial<Record<Arm, number>>} */
  const found = {};
  for (const arm of ARMS) {
    const epoch = results.value?.arms[arm]?.stoppedEarly ?? 0;
    if (epoch > 0) found[arm] = epoch;
  }
  return found;
});

/** What each arm reached, or where it stands. */
export const scores = computed(() =>
  ARMS.map((arm) => {
    const result = results.value?.arms[arm];
    return {
      arm,
      state: progress.value?.phase === arm ? 'training' : 'waiting',
      stoppedEarly: result?.stoppedEarly ?? 0,
      few: result ? score(result.test) : null,
      full: result ? score(result.fullTest) : null,
    };
  }),
);
