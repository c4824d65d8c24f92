// The pretext step in TensorFlow.js on the backend asked for: as shipped, and tuned for WebAssembly (tfjs-tuned.mjs).
import { batches, checkForms, glorot, insideEpsilon, reportOf } from './pretext.mjs';
import { registerGradients } from './tfjs-tuned.mjs';

const MODULES = '/peers/@tensorflow';

/** @param {string} address */
function loadScript(address) {
  return new Promise((resolve, reject) => {
    const script = document.createElement('script');
    script.src = address;
    script.onload = resolve;
    script.onerror = () => reject(new Error(`${address} could not be loaded`));
    document.head.append(script);
  });
}

/** @param {any} tf @param {string} variant */
async function start(tf, variant) {
  if (!(await tf.setBackend(variant))) throw new Error(`the backend ${variant} does not start here`);
  await tf.ready();
  if (tf.getBackend() !== variant) throw new Error(`${tf.getBackend()} runs in place of ${variant}`);
}

/** On the backend that runs. @param {any} tf @param {import('./pretext.mjs').Form} form @returns {import('./pretext.mjs').Trainer} */
function trainer(tf, form) {
  const draw = glorot(1);
  /** @param {number[]} shape a kernel; its last two are channels in and out */
  const kernel = (shape) => {
    const [out, into, ...window] = [...shape].reverse();
    const area = window.reduce((product, side) => product * side, 1);
    return tf.variable(tf.tensor(draw(area * into * out, area * into, area * out), shape));
  };
  const zeros = (/** @type {number} */ count) => tf.variable(tf.zeros([count]));
  const weights = {
    conv1: [kernel([3, 3, 1, 64]), zeros(64)],
    conv2: [kernel([3, 3, 64, 32]), zeros(32)],
    conv3: [kernel([3, 3, 32, 16]), zeros(16)],
    dense: [kernel([64, 4]), zeros(4)],
  };
  const convolution = (
    /** @type {any} */ x,
    /** @type {any[]} */ [filter, bias],
    /** @type {number} */ strides, //
  ) => tf.fused.conv2d({ x, filter, strides, pad: 'same', bias, activation: 'relu' });
  const pooled = (
    /** @type {any} */ x,
    /** @type {any[]} */ [filter, bias],
    /** @type {number} */ strides, //
  ) =>
    form === 'tuned' // adding and cutting off commute with the largest of four, and a quarter is left of them
      ? tf.relu(tf.maxPool(tf.conv2d(x, filter, strides, 'same'), 2, 2, 'valid').add(bias))
      : tf.maxPool(convolution(x, [filter, bias], strides), 2, 2, 'valid');
  const lossOf = (/** @type {{ x: any, y: any }} */ { x, y }) => {
    const second = pooled(pooled(x, weights.conv1, 2), weights.conv2, 1);
    const flat = convolution(second, weights.conv3, 2).reshape([x.shape[0], 64]);
    return tf.losses.softmaxCrossEntropy(y, flat.matMul(weights.dense[0]).add(weights.dense[1]));
  };
  const adam = tf.train.adam(1e-3);
  let taken = 0;
  return {
    load: ({ rows, images, turns }) => ({
      x: tf.tensor(images, [rows, 28, 28, 1]),
      y: tf.oneHot(tf.tensor1d(turns, 'int32'), 4).toFloat(),
    }),
    loss: async (batch) => (await tf.tidy(() => lossOf(batch)).data())[0],
    step: async (batch) => {
      adam.epsilon = insideEpsilon(++taken);
      const cost = adam.minimize(() => lossOf(batch), true);
      const [loss] = await cost.data();
      cost.dispose();
      return loss;
    },
    weights: async () => {
      const all = Object.entries(weights).flatMap(([layer, [filter, bias]]) => [
        [layer, filter],
        [`${layer} bias`, bias],
      ]);
      return Object.fromEntries(await Promise.all(all.map(async ([name, tensor]) => [name, await tensor.data()])));
    },
  };
}

/**
 * @param {import('./pretext.mjs').Job} job `variant`: cpu, wasm or webgl; for `wasm` the page must claim twice as many
 *   processors as there are to be threads
 * @returns {Promise<import('./pretext.mjs').PeerReport>}
 */
export async function measure({ variant, form, threads, seconds }) {
  await loadScript(`${MODULES}/tfjs/dist/tf.min.js`);
  const tf = /** @type {any} */ (globalThis).tf;
  if (variant === 'wasm') {
    await loadScript(`${MODULES}/tfjs-backend-wasm/dist/tf-backend-wasm.min.js`);
    tf.wasm.setWasmPaths(`${MODULES}/tfjs-backend-wasm/dist/`);
    tf.wasm.setThreadsCount(threads);
  }
  if (form === 'tuned') {
    // As shipped this backend does not train: the plain one stands for it.
    await checkForms(
      async () => (await start(tf, 'cpu'), trainer(tf, 'as shipped')),
      async () => (await start(tf, variant), registerGradients(tf), trainer(tf, form)),
    );
  } else {
    await start(tf, variant);
  }
  const running = variant === 'wasm' ? tf.wasm.getThreadsCount() : threads;
  if (running !== threads) throw new Error(`runs on ${running} threads in place of ${threads}`);
  const report = await reportOf(trainer(tf, form), await batches(), seconds);
  return { peer: 'TensorFlow.js', version: tf.version.tfjs, threads, variant, form, ...report };
}
