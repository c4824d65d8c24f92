// The worker that owns the engine. It trains in slices and reads its messages between two of them, so that predict,
// pause and the rest are answered within one slice in every build, threaded or not.

import '../trusted.js';
import { idxImages, idxLabels } from '../data/idx-write.js';
import { joined } from '../data/joined.js';
import { fetchServed } from '../data/served.js';
import { along } from './axes.js';
import { engineFault } from './diagnosis.js';
import { detectFeatures, obstacle, remedy } from './features.js';
import { amongTheirKind, nearestRows } from './neighbours.js';
import { Snapshots } from './snapshots.js';
import { quarterTurned, turned } from './turn-drawing.js';

/** @typedef {import('./types').Engine} Engine */
/** @typedef {import('./types').WorkerMethods} WorkerMethods */

const SLICE_MILLISECONDS = 30;
/** Unless the visitor asks for more: the count that a browser reports is not to be trusted, and phones get hot. */
const MOST_THREADS = 8;
const CLASSES = 10;
/** Images of a class that a mean image is made of: a few milliseconds of work. */
const MEAN_IMAGES = 100;

// Held as long as this worker lives, however it ends: so the page learns of its end.
void navigator.locks
  ?.request(self.name, () => {
    tell('alive', self.name);
    return new Promise(() => {});
  })
  .catch(() => {});

/** @type {Engine | null} */
let engine = null;
let running = false;
/** Training has just been asked for. */
let firstSlice = false;
let crashed = false;
/** Set while training goes on to the end of one epoch only: called when it stops. @type {(() => void) | null} */
let epochOver = null;

const snapshots = new Snapshots();
/** Counts up with every change of data or experiment, and with every change of the weights that features come from. */
let dataVersion = 0;
let trunkVersion = 0;

/** @type {{ id: number, method: import('./types').Method, args: unknown[] }[]} */
const queue = [];

// A message to oneself lets waiting messages go first, and unlike setTimeout is not held back by 4 ms.
const yieldChannel = new MessageChannel();
let scheduled = false;
yieldChannel.port1.onmessage = () => {
  scheduled = false;
  slice();
};
function scheduleSlice() {
  if (scheduled) return;
  scheduled = true;
  yieldChannel.port2.postMessage(0);
}

// Requests wait in a queue for one turn of the event loop, so that a cancellation sent right behind can reach them.
const requestChannel = new MessageChannel();
requestChannel.port1.onmessage = () => {
  const request = queue.shift();
  if (request) void answer(request);
};

/** @param {import('./types').Answer} message @param {Transferable[]} [transfer] */
function post(message, transfer = []) {
  self.postMessage(message, { transfer });
}

/**
 * @template {import('./types').Event} E
 * @param {E} event
 * @param {import('./types').WorkerEvents[E]} detail
 */
function tell(event, detail) {
  post({ event, detail });
}

/** After a trap the module's memory cannot be trusted: say so once and refuse everything else. @param {unknown} error */
function crash(error) {
  if (crashed) return;
  crashed = true;
  running = false;
  engine = null;
  tell('crashed', error instanceof Error ? error.message : String(error));
}

function theEngine() {
  if (!engine) throw new Error(crashed ? 'the engine has crashed' : 'the engine is not open');
  return engine;
}

/** What the engine answers, or its error thrown. @template T @param {T} value @returns {Exclude<T, import('./types').Failure>} */
function check(value) {
  const error = /** @type {{ error?: unknown } | undefined | null} */ (value)?.error;
  if (typeof error === 'string') throw new EngineError(error);
  return /** @type {any} */ (value);
}

/** An error that the engine reported in words, as against a trap. */
class EngineError extends Error {
  /** @param {string} message @param {string} [fix] what helps, where the message does not say it */
  constructor(message, fix = '') {
    super(message);
    this.fix = fix;
  }
}

/** @param {import('./types').Advance | import('./types').Failure} answered */
function tellAdvance(answered) {
  const advance = check(answered);
  follow(
    advance.progress,
    advance.epochs.some(({ run }) => run === 'pretext'),
  );
  if (advance.epochs.length > 0) tell('epochs', advance.epochs);
  if (!advance.more) running = false;
  tell('progress', { progress: advance.progress, running });
  if (!advance.more) tell('ended', advance.progress);
}

/** Stops training, and what waits for the end of an epoch is told so. */
function halt() {
  running = false;
  epochOver?.();
  epochOver = null;
}

