// The pretext task for the peers in a page: its rotated digits, and how a peer is timed.

export const BATCH = 192;
const IMAGES = 10_000;
/** Steps of an epoch; the last holds 64 rows. */
export const STEPS = Math.ceil((4 * IMAGES) / BATCH);

const SIDE = 28;
const PIXELS = SIDE * SIDE;

/**
 * @typedef {'as shipped' | 'tuned'} Form `tuned`: what the library's own kernels can do for this network when its way of
 *   writing a convolution is replaced by hand
 * @typedef {{ variant: string, form: Form, threads: number, seconds: number, version: string }} Job
 * @typedef {{ rows: number, images: Float32Array, turns: Int32Array }} Batch pixels 0..1, row by row
 * @typedef {{ steps: number[], epochs: number[] }} Times in seconds
 * @typedef {{ step_seconds: number[], epoch_seconds: number[], epoch_from_steps: boolean, loss_first: number,
 *   loss_last: number }} Learned `loss_first` and `loss_last`: cross-entropy of the first batch before and after all of
 *   the training
 * @typedef {Learned & { peer: string, version: string, threads: number, variant: string, form: Form }} PeerReport
 */

/**
 * A network in some library; the weights of all of one library begin the same.
 * @typedef {object} Trainer
 * @property {(batch: Batch) => any} load a batch as the library's arrays
 * @property {(loaded: any) => Promise<number>} loss cross-entropy of a batch
 * @property {(loaded: any) => Promise<number>} step trains on a batch and gives its loss before; done when the weights have
 *   moved
 * @property {() => Promise<Record<string, Float32Array>>} weights by layer, in one layout for all forms
 */

/**
 * The batches of an epoch: images 1, 2, ..., 9999, 0, four quarter turns each.
 * @param {number} [count] of batches, from the first @param {number} [size] rows of a batch
 * @returns {Promise<Batch[]>}
 */
export async function batches(count = STEPS, size = BATCH) {
  const pixels = new Uint8Array(await (await fetch('/data/train-images-idx3-ubyte')).arrayBuffer()).subarray(16);
  return Array.from({ length: count }, (_, step) => {
    const rows = Math.min(size, 4 * IMAGES - step * size);
    const images = new Float32Array(rows * PIXELS);
    const turns = new Int32Array(rows);
    for (let row = 0; row < rows; row++) {
      const place = step * size + row;
      const image = ((place >> 2) + 1) % IMAGES;
      turns[row] = place % 4;
      for (let r = 0; r < SIDE; r++) {
        for (let c = 0; c < SIDE; c++) {
          const [y, x] = source(turns[row], r, c);
          images[row * PIXELS + r * SIDE + c] = pixels[image * PIXELS + y * SIDE + x] / 255;
        }
      }
    }
    return { rows, images, turns };
  });
}

/** Where a pixel of a picture turned counter-clockwise comes from. @param {number} turn @param {number} r @param {number} c */
function source(turn, r, c) {
  const last = SIDE - 1;
  if (turn === 0) return [r, c];
  if (turn === 1) return [c, last - r];
  if (turn === 2) return [last - r, last - c];
  return [last - c, r];
}

/** Uniform in ±sqrt(6 / (fan in + fan out)), by a fixed linear congruential generator. @param {number} seed */
export function glorot(seed) {
  let state = seed;
  return (/** @type {number} */ count, /** @type {number} */ fanIn, /** @type {number} */ fanOut) => {
    const limit = Math.sqrt(6 / (fanIn + fanOut));
    return Float32Array.from({ length: count }, () => {
      state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
      return limit * (state / 2 ** 31 - 1);
    });
  };
}

/**
 * Keras adds Adam's epsilon outside of the bias correction; where a library adds it inside, this one has the same effect.
 * @param {number} step 1 for the first
 */
export const insideEpsilon = (step) => 1e-7 / Math.sqrt(1 - 0.999 ** step);

/**
 * Whole epochs where one fits into `seconds`, else as many steps as fit, at least five after the warm-up.
 * @param {(batch: number) => Promise<unknown>} takeStep trains on a batch; done when the weights have moved
 * @param {number} seconds
 * @returns {Promise<Times>}
 */
