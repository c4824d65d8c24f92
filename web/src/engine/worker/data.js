// The data in the engine: loading them, and looking at them.
import { idxImages, idxLabels } from '../../data/idx-write.js';
import { joined } from '../../data/joined.js';
import { fetchServed } from '../../data/served.js';
import { Fault } from '../../state/fault.js';
import { check, ofEngine, state, tell, theEngine } from './core.js';
import { halt, start } from './training.js';

/** @typedef {import('../types').ImageSet} ImageSet */

const CLASSES = 10;
/** Images of a class that a mean image is made of: a few milliseconds of work. */
const MEAN_IMAGES = 100;
export const CHUNK = 1000;

const image = ofEngine('image');

/** @param {ImageSet} set @param {number} count */
export function imagesOf(set, count) {
  const pixels = new Uint8Array(count * 784);
  const labels = new Uint8Array(count);
  for (let first = 0; first < count; first += CHUNK) {
    const part = check(theEngine().images(set, first, Math.min(CHUNK, count - first)));
    pixels.set(part.pixels, first * 784);
    labels.set(part.labels, first);
  }
  return { pixels, labels };
}

const IDLE_MILLISECONDS = 150;
/** A visitor who trains at once, on a slow machine too, comes before the first of them. */
const FIRST_IDLE_MILLISECONDS = 500;
/** @type {ReturnType<typeof setTimeout> | undefined} */
let making;

/** While nobody trains, the generated digits are made that loading left out. */
function makeMoreSoon(idle = IDLE_MILLISECONDS) {
  clearTimeout(making);
  making = setTimeout(() => {
    if (state.engine && !state.running && check(state.engine.makeMore())) makeMoreSoon();
  }, idle);
}

