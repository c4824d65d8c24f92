import { computed } from '@preact/signals';
import { ask } from '../../ask/ask.js';
import { joined } from '../../data/joined.js';
import { ARMS, dataInfo, experimentVersion, history, progress, results, started } from '../../session/session.js';
import { shareOfImages, wilson } from '../../shared/interval.js';
import { ownRow, runs } from '../../shared/runs.js';

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

/** Loss of guessing among ten classes. */
export const GUESS = Math.log(10);
/** Shares of it from which a head has hardly learned, and is still on its way. */
const [STILL, SLOW] = [0.9, 0.6];

/** The head on random features, where its loss says that it has not learned much by its end; null: it has. */
export const standstill = computed(() => {
  const epochs = history.random.value;
  const last = epochs[epochs.length - 1];
  const plan = started.value;
  // With raw pixels features are large, and losses jump: there it is another story.
  if (!results.value?.arms.random || !last || plan?.preset !== 'unit' || !(last.loss >= SLOW * GUESS)) return null;
  const { learningRate } = plan.arms.random;
  return {
    epochs: epochs.length,
    loss: last.loss,
    rate: Number(learningRate.toPrecision(6)),
    still: last.loss >= STILL * GUESS,
  };
});

const IMAGES = 50;
const mean = (/** @type {Float32Array} */ values) => values.reduce((sum, value) => sum + value, 0) / values.length;
const scaleAsked = ask({
  about: () => (standstill.value && dataInfo.value ? Math.min(IMAGES, dataInfo.value.test) : null),
  async answer(engine, count, { signal }) {
    const asked = Array.from({ length: count }, (_, i) => engine.call('image', ['test', i, 0], { signal }));
    const images = joined(Uint8Array, await Promise.all(asked));
    const untrained = mean(await engine.call('features', [images, 'random'], { signal }));
    return { untrained, taught: mean(await engine.call('features', [images, 'trained'], { signal })) };
  },
  initial: /** @type {{ untrained: number, taught: number } | null} */ (null),
});
/** Means of the features of some test images; null where they explain nothing, or are unknown. */
export const scales = computed(() => {
  const found = scaleAsked.value.value;
  return found && found.untrained < found.taught / 2 ? found : null;
});
export const followScales = scaleAsked.follow;

/** What the probe reads from the untrained features with the most labels; null: it has not been asked. */
export const probed = computed(() => {
  const { id, of } = ownRow.value;
  const found = of === experimentVersion.value ? runs.value.find((row) => row.id === id)?.probes : undefined;
  const right = found?.right.untrained;
  if (!found || !right) return null;
  const last = right[right.length - 1];
  return { labels: found.labels[right.length - 1], ...shareOfImages(last / found.of, found.of) };
});
