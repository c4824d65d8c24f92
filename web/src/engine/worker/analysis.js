// What the networks make of images, and what is in the networks.
import { Fault } from '../../state/fault.js';
import { along } from '../axes.js';
import { amongTheirKind, nearestRows } from '../neighbours.js';
import { quarterTurned, turned } from '../turn-drawing.js';
import { check, ofEngine, snapshots, state, theEngine } from './core.js';
import { CHUNK, imagesOf } from './data.js';
import { trunk } from './training.js';

/** @typedef {import('../types').Drawing} Drawing */
/** @typedef {import('../types').Weights} Weights */

/** The engine gives so many features at a time. */
const MOST_FEATURES = 2000;

/** Other requests, and training, wait no longer than so for a part of an answer. */
const PART_MILLISECONDS = 10;

/** @param {Float32Array} values */
const winner = (values) => values.indexOf(Math.max(...values));

/** A drawing as the networks get it. @param {Drawing} drawing @param {number} degrees */
function centred(drawing, degrees) {
  // A genuine image stays as it is; whole quarter turns do not spoil it.
  if (drawing.image && degrees % 90 === 0) return quarterTurned(drawing.image, degrees / 90);
  const { grey, side } = turned(drawing.grey, drawing.side, degrees);
  return check(theEngine().centreDrawing(grey, side, side));
}

/** @param {Weights} weights */
function weightsOf(weights) {
  if (typeof weights === 'string') return weights === 'random' ? weights : undefined;
  const kept = snapshots.weights(weights.done);
  if (!kept) throw new Fault('momentGone');
  return kept;
}

/** @param {Uint8Array} images @param {Weights | Float32Array} weights */
function featuresOf(images, weights) {
  const given = weights instanceof Float32Array ? weights : weightsOf(weights);
  return check(theEngine().features(images, given));
}

/**
 * The first images of some digits.
 * @param {import('../types').ImageSet} set
 * @param {[number, number]} slice
 * @param {number[]} digits
 * @param {number} limit
 */
function chosen(set, [from, to], digits, limit) {
  /** @type {number[]} */
  const index = [];
  /** @type {Uint8Array[]} */
  const images = [];
  /** @type {number[]} */
  const labels = [];
  for (let first = from; first < to && index.length < limit; first += CHUNK) {
    const part = check(theEngine().images(set, first, Math.min(CHUNK, to - first)));
    part.labels.forEach((label, i) => {
      if (index.length === limit || !digits.includes(label)) return;
      index.push(first + i);
      labels.push(label);
      images.push(part.pixels.subarray(784 * i, 784 * (i + 1)));
    });
  }
  const pixels = new Uint8Array(784 * images.length);
  images.forEach((image_, i) => pixels.set(image_, 784 * i));
  return { pixels, labels: Uint8Array.from(labels), index: Uint32Array.from(index) };
}

/**
 * The images of the rotation task, and their features while the weights that made them last.
 * @type {{ data: number, pixels: Uint8Array, labels: Uint8Array,
 *   tables: Partial<Record<'trained' | 'random', { trunk: number, table: Float32Array }>> }}
 */
let gallery = { data: -1, pixels: new Uint8Array(), labels: new Uint8Array(), tables: {} };