/** One slice that ends with the epoch, if it ends in it: advance(0) makes a single step. */
function advanceInEpoch() {
  const end = performance.now() + SLICE_MILLISECONDS;
  for (;;) {
    const advance = check(theEngine().advance(0));
    const on = advance.more && advance.epochs.length === 0 && !snapshots.near(advance.progress);
    if (on && performance.now() < end) continue;
    if (advance.epochs.length > 0) running = false;
    return advance;
  }
}

/** The weights below the head, as every features request takes them. */
function trunk() {
  const parts = ['conv1.kernel', 'conv1.bias', 'conv2.kernel', 'conv2.bias'].map((name) =>
    check(theEngine().tensor(`rotnet.${name}`)),
  );
  return joined(Float32Array, parts);
}

/** Steps of a whole epoch; known once the run is under way. */
let stepsInEpoch = 1;

/** Keeps snapshots up with training. @param {import('./types').Progress} now @param {boolean} pretextEpoch one has ended */
function follow(now, pretextEpoch) {
  const inside = now.phase === 'pretext';
  // A run that has failed has gone back to earlier weights.
  if (now.phase === 'failed') trunkVersion++;
  if (!inside && !pretextEpoch) return;
  trunkVersion++;
  if (inside && now.steps > 0) stepsInEpoch = now.steps;
  // After the last epoch the progress is already that of the next run.
  const done = inside
    ? now.epoch * stepsInEpoch + now.step
    : check(theEngine().history('pretext')).length * stepsInEpoch;
  if (snapshots.see({ done, steps: stepsInEpoch }, trunk)) tell('snapshots', snapshots.moments);
}

/**
 * A fresh experiment, or another place in one.
 * @param {import('./types').Progress} now
 * @param {readonly import('./types').Snapshot[]} [earlier] those of its own past
 */
function beginAnew(now, earlier = []) {
  dataVersion++;
  snapshots.clear();
  if (earlier.length > 0) {
    stepsInEpoch = earlier[0].moment.steps;
    const done = now.phase === 'pretext' ? now.epoch * stepsInEpoch + now.step : Infinity;
    snapshots.take(earlier.filter(({ moment }) => moment.done <= done));
  }
  follow(now, now.phase !== 'pretext');
  return now;
}

function slice() {
  if (!running) return;
  try {
    if (epochOver) tellAdvance(advanceInEpoch());
    // No time at all is still one step: the first is shown at once.
    else {
      const single = firstSlice || snapshots.near(check(theEngine().progress()));
      firstSlice = false;
      tellAdvance(theEngine().advance(single ? 0 : SLICE_MILLISECONDS));
    }
    if (running) scheduleSlice();
    else halt();
  } catch (error) {
    crash(error);
  }
}

/** Settles when there is an engine. @type {Promise<unknown> | null} */
let opening = null;

/** @type {(...args: Parameters<WorkerMethods['open']>) => Promise<ReturnType<WorkerMethods['open']>>} */
async function openEngine({ base, threads, builds, framed = false }) {
  if (engine || crashed) throw new Error('this worker has had its engine');
  const features = await detectFeatures(framed);
  /** @type {import('./types').Attempt[]} */
  const passed = [];
  const build = builds.find((name) => {
    const reason = obstacle(name, features);
    if (reason) passed.push({ build: name, reason });
    return !reason;
  });
  tell('trying', { build: build ?? null, passed });
  if (!build) throw new EngineError('this browser can run none of the builds', remedy(features));
  const address = new URL(`quarterturn-${build}`, base).href;
  try {
    const module = await loadModule(address, threads);
    const opened = new module.Engine(0);
    const info = check(opened.info());
    engine = opened;
    return { build, info };
  } catch (error) {
    const { reason, fix } = await engineFault(address, error);
    throw new EngineError(reason, fix);
  }
}

