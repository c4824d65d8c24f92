// What TensorFlow.js lacks to train on its WebAssembly backend, made of that backend's own kernels.

/**
 * Registers the gradient of a convolution by its filter, which the backend lacks. It is a convolution itself: batch and
 * channels change places, and the gradient of the output is the filter, dilated by the stride.
 * Two gradients that the backend has are loops in one thread, and are replaced where a faster way is known: that of a
 * convolution's input is a convolution with the turned filter where the stride is one, and that of a pool whose windows do
 * not overlap goes to all that equal the largest, in equal shares.
 * @param {any} tf
 */
export function registerGradients(tf) {
  const exchanged = (/** @type {any} */ x) => tf.transpose(x, [3, 1, 2, 0]);
  tf.registerKernel({
    kernelName: 'Conv2DBackpropFilter',
    backendName: 'wasm',
    kernelFunc: (/** @type {any} */ { inputs: { x, dy }, attrs: { strides, pad, filterShape } }) =>
      tf.tidy(() => {
        const info = tf.backend_util.computeConv2DInfo(x.shape, filterShape, strides, 1, pad);
        const { top, bottom, left, right } = info.padInfo;
        const padding = [
          [0, 0],
          [top, bottom],
          [left, right],
          [0, 0],
        ];
        const filter = tf.transpose(dy, [1, 2, 0, 3]);
        const gradient = tf.conv2d(exchanged(x), filter, 1, padding, 'NHWC', strides);
        const [height, width, into, out] = filterShape;
        return tf.transpose(tf.slice(gradient, 0, [into, height, width, out]), [1, 2, 0, 3]);
      }),
  });
  /** @param {string} kernelName @param {(call: any) => any} fast undefined where it does not know */
  const replace = (kernelName, fast) => {
    const { kernelFunc: slow, setupFunc } = tf.getKernel(kernelName, 'wasm');
    tf.unregisterKernel(kernelName, 'wasm');
    const kernelFunc = (/** @type {any} */ call) => tf.tidy(() => fast(call)) ?? slow(call);
    tf.registerKernel({ kernelName, backendName: 'wasm', setupFunc, kernelFunc });
  };
  const isAll = (/** @type {number | number[]} */ values, /** @type {number} */ one) =>
    [values].flat().every((value) => value === one);
  replace('Conv2DBackpropInput', ({ inputs: { dy, filter }, attrs: { strides, pad } }) => {
    if (!isAll(strides, 1) || pad !== 'same') return undefined;
    return tf.conv2d(dy, tf.transpose(tf.reverse(filter, [0, 1]), [0, 1, 3, 2]), 1, 'same');
  });
  replace('MaxPoolGrad', ({ inputs: { dy, input, output }, attrs: { filterSize, strides, pad } }) => {
    if (!isAll(filterSize, 2) || !isAll(strides, 2) || pad !== 'valid') return undefined;
    const [images, height, width, channels] = input.shape;
    const [h, w] = [height & ~1, width & ~1];
    const cut = h === height && w === width ? input : tf.slice(input, 0, [images, h, w, channels]);
    const wide = (/** @type {any} */ x) => tf.image.resizeNearestNeighbor(x, [h, w]);
    const wins = tf.cast(tf.equal(cut, wide(output)), 'float32');
    const share = tf.div(dy, tf.mul(tf.avgPool(wins, 2, 2, 'valid'), 4));
    return tf.pad(tf.mul(wins, wide(share)), [
      [0, 0],
      [0, height - h],
      [0, width - w],
      [0, 0],
    ]);
  });
}
