// The pretext task for the peers in a page: its rotated digits, and how a peer is timed.

export const BATCH = 192;
const IMAGES = 10_000;
/** Steps of an epoch; the last holds 64 rows. */
export const STEPS = Math.ceil((4 * IMAGES) / BATCH);

const SIDE = 28;
const PIXELS = SIDE * SIDE;

/**
 * @typedef {{ rows: number, images: Float32Array, turns: Int32Array }} Batch pixels 0..1, row by row
 * @typedef {{ steps: number[], epochs: number[] }} Times in seconds
 * @typedef {{ peer: string, version: string, threads: number, variant: string, step_seconds: number[],
 *   epoch_seconds: number[], epoch_from_steps: boolean, loss_first: number, loss_last: number }} PeerReport
 *   `loss_first` and `loss_last`: cross-entropy of the first batch before and after all of the training
 */

/** The batches of an epoch: images 1, 2, ..., 9999, 0, four quarter turns each. @returns {Promise<Batch[]>} */
export async function batches() {
  const pixels = new Uint8Array(await (await fetch('/data/train-images-idx3-ubyte')).arrayBuffer()).subarray(16);
  return Array.from({ length: STEPS }, (_, step) => {
    const rows = Math.min(BATCH, 4 * IMAGES - step * BATCH);
    const images = new Float32Array(rows * PIXELS);
    const turns = new Int32Array(rows);
    for (let row = 0; row < rows; row++) {
      const place = step * BATCH + row;
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
export async function timeSteps(takeStep, seconds) {
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

/** @param {Times} times */
export function timesOut({ steps, epochs }) {
  const median = [...steps].sort((a, b) => a - b)[steps.length >> 1];
  return {
    step_seconds: steps,
    epoch_seconds: epochs.length > 0 ? epochs : [median * STEPS],
    epoch_from_steps: epochs.length === 0,
  };
}
