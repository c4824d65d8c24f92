// What the page knows of its experiment, as signals. Only session/ writes them: others get them from session.js, which
// gives them out for reading.
import { computed, signal } from '@preact/signals';
import { RUNS } from '../engine/runs.js';
import { INITIAL, reduce } from './machine.js';

/** @typedef {import('../engine/types').Run} Run */
/** @typedef {import('../engine/types').Epoch} Epoch */
/** @typedef {import('../engine/client.js').EngineClient} EngineClient */
/** @typedef {import('../messages/said.js').Said} Said */

const state = signal(INITIAL);

/**
 * Tells the machine what has happened.
 * @param {import('./machine.js').Event} event
 */
export function dispatch(event) {
  try {
    state.value = reduce(state.peek(), event);
  } catch (error) {
    console.error(error); // the tests of the page let none pass
  }
}

export const stage = computed(() => state.value.stage);
export const kept = computed(() => state.value.kept);
/** Goal and exchange as they are now. */
export const standing = () => state.peek();

/** What is wrong; null while nothing is. */
export const problem = signal(/** @type {Said | null} */ (null));
/** What went wrong and was repaired, for the visitor to know; null: nothing. */
export const notice = signal(/** @type {Said | null} */ (null));
export const build = signal(/** @type {import('../engine/types').BuildReport | null} */ (null));
export const failedBuilds = signal(/** @type {import('../engine/types').Attempt[]} */ ([]));
export const client = signal(/** @type {EngineClient | null} */ (null));
export const dataInfo = signal(/** @type {import('../engine/types').DataInfo | null} */ (null));
/** The settings of the data that are in the engine. */
export const loaded = signal(/** @type {import('./ahead.js').DataChoice | null} */ (null));
/** Ids of the visitor's own digits that are among the labelled images; empty where none are. */
export const mixedIn = signal('');
/** @typedef {'generated' | 'mnist'} ExampleData */
/** Data of the run that comes with the page, while that is shown: nothing of it is kept. Empty: the run is the visitor's. */
export const example = signal(/** @type {ExampleData | ''} */ (''));
export const progress = signal(/** @type {import('../engine/types').Progress | null} */ (null));
export const results = signal(/** @type {import('../engine/types').Results | null} */ (null));
export const signature = signal('');
/** The settings that the present experiment was started with, complete. */
export const started = signal(/** @type {import('../engine/types').ExperimentSettings | null} */ (null));
/** The plan that it was started with, as JSON; empty before the first. */
export const startedWith = signal('');

/** The learning rate was changed on the way: no settings give this run again. */
export const rateChanged = signal(false);

/** It was begun with one kind of arithmetic and went on with the other: no engine gives this run again. */
export const mixed = signal(false);

/** Counts the experiments that came to a good end here. */
export const endings = signal(0);

/** Finished epochs of each run. */
export const history = {
  pretext: signal(/** @type {Epoch[]} */ ([])),
  self_supervised: signal(/** @type {Epoch[]} */ ([])),
  random: signal(/** @type {Epoch[]} */ ([])),
  supervised: signal(/** @type {Epoch[]} */ ([])),
};

/** @typedef {{ epoch: number, loss: number, accuracy: number }} Trace running means inside the present epoch */
/** @typedef {{ run: Run, points: Trace[] }} RunTrace */
export const trace = signal(/** @type {RunTrace} */ ({ run: 'pretext', points: [] }));

/** Counts up, a few times a second at most, whenever the weights have changed: pictures of the networks follow it. */
export const weightsVersion = signal(0);
/** Counts up with every new data set or experiment. */
export const experimentVersion = signal(0);

/** What the example is, for its mark; null: it is not shown. */
export const exampleOf = computed(() => {
  const [data, plan] = [example.value, started.value];
  return data && plan ? { data, seed: String(plan.seed), epochs: plan.pretext.epochs } : null;
});
export const canTrain = computed(() => stage.value === 'ready' || stage.value === 'paused');
/** The visitor's own run has begun. */
export const begun = computed(() => {
  const now = progress.value;
  return now !== null && !example.value && (now.phase !== 'pretext' || now.epoch > 0 || now.step > 0);
});

/** Share of all epochs done, 0..1; early stopping is not foreseen. */
export const share = computed(() => {
  const now = progress.value;
  const plan = started.value;
  if (!now || !plan || example.value) return 0;
  if (now.phase === 'finished') return 1;
  if (now.phase === 'failed') return 0;
  const weight = (/** @type {Run} */ run) => (run === 'pretext' ? 0.8 : 0.2 / 3);
  const present = /** @type {Run} */ (now.phase);
  const place = RUNS.indexOf(present);
  const before = RUNS.slice(0, place).reduce((sum, run) => sum + weight(run), 0);
  const inside = now.epochs > 0 ? (now.epoch + (now.steps > 0 ? now.step / now.steps : 0)) / now.epochs : 0;
  return before + weight(present) * Math.min(1, inside);
});

/** How many images the labelled slice holds. */
export function labelled() {
  const [first, last] = dataInfo.value?.splits.downstream ?? [0, 0];
  return last - first;
}
