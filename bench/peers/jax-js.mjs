// The pretext step in jax-js, the whole step under jit, on the device asked for. Arrays are consumed by the functions
// that they are given to; `.ref` and tree.ref keep them.
import { batches, BATCH, glorot, timesOut, timeSteps } from './pretext.mjs';

const ADDRESS = '/peers/@jax-js/jax/dist/index.js';

/**
 * @param {{ variant: string, threads: number, seconds: number, version: string }} job `variant`: wasm or webgl;
 *   `threads` is what the page claims as navigator.hardwareConcurrency, from which jax-js sizes its pool
 * @returns {Promise<import('./pretext.mjs').PeerReport>}
 */
export async function measure({ variant, threads, seconds, version }) {
  const { init, defaultDevice, jit, lax, nn, numpy: np, tree, valueAndGrad } = await import(/* @vite-ignore */ ADDRESS);
  if (!(await init(variant)).includes(variant)) throw new Error(`the device ${variant} does not start here`);
  defaultDevice(variant);

  const draw = glorot(1);
  /** @param {number[]} shape channels out and in, then the window */
  const kernel = ([out, into, ...window]) => {
    const area = window.reduce((product, side) => product * side, 1);
    return np.array(draw(out * into * area, into * area, out * area)).reshape([out, into, ...window]);
  };
  const zeros = (/** @type {number[]} */ ...shape) => np.zeros(shape);
  let weights = {
    conv1: [kernel([64, 1, 3, 3]), zeros(64, 1, 1)],
    conv2: [kernel([32, 64, 3, 3]), zeros(32, 1, 1)],
    conv3: [kernel([16, 32, 3, 3]), zeros(16, 1, 1)],
    dense: [kernel([4, 64]), zeros(4)],
  };
  const like = (/** @type {any} */ from) => tree.map((/** @type {any} */ x) => np.zerosLike(x), tree.ref(from));
  let first = like(weights);
  let second = like(weights);

  const pool = (/** @type {any} */ x) => lax.reduceWindow(x, np.max, [2, 2], [2, 2]);
  const convolution = (
    /** @type {any} */ x,
    /** @type {any[]} */ [filter, bias],
    /** @type {number} */ stride, //
  ) => nn.relu(lax.conv(x, filter, [stride, stride], 'SAME').add(bias));
  const lossOf = (/** @type {any} */ w, /** @type {any} */ x, /** @type {any} */ y) => {
    const one = pool(convolution(x, w.conv1, 2));
    const two = pool(convolution(one, w.conv2, 1));
    const three = convolution(two, w.conv3, 2);
    const logits = np.matmul(three.reshape([three.shape[0], 64]), w.dense[0].transpose()).add(w.dense[1]);
    return nn.logSoftmax(logits).mul(y).sum(1).mean().neg();
  };
  const evaluate = jit(lossOf);
  // Adam as Keras defines it; `rate` is 0.001 * sqrt(1 - 0.999^t) / (1 - 0.9^t).
  const train = jit(
    (
      /** @type {any} */ w,
      /** @type {any} */ m,
      /** @type {any} */ v,
      /** @type {any} */ rate,
      /** @type {any} */ x,
      /** @type {any} */ y,
    ) => {
      const [loss, gradient] = valueAndGrad(lossOf)(tree.ref(w), x, y);
      const nextM = tree.map(
        (/** @type {any} */ a, /** @type {any} */ g) => a.mul(0.9).add(g.mul(0.1)),
        m,
        tree.ref(gradient),
      );
      const nextV = tree.map(
        (/** @type {any} */ a, /** @type {any} */ g) => a.mul(0.999).add(np.square(g).mul(0.001)),
        v,
        gradient,
      );
      const nextW = tree.map(
        (/** @type {any} */ p, /** @type {any} */ a, /** @type {any} */ b) =>
          p.sub(rate.ref.mul(a).div(np.sqrt(b).add(1e-7))),
        w,
        tree.ref(nextM),
        tree.ref(nextV),
      );
      rate.dispose();
      return [nextW, nextM, nextV, loss];
    },
  );

  const data = (await batches()).map(({ rows, images, turns }) => {
    const hot = new Float32Array(rows * 4);
    turns.forEach((turn, row) => (hot[row * 4 + turn] = 1));
    return { x: np.array(images).reshape([rows, 1, 28, 28]), y: np.array(hot).reshape([rows, 4]) };
  });
  let taken = 0;
  const takeStep = async (/** @type {number} */ batch) => {
    taken++;
    const rate = np.array((1e-3 * Math.sqrt(1 - 0.999 ** taken)) / (1 - 0.9 ** taken));
    let loss;
    [weights, first, second, loss] = train(weights, first, second, rate, data[batch].x.ref, data[batch].y.ref);
    await loss.data();
    await Promise.all(tree.leaves(weights).map((/** @type {any} */ leaf) => leaf.blockUntilReady()));
  };
  const firstLoss = async () => (await evaluate(tree.ref(weights), data[0].x.ref, data[0].y.ref).data())[0];
  if (data[0].x.shape[0] !== BATCH) throw new Error('the first batch is short');
  const before = await firstLoss();
  const times = timesOut(await timeSteps(takeStep, seconds));
  return { peer: 'jax-js', version, threads, variant, ...times, loss_first: before, loss_last: await firstLoss() };
}
