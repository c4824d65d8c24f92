// The pretext step in jax-js as its users would write it for speed. jax-js makes one kernel of whatever lies between two
// products, and its own convolution becomes a gather for each product. So here a convolution is a matrix of patches times
// a matrix, images have their channels last, and each stage is a function of its own under jit: what a stage returns
// lies in memory as a plain array, from which the next one cuts its patches fast. The gradient of the first two
// convolutions is written out; the rest, which is small, is left to valueAndGrad.

const SIZE = 3;

/**
 * @param {any} jax the module
 * @returns the step's loss and gradient, and the layout of its kernels
 */
export function tuned({ jit, lax, nn, numpy: np, valueAndGrad }) {
  /** @typedef {any} Tensor arrays of jax-js, [image, row, column, channel] where not said otherwise */

  /** Patches [image * row * column, 9 * channel] of an array that has its border. */
  const patches = (/** @type {Tensor} */ x, /** @type {number} */ stride) => {
    const [images, side, , channels] = x.shape;
    const out = (side - SIZE) / stride + 1;
    return lax
      .reduceWindow(x, (/** @type {Tensor} */ window) => window, [1, SIZE, SIZE, 1], [1, stride, stride, 1])
      .reshape([images, out, out, channels, SIZE, SIZE])
      .transpose([0, 1, 2, 4, 5, 3])
      .reshape([images * out * out, SIZE * SIZE * channels]);
  };
  const border = (/** @type {Tensor} */ x, /** @type {number} */ before, /** @type {number} */ after) =>
    np.pad(x, [
      [0, 0],
      [before, after],
      [before, after],
      [0, 0],
    ]);

  /** Windows of 2x2 as [image, row, 2, column, 2, channel]. */
  const windows = (/** @type {Tensor} */ x) => {
    const [images, side, , channels] = x.shape;
    const half = side >> 1;
    return x.slice([], [0, 2 * half], [0, 2 * half], []).reshape([images, half, 2, half, 2, channels]);
  };
  const pool = (/** @type {Tensor} */ x) => {
    const two = windows(x);
    const at = (/** @type {Tensor} */ of, /** @type {number} */ r, /** @type {number} */ c) =>
      of.slice([], [], r, [], c, []);
    return np.maximum(
      np.maximum(at(two.ref, 0, 0), at(two.ref, 0, 1)),
      np.maximum(at(two.ref, 1, 0), at(two, 1, 1)), //
    );
  };
  /** Convolution + pool + ReLU, which is the same after the pool: [outputs before the pool, pooled]. */
  const layer = (
    /** @type {Tensor} */ cut,
    /** @type {Tensor[]} */ [filter, bias],
    /** @type {number} */ side, //
  ) => {
    const before = np.matmul(cut, filter).add(bias.ref).reshape([-1, side, side, bias.shape[0]]);
    return [before.ref, nn.relu(pool(before))];
  };
  /** Gradient before the pool and ReLU, in jax-js' order of the two: equal winners share it. */
  const unpool = (
    /** @type {Tensor} */ gradient,
    /** @type {Tensor} */ pooled,
    /** @type {Tensor} */ before, //
  ) => {
    const [images, half, , channels] = pooled.shape;
    const side = before.shape[1];
    const wide = (/** @type {Tensor} */ x) => x.reshape([images, half, 1, half, 1, channels]);
    const two = windows(before);
    const wins = np.where(np.equal(nn.relu(two.ref), wide(pooled)), 1, 0);
    const share = gradient.div(wins.ref.sum([2, 4]));
    // jax-js lets the gradient through a ReLU at zero, and all outputs over blank pixels are zero in the first step.
    const spread = np.where(np.less(two, 0), 0, wins.mul(wide(share))).reshape([images, 2 * half, 2 * half, channels]);
    return border(spread, 0, side - 2 * half);
  };
  const flat = (/** @type {Tensor} */ x) => x.reshape([-1, x.shape.at(-1)]);

  const framed = jit((/** @type {Tensor} */ x) => border(x, 0, 1));
  const cutBy1 = jit((/** @type {Tensor} */ x) => patches(x, 1));
  const cutBy2 = jit((/** @type {Tensor} */ x) => patches(x, 2));
  const first = jit((/** @type {Tensor} */ cut, /** @type {Tensor[]} */ w) => {
    const [before, pooled] = layer(cut, w, 14);
    return [before, pooled.ref, border(pooled, 1, 1)];
  });
  const second = jit((/** @type {Tensor} */ cut, /** @type {Tensor[]} */ w) => layer(cut, w, 7));
  /** The third convolution, 3x3 inputs with stride 2, and the dense layer. */
  const lossOf = (
    /** @type {{ conv3: Tensor[], dense: Tensor[], x: Tensor }} */ { conv3, dense, x },
    /** @type {Tensor} */ y, //
  ) => {
    const images = x.shape[0];
    const split = border(x, 1, 2).reshape([images, 3, 2, 3, 2, -1]);
    const taps = Array.from({ length: SIZE * SIZE }, (_, tap) => {
      const [r, c] = [Math.floor(tap / SIZE), tap % SIZE];
      const rows = [r >> 1, (r >> 1) + 2];
      const columns = [c >> 1, (c >> 1) + 2];
      return (tap < SIZE * SIZE - 1 ? split.ref : split).slice([], rows, r % 2, columns, c % 2, []);
    });
    const three = nn.relu(np.matmul(flat(np.concatenate(taps, 3)), conv3[0]).add(conv3[1]));
    const logits = np
      .matmul(three.reshape([images, 2, 2, -1]).transpose([0, 3, 1, 2]).reshape([images, -1]), dense[0].transpose())
      .add(dense[1]);
    return nn.logSoftmax(logits).mul(y).sum(1).mean().neg();
  };
  const rest = jit(valueAndGrad(lossOf));
  const restLoss = jit(lossOf);
  const backSecond = jit(
    (
      /** @type {Tensor} */ gradient,
      /** @type {Tensor} */ pooled,
      /** @type {Tensor} */ before,
      /** @type {Tensor} */ cut,
    ) => {
      const full = unpool(gradient, pooled, before);
      const rows = flat(full.ref);
      return [np.matmul(cut.transpose(), rows.ref), rows.sum(0), border(full, 1, 1)];
    },
  );
  /** The second convolution's kernel for the gradient of its input, [9 * out, in]: turned by half a turn. */
  const turned = jit((/** @type {Tensor} */ filter) => {
    const channels = filter.shape[1];
    return np
      .flip(filter.reshape([SIZE, SIZE, -1, channels]), [0, 1])
      .transpose([0, 1, 3, 2])
      .reshape([SIZE * SIZE * channels, -1]);
  });
  const inputOfSecond = jit((/** @type {Tensor} */ cut, /** @type {Tensor} */ filter) =>
    np.matmul(cut, filter).reshape([-1, 7, 7, filter.shape[1]]),
  );
  const backFirst = jit(
    (
      /** @type {Tensor} */ gradient,
      /** @type {Tensor} */ pooled,
      /** @type {Tensor} */ before,
      /** @type {Tensor} */ cut,
    ) => {
      const rows = flat(unpool(gradient, pooled, before));
      return [np.matmul(cut.transpose(), rows.ref), rows.sum(0)];
    },
  );

  return {
    /** [out, in, 3, 3] -> [9 * in, out] */
    kernel: (/** @type {Tensor} */ filter) => {
      const [out, into] = filter.shape;
      return filter.transpose([2, 3, 1, 0]).reshape([SIZE * SIZE * into, out]);
    },
    /** The way back. */
    plain: (/** @type {Tensor} */ matrix) =>
      matrix.reshape([SIZE, SIZE, -1, matrix.shape[1]]).transpose([3, 2, 0, 1]).reshape([-1]),
    /** @param {any} w @param {Tensor} x @param {Tensor} y all of them consumed */
    loss(w, x, y) {
      const [before1, pooled1, bordered] = first(cutBy2(framed(x)), w.conv1);
      const [before2, pooled2] = second(cutBy1(bordered), w.conv2);
      for (const unused of [before1, pooled1, before2]) unused.dispose();
      return restLoss({ conv3: w.conv3, dense: w.dense, x: pooled2 }, y);
    },
    /** @param {any} w @param {Tensor} x @param {Tensor} y all of them consumed @returns {[Tensor, any]} */
    lossAndGradient(w, x, y) {
      const cut1 = cutBy2(framed(x));
      const [before1, pooled1, bordered] = first(cut1.ref, w.conv1);
      const cut2 = cutBy1(bordered);
      const filter2 = turned(w.conv2[0].ref);
      const [before2, pooled2] = second(cut2.ref, w.conv2);
      const [loss, tail] = rest({ conv3: w.conv3, dense: w.dense, x: pooled2.ref }, y);
      const [filterGradient2, biasGradient2, full] = backSecond(tail.x, pooled2, before2, cut2);
      const conv1 = backFirst(inputOfSecond(cutBy1(full), filter2), pooled1, before1, cut1);
      return [loss, { conv1, conv2: [filterGradient2, biasGradient2], conv3: tail.conv3, dense: tail.dense }];
    },
  };
}
