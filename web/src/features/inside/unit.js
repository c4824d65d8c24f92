// A unit of the trunk by its own numbers: the window that its convolution sees, the products, their sum, the ReLU and the
// winner of the pool. Shapes come from the engine's layer table.

/** @typedef {import('../../engine/types').LayerRow} LayerRow */
/**
 * One convolution and the pool behind it, on square maps.
 * @typedef {object} Stage
 * @property {string} name of the convolution
 * @property {number} side of its input
 * @property {number} channels of its input
 * @property {number} window side of the kernel
 * @property {number} stride
 * @property {number} before zeros in front of each axis of the input
 * @property {number} maps filters
 * @property {number} pool side of the pool's window
 * @property {number} poolStride
 * @property {number} pooled side of what the pool gives
 */
/** @typedef {{ kernel: Float32Array, bias: Float32Array }} Weights kernel [window][window][channels][maps], bias [maps] */
/** @typedef {{ row: number, column: number }} Spot */

const CONVOLUTION = /^Conv2D \d+, (\d+)x\1, stride (\d+), (SAME|VALID)/;
const POOL = /^MaxPool (\d+)x\1 \/ (\d+)$/;

/** @param {string} output such as 14x14x64 */
function shapeOf(output) {
  const [side, , maps] = output.split('x').map(Number);
  return { side, maps };
}

/**
 * The stages that a layer table begins with.
 * @param {readonly LayerRow[]} rows
 * @param {number} side of the image, which has one channel
 * @returns {Stage[]}
 */
export function stagesOf(rows, side) {
  /** @type {Stage[]} */
  const stages = [];
  let input = { side, maps: 1 };
  for (let i = 0; i + 1 < rows.length; i += 2) {
    const [row, next] = [rows[i], rows[i + 1]];
    const [, window, stride, padding] = CONVOLUTION.exec(row.kind) ?? [];
    const [, pool, poolStride] = POOL.exec(next.kind) ?? [];
    if (!window || !pool) break;
    const out = shapeOf(row.output);
    const covered = (out.side - 1) * Number(stride) + Number(window);
    stages.push({
      name: row.name,
      side: input.side,
      channels: input.maps,
      window: Number(window),
      stride: Number(stride),
      // SAME puts the odd zero behind.
      before: padding === 'SAME' ? Math.floor(Math.max(0, covered - input.side) / 2) : 0,
      maps: out.maps,
      pool: Number(pool),
      poolStride: Number(poolStride),
      pooled: shapeOf(next.output).side,
    });
    input = shapeOf(next.output);
  }
  return stages;
}

/** Upper left corner of what the kernel sees for an output of the convolution; it may lie outside. @param {Stage} stage @param {Spot} spot @returns {Spot} */
export const windowCorner = ({ stride, before }, { row, column }) => ({
  row: row * stride - before,
  column: column * stride - before,
});

/**
 * @typedef {object} Tap one weight of a kernel over the input
 * @property {boolean} outside it lies beyond the edge, where the input counts as 0
 * @property {number} value of the input
 * @property {number} weight
 * @property {number} product
 */

/**
 * What the kernel of a map sees in a channel, for one output of the convolution, before the pool.
 * @param {Stage} stage
 * @param {Float32Array} input [row][column][channel]
 * @param {Weights} weights
 * @param {Spot & { map: number, channel: number }} at
 * @returns {Tap[]} [window][window]
 */
export function taps(stage, input, { kernel }, { map, channel, ...spot }) {
  const { side, channels, window, maps } = stage;
  const corner = windowCorner(stage, spot);
  return Array.from({ length: window * window }, (_, i) => {
    const row = corner.row + Math.floor(i / window);
    const column = corner.column + (i % window);
    const outside = row < 0 || row >= side || column < 0 || column >= side;
    const value = outside ? 0 : input[(row * side + column) * channels + channel];
    const weight = kernel[(i * channels + channel) * maps + map];
    return { outside, value, weight, product: value * weight };
  });
}

/**
 * @typedef {object} Output of the convolution, before the pool
 * @property {number} row
 * @property {number} column
 * @property {Float64Array} byChannel sum of the products of each channel
 * @property {number} products their sum
 * @property {number} bias
 * @property {number} sum with the bias
 * @property {number} value after the ReLU
 */

/**
 * A unit behind the pool: the outputs of the convolution that the pool chooses from, and which it keeps.
 * @param {Stage} stage
 * @param {Float32Array} input [row][column][channel]
 * @param {Weights} weights
 * @param {import('./maps.js').Cell} cell of what the stage gives
 * @returns {{ candidates: Output[], winner: number, value: number }} `candidates`: [pool][pool]
 */
export function unitOf(stage, input, weights, { map, row, column }) {
  const { pool, poolStride, channels } = stage;
  const candidates = Array.from({ length: pool * pool }).map((_, i) => {
    const spot = { row: row * poolStride + Math.floor(i / pool), column: column * poolStride + (i % pool) };
    const byChannel = Float64Array.from([...Array(channels).keys()], (channel) =>
      taps(stage, input, weights, { ...spot, map, channel }).reduce((sum, { product }) => sum + product, 0),
    );
    const products = byChannel.reduce((sum, each) => sum + each, 0);
    const bias = weights.bias[map];
    const sum = products + bias;
    return { ...spot, byChannel, products, bias, sum, value: Math.max(0, sum) };
  });
  const winner = candidates.reduce((best, { value }, i) => (value > candidates[best].value ? i : best), 0);
  return { candidates, winner, value: candidates[winner].value };
}

/** Where a stage's answer is largest. @param {Stage} stage @param {Float32Array} output @returns {import('./maps.js').Cell} */
export function strongest({ maps, pooled }, output) {
  const place = output.reduce((best, value, i) => (value > output[best] ? i : best), 0);
  const spot = Math.floor(place / maps);
  return { map: place % maps, row: Math.floor(spot / pooled), column: spot % pooled };
}
