// The pretext step in jax-js on the device asked for: as shipped, the whole step under jit with its own convolution, and
// tuned (jax-js-tuned.mjs). Arrays are consumed by the functions that they are given to; `.ref` and tree.ref keep them.
import { tuned } from './jax-js-tuned.mjs';
import { batches, checkForms, glorot, reportOf } from './pretext.mjs';

const ADDRESS = '/peers/@jax-js/jax/dist/index.js';

/** @param {any} jax the module @param {import('./pretext.mjs').Form} form @returns {import('./pretext.mjs').Trainer} */
function trainer(jax, form) {
  const { jit, lax, nn, numpy: np, tree, valueAndGrad } = jax;
  const pool = (/** @type {any} */ x) => lax.reduceWindow(x, np.max, [2, 2], [2, 2]);
  const convolution = (
    /** @type {any} */ x,
    /** @type {any[]} */ [filter, bias],
    /** @type {number} */ stride, //
  ) => nn.relu(lax.conv(x, filter, [stride, stride], 'SAME').add(bias.reshape([-1, 1, 1])));
  const lossOf = (/** @type {any} */ w, /** @type {any} */ x, /** @type {any} */ y) => {
    const one = pool(convolution(x, w.conv1, 2));
    const two = pool(convolution(one, w.conv2, 1));
    const three = convolution(two, w.conv3, 2);
    const logits = np.matmul(three.reshape([three.shape[0], 64]), w.dense[0].transpose()).add(w.dense[1]);
    return nn.logSoftmax(logits).mul(y).sum(1).mean().neg();
  };
  // Adam as Keras defines it; `rate` is 0.001 * sqrt(1 - 0.999^t) / (1 - 0.9^t).
  const adam = (
    /** @type {any} */ w,
    /** @type {any} */ m,
    /** @type {any} */ v,
    /** @type {any} */ rate,
    /** @type {any} */ gradient,
  ) => {
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
    return [nextW, nextM, nextV];
  };

  const fast = form === 'tuned' ? tuned(jax) : null;
  const forward = fast ? fast.loss : jit(lossOf);
  const update = jit(adam);
  const asShipped = jit(
    (
      /** @type {any} */ w,
      /** @type {any} */ m,
      /** @type {any} */ v,
      /** @type {any} */ rate,
      /** @type {any} */ x,
      /** @type {any} */ y,
    ) => {
      const [loss, gradient] = valueAndGrad(lossOf)(tree.ref(w), x, y);
      return [...adam(w, m, v, rate, gradient), loss];
    },
  );
  const train = (/** @type {any[]} */ ...[w, m, v, rate, x, y]) => {
    if (!fast) return asShipped(w, m, v, rate, x, y);
    const [loss, gradient] = fast.lossAndGradient(tree.ref(w), x, y);
    return [...update(w, m, v, rate, gradient), loss];
  };

  const draw = glorot(1);
  /** @param {number[]} shape channels out and in, then the window */
  const kernel = ([out, into, ...window]) => {
    const area = window.reduce((product, side) => product * side, 1);
    const drawn = np.array(draw(out * into * area, into * area, out * area)).reshape([out, into, ...window]);
    return fast && window.length > 0 ? fast.kernel(drawn) : drawn;
  };
  let weights = {
    conv1: [kernel([64, 1, 3, 3]), np.zeros([64])],
    conv2: [kernel([32, 64, 3, 3]), np.zeros([32])],
    conv3: [kernel([16, 32, 3, 3]), np.zeros([16])],
    dense: [kernel([4, 64]), np.zeros([4])],
  };
  const like = (/** @type {any} */ from) => tree.map((/** @type {any} */ x) => np.zerosLike(x), tree.ref(from));
  let first = like(weights);
  let second = like(weights);

  let taken = 0;
  return {
    load: ({ rows, images, turns }) => {
      const hot = new Float32Array(rows * 4);
      turns.forEach((turn, row) => (hot[row * 4 + turn] = 1));
      return {
        x: np.array(images).reshape(fast ? [rows, 28, 28, 1] : [rows, 1, 28, 28]),
        y: np.array(hot).reshape([rows, 4]),
      };
    },
    loss: async ({ x, y }) => (await forward(tree.ref(weights), x.ref, y.ref).data())[0],
    step: async ({ x, y }) => {
      taken++;
      const rate = np.array((1e-3 * Math.sqrt(1 - 0.999 ** taken)) / (1 - 0.9 ** taken));
      let loss;
      [weights, first, second, loss] = train(weights, first, second, rate, x.ref, y.ref);
      const [value] = await loss.data();
      await Promise.all(tree.leaves(weights).map((/** @type {any} */ leaf) => leaf.blockUntilReady()));
      return value;
    },
    weights: async () => {
      /** @type {Record<string, Float32Array>} */
      const found = {};
      for (const [layer, [filter, bias]] of Object.entries(weights)) {
        const plain = fast && layer !== 'dense' ? fast.plain(filter.ref) : filter.ref;
        Object.assign(found, { [layer]: await plain.data(), [`${layer} bias`]: await bias.ref.data() });
      }
      return found;
    },
  };
}

/**
 * @param {import('./pretext.mjs').Job} job `variant`: wasm or webgl; `threads` is what the page claims as
 *   navigator.hardwareConcurrency, from which jax-js sizes its pool
 * @returns {Promise<import('./pretext.mjs').PeerReport>}
 */
export async function measure({ variant, form, threads, seconds, version }) {
  const jax = await import(/* @vite-ignore */ ADDRESS);
  if (!(await jax.init(variant)).includes(variant)) throw new Error(`the device ${variant} does not start here`);
  jax.defaultDevice(variant);
  const make = (/** @type {import('./pretext.mjs').Form} */ of) => async () => trainer(jax, of);
  if (form === 'tuned') await checkForms(make('as shipped'), make(form));
  const report = await reportOf(trainer(jax, form), await batches(), seconds);
  return { peer: 'jax-js', version, threads, variant, form, ...report };
}
