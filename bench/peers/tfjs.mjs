// The pretext step in TensorFlow.js, on the backend asked for.
import { batches, glorot, insideEpsilon, timesOut, timeSteps } from './pretext.mjs';

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

/**
 * @param {{ variant: string, threads: number, seconds: number }} job `variant`: cpu, wasm or webgl
 * @returns {Promise<import('./pretext.mjs').PeerReport>}
 */
export async function measure({ variant, threads, seconds }) {
  await loadScript(`${MODULES}/tfjs/dist/tf.min.js`);
  const tf = /** @type {any} */ (globalThis).tf;
  if (variant === 'wasm') {
    await loadScript(`${MODULES}/tfjs-backend-wasm/dist/tf-backend-wasm.min.js`);
    tf.wasm.setWasmPaths(`${MODULES}/tfjs-backend-wasm/dist/`);
    tf.wasm.setThreadsCount(threads);
  }
  if (!(await tf.setBackend(variant))) throw new Error(`the backend ${variant} does not start here`);
  await tf.ready();
  if (tf.getBackend() !== variant) throw new Error(`${tf.getBackend()} runs in place of ${variant}`);

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
  const lossOf = (/** @type {{ x: any, y: any }} */ { x, y }) => {
    const first = tf.maxPool(convolution(x, weights.conv1, 2), 2, 2, 'valid');
    const second = tf.maxPool(convolution(first, weights.conv2, 1), 2, 2, 'valid');
    const flat = convolution(second, weights.conv3, 2).reshape([x.shape[0], 64]);
    return tf.losses.softmaxCrossEntropy(y, flat.matMul(weights.dense[0]).add(weights.dense[1]));
  };
  const data = (await batches()).map(({ rows, images, turns }) => ({
    x: tf.tensor(images, [rows, 28, 28, 1]),
    y: tf.oneHot(tf.tensor1d(turns, 'int32'), 4).toFloat(),
  }));

  const adam = tf.train.adam(1e-3);
  let taken = 0;
  const takeStep = async (/** @type {number} */ batch) => {
    adam.epsilon = insideEpsilon(++taken);
    const cost = adam.minimize(() => lossOf(data[batch]), true);
    await cost.data();
    cost.dispose();
  };
  const firstLoss = async () => (await tf.tidy(() => lossOf(data[0])).data())[0];
  const before = await firstLoss();
  const times = timesOut(await timeSteps(takeStep, seconds));
  return {
    peer: 'TensorFlow.js',
    version: tf.version.tfjs,
    threads,
    variant,
    ...times,
    loss_first: before,
    loss_last: await firstLoss(),
  };
}