async function timeSteps(takeStep, seconds) {
  for (const batch of [0, STEPS - 1, 1, 2]) await takeStep(batch);
  const now = () => performance.now() / 1e3;
  /** @type {number[]} */
  const steps = [];
  /** @type {number[]} */
  const epochs = [];
  const start = now();
  const median = () => [...steps].sort((a, b) => a - b)[steps.length >> 1];
  while (steps.length < 5 || now() - start < Math.min(seconds, 3)) {
    const before = now();
    await takeStep((3 + steps.length) % (STEPS - 1));
    steps.push(now() - before);
  }
  while (median() * STEPS < seconds - (now() - start)) {
    const before = now();
    for (let batch = 0; batch < STEPS; batch++) await takeStep(batch);
    epochs.push(now() - before);
  }
  while (epochs.length === 0 && now() - start < seconds) {
    const before = now();
    await takeStep((3 + steps.length) % (STEPS - 1));
    steps.push(now() - before);
  }
  return { steps, epochs };
}

/**
 * Times a trainer. @param {Trainer} trainer @param {Batch[]} rows of an epoch @param {number} seconds
 * @returns {Promise<Learned>}
 */
export async function reportOf(trainer, rows, seconds) {
  const loaded = rows.map((batch) => trainer.load(batch));
  const before = await trainer.loss(loaded[0]);
  const { steps, epochs } = await timeSteps((batch) => trainer.step(loaded[batch]), seconds);
  const median = [...steps].sort((a, b) => a - b)[steps.length >> 1];
  return {
    step_seconds: steps,
    epoch_seconds: epochs.length > 0 ? epochs : [median * STEPS],
    epoch_from_steps: epochs.length === 0,
    loss_first: before,
    loss_last: await trainer.loss(loaded[0]),
  };
}

const CHECKED_STEPS = 4;
const CHECKED_ROWS = 16;
const MOST_LOSS_DIFFERENCE = 1e-4;
const MOST_MOVE_DIFFERENCE = 0.01;

/**
 * Before a tuned form is timed: in the first steps on small batches its losses are those of the form as shipped, and each
 * layer's weights have moved as far and to the same side. Throws where they have not.
 * @param {() => Promise<Trainer>} shipped makes the trainer that is compared with @param {() => Promise<Trainer>} tuned
 */
export async function checkForms(shipped, tuned) {
  const rows = await batches(CHECKED_STEPS, CHECKED_ROWS);
  const learn = async (/** @type {() => Promise<Trainer>} */ make) => {
    const trainer = await make();
    const before = await trainer.weights();
    /** @type {number[]} */
    const losses = [];
    for (const batch of rows) losses.push(await trainer.step(trainer.load(batch)));
    const after = await trainer.weights();
    const names = Object.keys(after);
    return {
      losses,
      moves: Object.fromEntries(names.map((name) => [name, after[name].map((w, i) => w - before[name][i])])),
    };
  };
  const should = await learn(shipped);
  const is = await learn(tuned);
  const fault = formFault(is, should);
  if (fault) throw new Error(`the tuned form ${fault}`);
}

/** @typedef {{ losses: number[], moves: Record<string, Float32Array> }} FirstSteps */

/** Why two forms are not the same; empty where they are. @param {FirstSteps} is @param {FirstSteps} should */
export function formFault(is, should) {
  const step = should.losses.findIndex((loss, i) => !(Math.abs(is.losses[i] - loss) <= MOST_LOSS_DIFFERENCE));
  if (step >= 0) return `has loss ${is.losses[step]} in step ${step + 1}, not ${should.losses[step]}`;
  for (const [name, move] of Object.entries(should.moves)) {
    const length = Math.hypot(...move);
    const away = Math.hypot(...is.moves[name].map((value, i) => value - move[i]));
    if (!(length > 0 && away <= MOST_MOVE_DIFFERENCE * length)) {
      return `moves ${name} otherwise: off by ${away} of ${length}`;
    }
  }
  return '';
}