export const analysis = {
  predict: ofEngine('predict'),
  /**
   * The drawing turned counter-clockwise, then centred, as the networks see it, and what they say.
   * @param {Drawing} drawing
   * @param {number} degrees
   */
  recognise(drawing, degrees) {
    const pixels = centred(drawing, degrees);
    return { pixels, prediction: check(theEngine().predict(pixels)) };
  },
  /** What the rotation network says of the drawing at each angle. @param {Drawing} drawing @param {number[]} angles */
  sweep: (drawing, angles) => angles.map((degrees) => check(theEngine().predict(centred(drawing, degrees))).rotation),
  /** The digit that each arm reads in each image. @param {Uint8Array[]} images */
  readAll(images) {
    return images.map((pixels) => {
      const { rotation: _, ...arms } = check(theEngine().predict(pixels));
      const read = Object.entries(arms).map(([arm, probabilities]) => [arm, winner(probabilities)]);
      return /** @type {Record<import('../types').Arm, number>} */ (Object.fromEntries(read));
    });
  },
  /**
   * What an arm reads in the test images `first` to `last` that show `truth`; as many of them as a few milliseconds
   * allow, then `next` is the image to go on with. `sure`: probability of what it reads; -1 for `said`: the weights are
   * no numbers.
   * @param {{ arm: import('../types').Arm, truth: number, first: number, last: number }} asked
   */
  readings({ arm, truth, first, last }) {
    const engine = theEngine();
    const end = performance.now() + PART_MILLISECONDS;
    /** @type {{ index: number, said: number, sure: number }[]} */
    const found = [];
    let next = first;
    for (; next < last && (next === first || performance.now() < end); next++) {
      if (check(engine.label('test', next)) !== truth) continue;
      const probabilities = check(engine.predict(check(engine.image('test', next, 0))))[arm];
      const said = winner(probabilities);
      found.push({ index: next, said, sure: said < 0 ? 0 : probabilities[said] });
    }
    return { next, found };
  },
  rotations: ofEngine('rotations'),
  activations: ofEngine('activations'),
  /**
   * All that the numbers of a unit of the trunk follow from, of one moment: with several requests, training might change
   * the weights in between. `input`: the turned image as the network gets it, [28][28]; `stages`: kernel
   * [window][window][channels][maps], bias [maps] and what the stage gives, [row][column][map].
   * @param {import('../types').Network} network
   * @param {Uint8Array} pixels
   * @param {number} quarterTurns
   */
  trunkNumbers(network, pixels, quarterTurns) {
    const engine = theEngine();
    const tensor = (/** @type {string} */ name) => check(engine.tensor(`${network}.${name}`));
    const scale = check(engine.settings()).preset === 'unit' ? Math.fround(1 / 255) : 1;
    const { stage1, stage2 } = check(engine.activations(network, pixels, quarterTurns));
    return {
      rows: check(engine.layers(network)),
      input: Float32Array.from(quarterTurned(pixels, quarterTurns), (grey) => grey * scale),
      stages: [
        { kernel: tensor('conv1.kernel'), bias: tensor('conv1.bias'), output: stage1 },
        { kernel: tensor('conv2.kernel'), bias: tensor('conv2.bias'), output: stage2 },
      ],
    };
  },
  tensor: ofEngine('tensor'),
  layers: ofEngine('layers'),
  /** [images][288] @param {Uint8Array} images @param {Weights} weights */
  features: (images, weights) => featuresOf(images, weights),
  /**
   * The images of the rotation task that lie nearest; `distance`: 1 − cosine.
   * @param {Uint8Array} pixels
   * @param {import('../types').Space} space
   * @param {number} count
   */
  async nearest(pixels, space, count) {
    if (gallery.data !== state.dataVersion) {
      const { splits } = check(theEngine().dataInfo());
      gallery = { data: state.dataVersion, ...imagesOf('train', splits.pretext[1]), tables: {} };
    }
    const { data, pixels: all, labels, tables } = gallery;
    let [query, table] = /** @type {[Float32Array | Uint8Array, Float32Array | Uint8Array]} */ ([pixels, all]);
    if (space !== 'pixels') {
      const version = space === 'trained' ? state.trunkVersion : 0;
      const weights = space === 'trained' ? trunk() : space;
      query = featuresOf(pixels, weights);
      const known = tables[space];
      if (known?.trunk === version) table = known.table;
      else {
        const width = query.length;
        const fresh = known?.table ?? new Float32Array((all.length / 784) * width);
        for (let first = 0; first < labels.length; first += CHUNK) {
          fresh.set(featuresOf(all.subarray(first * 784, (first + CHUNK) * 784), weights), first * width);
          // Other requests, and training, go on in between; the weights are those from before.
          await new Promise((resolve) => setTimeout(resolve));
          if (state.dataVersion !== data) throw new Fault('dataChanged');
        }
        tables[space] = { trunk: version, table: fresh };
        table = fresh;
      }
    }
    return nearestRows(query, table, count).map(({ row, distance }) => ({
      index: row,
      label: labels[row],
      distance,
      pixels: all.slice(row * 784, (row + 1) * 784),
    }));
  },
  /**
   * Where test images lie in the plane of two axes. `fitted`: images that the axes were fitted on, labelled training
   * images (lda) or the points themselves (pca); `kin`: for each point, whether one of its kind is nearest.
   * @param {import('../types').LatentRequest} request
   */
  latent({ digits, limit, method, weights }) {
    const { splits, test } = check(theEngine().dataInfo());
    const [first, last] = splits.downstream;
    const shown = chosen('test', [0, test], digits, limit);
    if (shown.index.length < 2) throw new Fault('tooFewImages');
    const points = featuresOf(shown.pixels, weights);
    let found;
    let fitted = shown.index.length;
    if (method === 'lda') {
      const fit = chosen('train', [first, last], digits, Math.min(last - first, MOST_FEATURES));
      fitted = fit.index.length;
      if (new Set(fit.labels).size < 2) throw new Fault('tooFewClasses');
      found = check(theEngine().axes(featuresOf(fit.pixels, weights), fit.labels));
    } else {
      found = check(theEngine().axes(points, undefined));
    }
    const [x, y] = found.axes.map((axis) => along(axis, found.mean, points));
    // Turned and scaled as a whole, as the page does, a picture keeps its neighbours.
    const kin = amongTheirKind({ x, y }, shown.labels);
    return { ...found, x, y, kin, fitted, label: shown.labels, index: shown.index };
  },
  benchmark: ofEngine('benchmark'),
  saveWeights: ofEngine('saveWeights'),
};