/** @type {{ [M in keyof WorkerMethods]: (...args: Parameters<WorkerMethods[M]>) => ReturnType<WorkerMethods[M]> | Promise<ReturnType<WorkerMethods[M]>> }} */
const methods = {
  open: (request) => (opening = openEngine(request)),
  run() {
    theEngine();
    if (running && !epochOver) return;
    halt();
    running = true;
    firstSlice = true;
    scheduleSlice();
  },
  pause() {
    halt();
    return check(theEngine().progress());
  },
  async epoch() {
    theEngine();
    halt();
    const over = new Promise((resolve) => (epochOver = () => resolve(undefined)));
    running = true;
    scheduleSlice();
    await over;
    return check(theEngine().progress());
  },
  step() {
    halt();
    tellAdvance(theEngine().step());
  },
  samples(round) {
    const digits = new Array(10).fill(-1);
    const seen = new Array(10).fill(0);
    const { test } = check(theEngine().dataInfo());
    for (let i = 0; i < Math.min(test, 1000); i++) {
      const label = check(theEngine().label('test', i));
      if (label > 9 || seen[label] > round) continue;
      digits[label] = i;
      seen[label]++;
    }
    return digits;
  },
  overview(set, perClass, round) {
    const info = check(theEngine().dataInfo());
    const size = set === 'train' ? info.train : info.test;
    /** @type {number[][]} */
    const members = Array.from({ length: CLASSES }, () => []);
    for (let i = 0; i < size; i++) members[check(theEngine().label(set, i))]?.push(i);
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
  turns(set, index) {
    const images = [0, 1, 2, 3].map((turn) => image(set, index, turn));
    return { label: check(theEngine().label(set, index)), images };
  },
  loadGenerated: (...args) => check(theEngine().loadGenerated(...args)),
  loadIdx: (...args) => check(theEngine().loadIdx(...args)),
  image,
  async begin(data, settings) {
    const coming = data.kind === 'served' ? fetchServed(data, () => tell('fetching', null)) : null;
    coming?.catch(() => {}); // the engine may fail first
    await opening;
    const info = check(
      data.kind === 'generated'
        ? theEngine().loadGenerated(data.seed, data.train, data.test)
        : theEngine().loadIdx(
            data.kind === 'idx' ? data.files : await /** @type {NonNullable<typeof coming>} */ (coming),
            data.source,
          ),
    );
    makeMoreSoon();
    const [first, last] = info.splits.downstream;
    return { info, ...start({ ...settings, labels: Math.min(settings.labels ?? Infinity, last - first) }) };
  },
  start,
  withArms(settings) {
    halt();
    check(theEngine().withArms(settings));
    return { progress: check(theEngine().progress()), settings: check(theEngine().settings()) };
  },
  dataHash: () => check(theEngine().dataHash()),
  settings: () => check(theEngine().settings()),
  history: (run) => check(theEngine().history(run)),
  setLearningRate(run, rate) {
    check(theEngine().setLearningRate(run, rate));
  },
  goOn(rate) {
    halt();
    check(theEngine().goOn(rate));
    const now = check(theEngine().progress());
    if (now.phase === 'pretext') snapshots.forgetAfter(now.epoch * stepsInEpoch + now.step);
    tell('snapshots', snapshots.moments);
    trunkVersion++;
    return now;
  },
  results: () => check(theEngine().results()),
  signature: () => check(theEngine().signature()),
  predict: (pixels) => check(theEngine().predict(pixels)),
  recognise(drawing, degrees) {
    const pixels = centred(drawing, degrees);
    return { pixels, prediction: check(theEngine().predict(pixels)) };
  },
  rotations(set, first, count, weights) {
    return check(theEngine().rotations(set, first, count, weights));
  },
  activations: (...args) => check(theEngine().activations(...args)),
  tensor(name) {
    return check(theEngine().tensor(name));
  },
  sweep: (drawing, angles) => angles.map((degrees) => check(theEngine().predict(centred(drawing, degrees))).rotation),
  readAll(images) {
    return images.map((pixels) => {
      const { self_supervised: own, random, supervised } = check(theEngine().predict(pixels));
      return { self_supervised: winner(own), random: winner(random), supervised: winner(supervised) };
    });
  },
  nearest,
  features: (images, weights) => featuresOf(images, weights),
  mixIn({ images, labels, name }) {
    halt();
    const { source, splits } = check(theEngine().dataInfo());
    const [first, last] = splits.downstream;
    const count = Math.min(labels.length, last - first);
    const pixels = joined(Uint8Array, images.slice(0, count));
    const classes = Uint8Array.from(labels.slice(0, count));
    return check(theEngine().replaceImages(first, pixels, classes, `${source} + ${name}`));
  },
  wholeData,
  layers: (network) => check(theEngine().layers(network)),
  latent,
  snapshots: () => snapshots.moments,
  allSnapshots: () => snapshots.all,
  benchmark: (...args) => check(theEngine().benchmark(...args)),
  saveWeights: () => check(theEngine().saveWeights()),
  checkpoint: () => check(theEngine().checkpoint()),
  restore(bytes, earlier) {
    halt();
    check(theEngine().restore(bytes));
    return beginAnew(check(theEngine().progress()), earlier);
  },
};

const IDLE_MILLISECONDS = 150;
/** @type {ReturnType<typeof setTimeout> | undefined} */
let making;

/** While nobody trains, the generated digits are made that loading left out. */
function makeMoreSoon() {
  clearTimeout(making);
  making = setTimeout(() => {
    if (engine && !running && check(engine.makeMore())) makeMoreSoon();
  }, IDLE_MILLISECONDS);
}

/** @type {WorkerMethods['start']} */
function start(settings) {
  halt();
  check(theEngine().start(settings));
  return { progress: beginAnew(check(theEngine().progress())), settings: check(theEngine().settings()) };
}

/**
 * A build's module. Its code is fetched and compiled while its script is, and while the threads start.
 * @param {string} address of both, without their endings
 * @param {number} threads 0: as many as the browser has processors, within reason
 * @returns {Promise<import('./engine').MainModule>}
 */
async function loadModule(address, threads) {
  const code = compile(`${address}.wasm`);
  code.catch(() => {}); // the script may fail first
  /** @type {{ default: import('./types').EngineFactory }} */
  const script = await import(/* @vite-ignore */ `${address}.mjs`);
  const listening = new AbortController();
  let said = '';
  try {
    return await new Promise((resolve, reject) => {
      // Emscripten says what a thread's worker reports, and throws it: without this it would wait for the thread for good.
      const fail = (/** @type {ErrorEvent} */ event) => {
        event.preventDefault();
        reject(new EngineError(`a thread of ${address}.mjs did not start: ${said || event.message}`));
      };
      self.addEventListener('error', fail, { signal: listening.signal });
      tell('threading', true);
      const loading = script.default({
        // All threads are started before the engine is ready; their number cannot grow later.
        threads: threads || Math.min(navigator.hardwareConcurrency || 1, MOST_THREADS),
        printErr(text) {
          said = text;
          if (listening.signal.aborted) console.error(text);
        },
        instantiateWasm(imports, done) {
          code.then(async (compiled) => done(await WebAssembly.instantiate(compiled, imports), compiled)).catch(reject);
          return {};
        },
      });
      tell('threading', false);
      loading.then(resolve, reject);
    });
  } finally {
    listening.abort();
  }
}

/** @param {string} address */
async function compile(address) {
  const response = await fetch(address);
  if (!response.ok) throw new EngineError(`${address}: the server answers ${response.status}`);
  // Streams are compiled only where the server knows the type.
  return response.headers.get('Content-Type') === 'application/wasm'
    ? WebAssembly.compileStreaming(response)
    : WebAssembly.compile(await response.arrayBuffer());
}

/** @type {WorkerMethods['image']} */
function image(set, index, quarterTurns) {
  return check(theEngine().image(set, index, quarterTurns));
}

/** @param {Float32Array} values */
const winner = (values) => values.indexOf(Math.max(...values));

/** A drawing as the networks get it. @param {import('./types').Drawing} drawing @param {number} degrees */
function centred(drawing, degrees) {
  // A genuine image stays as it is; whole quarter turns do not spoil it.
  if (drawing.image && degrees % 90 === 0) return quarterTurned(drawing.image, degrees / 90);
  const { grey, side } = turned(drawing.grey, drawing.side, degrees);
  return check(theEngine().centreDrawing(grey, side, side));
}

/** @param {import('./types').Weights} weights */
function weightsOf(weights) {
  if (typeof weights === 'string') return weights === 'random' ? weights : undefined;
  const kept = snapshots.weights(weights.done);
  if (!kept) throw new EngineError('that moment of the training is no longer kept');
  return kept;
}

/** @param {Uint8Array} images @param {import('./types').Weights | Float32Array} weights */
function featuresOf(images, weights) {
  const given = weights instanceof Float32Array ? weights : weightsOf(weights);
  return check(theEngine().features(images, given));
}

/** @type {WorkerMethods['latent']} */
function latent({ digits, limit, method, weights }) {
  const { splits, test } = check(theEngine().dataInfo());
  const [first, last] = splits.downstream;
  const shown = chosen('test', [0, test], digits, limit);
  if (shown.index.length < 2) throw new EngineError('the test set has fewer than two images of these digits');
  const points = featuresOf(shown.pixels, weights);
  let found;
  let fitted = shown.index.length;
  if (method === 'lda') {
    const fit = chosen('train', [first, last], digits, Math.min(last - first, MOST_FEATURES));
    fitted = fit.index.length;
    if (new Set(fit.labels).size < 2) throw new EngineError('LDA parts classes: choose at least two digits');
    found = check(theEngine().axes(featuresOf(fit.pixels, weights), fit.labels));
  } else {
    found = check(theEngine().axes(points, undefined));
  }
  const [x, y] = found.axes.map((axis) => along(axis, found.mean, points));
  // Turned and scaled as a whole, as the page does, a picture keeps its neighbours.
  const kin = amongTheirKind({ x, y }, shown.labels);
  return { ...found, x, y, kin, fitted, label: shown.labels, index: shown.index };
}

/** The engine gives so many features at a time. */
const MOST_FEATURES = 2000;

/**
 * The first images of some digits.
 * @param {import('./types').ImageSet} set
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

const CHUNK = 1000;

/** @param {import('./types').ImageSet} set @param {number} count */
function imagesOf(set, count) {
  const pixels = new Uint8Array(count * 784);
  const labels = new Uint8Array(count);
  for (let first = 0; first < count; first += CHUNK) {
    const part = check(theEngine().images(set, first, Math.min(CHUNK, count - first)));
    pixels.set(part.pixels, first * 784);
    labels.set(part.labels, first);
  }
  return { pixels, labels };
}

/** The loaded data as IDX files. */
function wholeData() {
  const { train, test } = check(theEngine().dataInfo());
  const [training, testing] = [imagesOf('train', train), imagesOf('test', test)];
  return {
    trainImages: idxImages(training.pixels),
    trainLabels: idxLabels(training.labels),
    testImages: idxImages(testing.pixels),
    testLabels: idxLabels(testing.labels),
  };
}

/**
 * The images of the rotation task, and their features while the weights that made them last.
 * @type {{ data: number, pixels: Uint8Array, labels: Uint8Array,
 *   tables: Partial<Record<'trained' | 'random', { trunk: number, table: Float32Array }>> }}
 */
let gallery = { data: -1, pixels: new Uint8Array(), labels: new Uint8Array(), tables: {} };

/** @type {WorkerMethods['nearest'] extends (...args: infer A) => infer R ? (...args: A) => Promise<R> : never} */
async function nearest(pixels, space, count) {
  if (gallery.data !== dataVersion) {
    const { splits } = check(theEngine().dataInfo());
    gallery = { data: dataVersion, ...imagesOf('train', splits.pretext[1]), tables: {} };
  }
  const { data, pixels: all, labels, tables } = gallery;
  let [query, table] = /** @type {[Float32Array | Uint8Array, Float32Array | Uint8Array]} */ ([pixels, all]);
  if (space !== 'pixels') {
    const version = space === 'trained' ? trunkVersion : 0;
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
        if (dataVersion !== data) throw new EngineError('the data have changed');
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
}

/** @param {{ id: number, method: import('./types').Method, args: unknown[] }} request */
async function answer({ id, method, args }) {
  try {
    const run = /** @type {(...args: unknown[]) => unknown} */ (methods[method]);
    post({ id, value: await run(...args) });
  } catch (error) {
    const fix = error instanceof EngineError ? error.fix : '';
    post({ id, error: error instanceof Error ? error.message : String(error), fix });
    if (typeof WebAssembly === 'undefined') return;
    // A trap or an abort, as against an error in words: Emscripten raises WebAssembly.RuntimeError for both.
    if (error instanceof WebAssembly.RuntimeError || error instanceof RangeError) crash(error);
  }
}

self.onmessage = (/** @type {MessageEvent<import('./types').Request>} */ { data }) => {
  if ('cancel' in data) {
    const place = queue.findIndex((request) => request.id === data.cancel);
    if (place >= 0) queue.splice(place, 1);
    return;
  }
  queue.push(data);
  requestChannel.port2.postMessage(0);
};

// A thread of the pool that dies reports here through the module's own error event.
self.addEventListener('unhandledrejection', (event) => crash(event.reason));
