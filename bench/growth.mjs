// How time and memory grow with images, batch, labels and threads.
import { laterEpoch, trainAll } from './training.mjs';

/** @typedef {{ host: string, size: number, seconds: Record<string, number>, memory: number }} Growth an epoch by run */

const LOADED = [1_000, 3_000, 11_000, 30_000, 60_000];
const BATCHES = [1, 4, 16, 32, 64, 192, 512, 1_024];
const LABELS = [10, 30, 100, 300, 1_000];
/** Of the notebook: 10,000 images of the pretext task and 1,000 labelled ones. */
const NOTEBOOK = 11_000;
const ROWS = 40_000;
const BATCH = 192;

/** @param {{ hosts: readonly string[], threads: number, folder: string }} plan @param {number[]} sizes
 * @param {(size: number) => Omit<import('./training.mjs').Run, 'title'>} runOf @param {string} unit
 * @returns {Promise<Growth[]>} */
async function grow(plan, sizes, runOf, unit) {
  const runs = sizes.map((size) => ({ title: `${size.toLocaleString('en')} ${unit}`, ...runOf(size) }));
  const found = await trainAll({ runs, ...plan });
  return found.flatMap(({ trained }, i) =>
    trained.map(({ host, epochs, bytes }) => ({
      ...{ host, size: sizes[i], memory: bytes },
      seconds: Object.fromEntries(Object.entries(epochs).map(([run, seconds]) => [run, laterEpoch(seconds)])),
    })),
  );
}

const pretextRun = (/** @type {number} */ train, /** @type {number} */ epochs, /** @type {number} */ batch) => ({
  ...{ train, test: 1, args: ['pretext', '--epochs', `${epochs}`, '--batch', `${batch}`] },
  settings: { armList: [], pretext: { epochs, batch } },
});

/** @param {number} labels */
const armsRun = (labels) => ({
  ...{ train: NOTEBOOK, test: 300 },
  args: [
    ...['run', '--labels', `${labels}`, '--arms', 'self-supervised,supervised', '--epochs', '20'],
    ...['--pretext-epochs', '1', '--self-supervised-patience', '0', '--supervised-patience', '0'],
  ],
  settings: {
    labels,
    armList: ['self_supervised', 'supervised'],
    pretext: { epochs: 1 },
    arms: { self_supervised: { epochs: 20, patience: 0 }, supervised: { epochs: 20, patience: 0 } },
  },
});

/** @param {{ hosts: readonly string[], threads: number, folder: string }} plan `folder` holds 60,000 training digits */
export async function measureGrowth(plan) {
  return {
    images: await grow(plan, LOADED, (count) => pretextRun(count, 4, BATCH), 'images loaded'),
    // Small batches take long, and one epoch of them is a measurement.
    batch: await grow(plan, BATCHES, (batch) => pretextRun(NOTEBOOK, batch < 16 ? 1 : 3, batch), 'rows a batch'),
    labels: await grow(plan, LABELS, armsRun, 'labels'),
  };
}

// ---- more threads than there are ------------------------------------------------------------------------------------

/** Rows of the smaller batch, which is cut into as many tasks as BATCH. */
const FEW = 64;

/**
 * The share of the gradient's pass in a native pretext step on one thread. What the two other passes take does not depend
 * on the rows: it is what is left of a step when a line through two batches reaches no rows.
 * @param {string} folder
 */
export async function gradientShare(folder) {
  const sizes = [FEW, BATCH];
  const plan = { hosts: ['native'], threads: 1, folder };
  const [few, many] = await grow(plan, sizes, (batch) => pretextRun(NOTEBOOK, 4, batch), 'rows a batch');
  const step = (/** @type {Growth} */ { seconds, size }) => seconds.pretext / Math.ceil(ROWS / size);
  return shareOf(step(few), FEW, step(many), BATCH);
}

/** @param {number} small seconds of a step of `few` rows @param {number} few @param {number} large @param {number} many */
export function shareOf(small, few, large, many) {
  const row = (large - small) / (many - few);
  return Math.min(1, Math.max(0, (row * many) / large));
}

/**
 * @typedef {{ threads: number, chain: [number, number, number], ideal: number, measured: number | null }} ThreadsRow
 *   `chain`: tasks one behind the other on the thread that has most, when the weights are prepared, in the gradient, in the
 *   update; `ideal`: speed-up of the step if the tasks of a pass took the same time, and waking the threads, their
 *   sharing of memory and whatever is between the passes none; `measured`: where this machine has the threads
 */

/**
 * The task grid of a step on any number of threads.
 * @param {{ tasks: import('./engines.mjs').StepTasks, share: number, counts: readonly number[],
 *   seconds: ReadonlyMap<number, number> }} of `share`: of the gradient in a step on one thread, the other two passes have
 *   half of the rest each; `seconds`: of the step measured, by threads
 * @returns {ThreadsRow[]}
 */
export function simulateThreads({ tasks, share, counts, seconds }) {
  const passes = [tasks.prepare, tasks.gradient, tasks.update];
  const shares = [(1 - share) / 2, share, (1 - share) / 2];
  return counts.map((threads) => {
    const chain = passes.map((count) => Math.ceil(count / threads));
    if (threads <= tasks.own_prepare_threads) chain[0] = tasks.prepare;
    const time = chain.reduce((sum, length, i) => sum + (shares[i] * length) / passes[i], 0);
    const [one, here] = [seconds.get(1), seconds.get(threads)];
    return {
      threads,
      chain: /** @type {[number, number, number]} */ (chain),
      ideal: 1 / time,
      measured: one && here ? one / here : null,
    };
  });
}
