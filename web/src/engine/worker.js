// The worker that owns the engine. It trains in slices and reads its messages between two of them, so that predict,
// pause and the rest are answered within one slice in every build, threaded or not.

/** @typedef {import('./types').Engine} Engine */
/** @typedef {import('./types').WorkerMethods} WorkerMethods */

const SLICE_MILLISECONDS = 30;
/** Unless the visitor asks for more: the count that a browser reports is not to be trusted, and phones get hot. */
const MOST_THREADS = 8;

/** @type {Engine | null} */
let engine = null;
let running = false;
let crashed = false;
/** Set while training goes on to the end of one epoch only: called when it stops. @type {(() => void) | null} */
let epochOver = null;

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

/** @template T @param {T} value @returns {T} */
function check(value) {
  const error = /** @type {{ error?: unknown } | undefined | null} */ (value)?.error;
  if (typeof error === 'string') throw new EngineError(error);
  return value;
}

/** An error that the engine reported in words, as against a trap. */
class EngineError extends Error {}

/** @param {import('./types').Advance & import('./types').Failure} advance */
function tellAdvance(advance) {
  check(advance);
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
    if (advance.more && advance.epochs.length === 0 && performance.now() < end) continue;
    if (advance.epochs.length > 0) running = false;
    return advance;
  }
}

function slice() {
  if (!running) return;
  try {
    tellAdvance(epochOver ? advanceInEpoch() : theEngine().advance(SLICE_MILLISECONDS));
    if (running) scheduleSlice();
    else halt();
  } catch (error) {
    crash(error);
  }
}

/** @type {{ [M in keyof WorkerMethods]: (...args: Parameters<WorkerMethods[M]>) => ReturnType<WorkerMethods[M]> | Promise<ReturnType<WorkerMethods[M]>> }} */
const methods = {
  async open({ url, threads }) {
    if (engine || crashed) throw new Error('this worker has had its engine');
    /** @type {{ default: (options: object) => Promise<import('./types').EngineModule> }} */
    const factory = await import(/* @vite-ignore */ url);
    const count = threads || Math.min(navigator.hardwareConcurrency || 1, MOST_THREADS);
    // A threaded build starts all its workers before it is ready; the count cannot grow later.
    const module = await factory.default({ quarterturnThreads: count });
    const opened = new module.Engine(0);
    const info = check(opened.info());
    engine = opened;
    return info;
  },
  run() {
    theEngine();
    if (running && !epochOver) return;
    halt();
    running = true;
    scheduleSlice();
  },
  pause() {
    halt();
    return theEngine().progress();
  },
  async epoch() {
    theEngine();
    halt();
    const over = new Promise((resolve) => (epochOver = () => resolve(undefined)));
    running = true;
    scheduleSlice();
    await over;
    return theEngine().progress();
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
      const label = theEngine().label('test', i);
      if (label > 9 || seen[label] > round) continue;
      digits[label] = i;
      seen[label]++;
    }
    return digits;
  },
  turns(set, index) {
    const images = [0, 1, 2, 3].map((turn) => image(set, index, turn));
    return { label: theEngine().label(set, index), images };
  },
  loadGenerated: (...args) => check(theEngine().loadGenerated(...args)),
  loadIdx: (...args) => check(theEngine().loadIdx(...args)),
  image,
  start(settings) {
    halt();
    check(theEngine().start(settings));
    return theEngine().progress();
  },
  settings: () => check(theEngine().settings()),
  history: (run) => check(theEngine().history(run)),
  setLearningRate(run, rate) {
    check(theEngine().setLearningRate(run, rate));
  },
  results: () => check(theEngine().results()),
  signature: () => theEngine().signature(),
  predict: (pixels) => check(theEngine().predict(pixels)),
  recognise(grey, width, height) {
    const pixels = check(theEngine().centreDrawing(grey, width, height));
    if (!(pixels instanceof Uint8Array)) throw new EngineError('the drawing could not be read');
    return { pixels, prediction: check(theEngine().predict(pixels)) };
  },
  rotations(set, first, count, weights) {
    const probabilities = check(theEngine().rotations(set, first, count, weights));
    if (!(probabilities instanceof Float32Array)) throw new EngineError('the images could not be turned');
    return probabilities;
  },
  activations: (...args) => check(theEngine().activations(...args)),
  tensor(name) {
    const values = check(theEngine().tensor(name));
    if (!(values instanceof Float32Array)) throw new EngineError(`there is no tensor ${name}`);
    return values;
  },
  layers: (network) => check(theEngine().layers(network)),
  latent: (request) => check(theEngine().latent(request)),
  checkpoint: () => check(theEngine().checkpoint()),
  restore(bytes) {
    halt();
    check(theEngine().restore(bytes));
    return theEngine().progress();
  },
};

/** @type {WorkerMethods['image']} */
function image(set, index, quarterTurns) {
  const pixels = check(theEngine().image(set, index, quarterTurns));
  if (!(pixels instanceof Uint8Array)) throw new EngineError(`there is no image ${index} in the ${set} set`);
  return pixels;
}

/** @param {{ id: number, method: import('./types').Method, args: unknown[] }} request */
async function answer({ id, method, args }) {
  try {
    const run = /** @type {(...args: unknown[]) => unknown} */ (methods[method]);
    post({ id, value: await run(...args) });
  } catch (error) {
    post({ id, error: error instanceof Error ? error.message : String(error) });
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