export const data = {
  /**
   * Makes the generated digits that loading left out, in pieces between which requests are answered.
   * @returns {Promise<boolean>} whether all are there; not where training has begun meanwhile
   */
  async makeAll() {
    clearTimeout(making);
    while (!state.running && check(theEngine().makeMore())) await new Promise((resolve) => setTimeout(resolve));
    return !state.running;
  },
  loadGenerated: ofEngine('loadGenerated'),
  loadIdx: ofEngine('loadIdx'),
  /**
   * Loads data and starts an experiment on them; no more labelled images than there are. It may be asked for while the
   * engine is still being opened.
   * @param {import('../types').Data} chosen
   * @param {import('../types').StartSettings} settings
   */
  async begin(chosen, settings) {
    const coming = chosen.kind === 'served' ? fetchServed(chosen, () => tell('fetching', null)) : null;
    coming?.catch(() => {}); // the engine may fail first
    await state.opening;
    const info = check(
      chosen.kind === 'generated'
        ? theEngine().loadGenerated(chosen.seed, chosen.train, chosen.test)
        : theEngine().loadIdx(
            chosen.kind === 'idx' ? chosen.files : await /** @type {NonNullable<typeof coming>} */ (coming),
            chosen.source,
          ),
    );
    makeMoreSoon(FIRST_IDLE_MILLISECONDS);
    const [first, last] = info.splits.downstream;
    return { info, ...start({ ...settings, labels: Math.min(settings.labels ?? Infinity, last - first) }) };
  },
  /**
   * Puts images of the visitor's in the places of the first labelled ones; loads the result as new data.
   * @param {{ images: Uint8Array[], labels: number[], name: string }} own
   */
  mixIn({ images, labels, name }) {
    halt();
    const { source, splits } = check(theEngine().dataInfo());
    const [first, last] = splits.downstream;
    const count = Math.min(labels.length, last - first);
    const pixels = joined(Uint8Array, images.slice(0, count));
    const classes = Uint8Array.from(labels.slice(0, count));
    return check(theEngine().replaceImages(first, pixels, classes, `${source} + ${name}`));
  },
  /** The loaded data as IDX files. */
  wholeData() {
    const { train, test } = check(theEngine().dataInfo());
    const [training, testing] = [imagesOf('train', train), imagesOf('test', test)];
    return {
      trainImages: idxImages(training.pixels),
      trainLabels: idxLabels(training.labels),
      testImages: idxImages(testing.pixels),
      testLabels: idxLabels(testing.labels),
    };
  },
  /** Of the loaded images, as the native program has it. */
  dataHash: ofEngine('dataHash'),
  image,
  /** One image as it is, and as each class of the present pretext task shows it. @param {ImageSet} set @param {number} index */
  variants(set, index) {
    const { task } = check(theEngine().settings());
    const upright = image(set, index, 0);
    const images = task.classNames.map((_, variant) => check(theEngine().variant(task.name, variant, upright)));
    return { task: task.name, label: check(theEngine().label(set, index)), upright, images };
  },
  /** The classes of all images of a set. @param {ImageSet} set */
  async labels(set) {
    const { train, test } = check(theEngine().dataInfo());
    const [count, { dataVersion }] = [set === 'train' ? train : test, state];
    const labels = new Uint8Array(count);
    for (let first = 0; first < count; first += CHUNK) {
      labels.set(check(theEngine().images(set, first, Math.min(CHUNK, count - first))).labels, first);
      await new Promise((resolve) => setTimeout(resolve)); // training and other requests go on in between
      if (state.dataVersion !== dataVersion) throw new Fault('dataChanged');
    }
    return labels;
  },
  /** For each digit the index of one test image, the `round`-th of its kind; -1 where there is none. @param {number} round */
  samples(round) {
    /** @type {number[]} */
    const digits = new Array(CLASSES).fill(-1);
    const seen = new Array(CLASSES).fill(0);
    const { test } = check(theEngine().dataInfo());
    for (let i = 0; i < Math.min(test, 1000); i++) {
      const label = check(theEngine().label('test', i));
      if (label > 9 || seen[label] > round) continue;
      digits[label] = i;
      seen[label]++;
    }
    return digits;
  },
  /**
   * What is in a set: exact counts of the classes 0..9 and some images of each, other ones for each `round`. `means`,
   * `blank` (share of pixels that are 0), `mean` (of all pixels, 0..255) and `histogram` (shares of all pixels with a grey
   * of 1..15, 16..31, ...) are over the first images of each class, `measured` in all.
   * @param {ImageSet} set
   * @param {number} perClass examples of each class
   * @param {number} round
   */
  overview(set, perClass, round) {
    const info = check(theEngine().dataInfo());
    const size = set === 'train' ? info.train : info.test;
    /** @type {number[][]} */
    const members = Array.from({ length: CLASSES }, () => []);
    for (let i = 0; i < size; i++) members[check(theEngine().label(set, i))]?.push(i);
    /** @type {number[]} */
    const histogram = new Array(16).fill(0);
    let [measured, blank, sum] = [0, 0, 0];
    const means = members.map((indices) => {
      const sums = new Float64Array(784);
      const looked = indices.slice(0, MEAN_IMAGES);
      for (const index of looked) {
        image(set, index, 0).forEach((grey, i) => {
          sums[i] += grey;
          if (grey === 0) blank++;
          else histogram[grey >> 4]++;
        });
      }
      measured += looked.length;
      return Uint8Array.from(sums, (total) => {
        sum += total;
        return Math.round(total / Math.max(1, looked.length));
      });
    });
    const pixels = Math.max(1, 784 * measured);
    return {
      counts: members.map(({ length }) => length),
      examples: members.map((indices) => {
        const count = Math.min(perClass, indices.length);
        return Array.from({ length: count }, (_, i) => image(set, indices[(round * perClass + i) % indices.length], 0));
      }),
      means,
      measured,
      blank: blank / pixels,
      mean: sum / pixels,
      histogram: histogram.map((count) => count / pixels),
    };
  },
};
