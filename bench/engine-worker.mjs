// Runs one engine build on one number of threads, in a worker of a page or of Node, and answers one job: the timings of
// every piece, the epochs of a training run, or an exact probe.

/**
 * @typedef {{ seconds: number[], images: number, operations: number }} Timing
 * @typedef {{ images: Uint8Array, labels: Uint8Array }} Digits IDX files
 * @typedef {{ engine: string, threads: number, train: Digits, test?: Digits }} Place
 * @typedef {{ pieces: string[], seconds: number }} PiecesJob `seconds`: for each
 * @typedef {{ settings: object }} TrainingJob as the engine's start() takes them
 * @typedef {{ budgets: number[], penalty?: number, times: number }} ProbeJob `times`: as often, and the first does not count
 * @typedef {Place & (PiecesJob | TrainingJob | ProbeJob)} Job
 */

/** A piece of a probe on the page (web/src/engine/worker/probe.js). */
const PROBE_MILLISECONDS = 4;
/** A slice of training on the page. */
const SLICE_MILLISECONDS = 30;

/** @template T @param {T} value @returns {Exclude<T, { code: number }>} */
function check(value) {
  const refused = /** @type {any} */ (value);
  if (typeof refused.code === 'number') throw new Error(`the engine refuses: ${JSON.stringify(refused)}`);
  return refused;
}

/** @param {Place} place */
async function open({ engine: url, threads, train, test }) {
  const { default: factory } = await import(/* @vite-ignore */ url);
  /** @type {import('../web/src/engine/engine').MainModule} */
  const module = await factory({ threads });
  const engine = new module.Engine(threads);
  const files = {
    ...{ trainImages: train.images, trainLabels: train.labels },
    ...(test && { testImages: test.images, testLabels: test.labels }),
  };
  check(engine.loadIdx(files, 'benchmark'));
  return engine;
}

/** @param {Place & PiecesJob} job @returns {Promise<Record<string, Timing>>} */
async function pieces({ pieces: wanted, seconds, ...place }) {
  const engine = await open(place);
  /** @type {Record<string, Timing>} */
  const timings = {};
  for (const piece of wanted) {
    // V8 compiles a function anew only between two calls of it: short calls first, so that the timed one is the fast code.
    for (let i = 0; i < 5; i++) check(engine.benchmark(piece === 'pretext_epoch' ? 'pretext_step' : piece, 0.1));
    const timing = check(engine.benchmark(piece, seconds));
    timings[piece] = { ...timing, seconds: [...timing.seconds] };
  }
  engine.delete();
  return timings;
}

/**
 * @param {Place & TrainingJob} job
 * @returns {Promise<{ epochs: Record<string, number[]>, bytes: number }>} seconds of each epoch by run, as the engine
 *   counts them; and the engine's memory at the end
 */
async function trainRun({ settings, ...place }) {
  const engine = await open(place);
  check(engine.start(settings));
  /** @type {Record<string, number[]>} */
  const epochs = {};
  for (;;) {
    const advance = check(engine.advance(SLICE_MILLISECONDS));
    for (const { run, seconds } of advance.epochs) (epochs[run] ??= []).push(seconds);
    if (!advance.more) break;
  }
  const bytes = check(engine.info()).heapBytes;
  engine.delete();
  return { epochs, bytes };
}

/**
 * @param {Place & ProbeJob} job
 * @returns {Promise<{ seconds: number[], longest: number }>} of the whole probe, as the page cuts it, from the request to
 *   the result; `longest`: seconds of the piece that took longest
 */
async function probe({ budgets, penalty, times, ...place }) {
  const engine = await open(place);
  check(engine.start({ armList: [] }));
  /** @type {number[]} */
  const seconds = [];
  let longest = 0;
  for (let time = 0; time <= times; time++) {
    const start = performance.now();
    let before = start;
    const tick = () => {
      const now = performance.now();
      if (time > 0) longest = Math.max(longest, (now - before) / 1e3);
      before = now;
    };
    check(engine.beginProbe('untrained', Uint32Array.from(budgets), penalty, undefined));
    tick();
    for (let done = false; !done; tick()) ({ done } = check(engine.advanceProbe(PROBE_MILLISECONDS)));
    check(engine.probeResult());
    if (time > 0) seconds.push((performance.now() - start) / 1e3);
  }
  engine.delete();
  return { seconds, longest };
}

/** @param {Job} job @returns {Promise<any>} */
export function answer(job) {
  if ('pieces' in job) return pieces(job);
  return 'settings' in job ? trainRun(job) : probe(job);
}

// In Node this is a plain module; in a page it is a worker that answers one message.
const scope = /** @type {any} */ (globalThis);
if (typeof scope.postMessage === 'function' && typeof scope.process === 'undefined') {
  scope.onmessage = async (/** @type {{ data: Job }} */ { data }) => {
    try {
      scope.postMessage(await answer(data));
    } catch (error) {
      scope.postMessage({ error: String(error) });
    }
  };
}
