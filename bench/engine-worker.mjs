// Runs one engine build on one number of threads, in a worker of a page or of Node, and posts the timings of every piece.

/**
 * @typedef {{ seconds: number[], images: number, operations: number }} Timing
 * @typedef {{ engine: string, threads: number, pieces: string[], seconds: number, images: Uint8Array, labels: Uint8Array }} Job
 */

/** @param {Job} job @returns {Promise<{ info: any, pieces: Record<string, Timing> }>} */
export async function measure({ engine: url, threads, pieces, seconds, images, labels }) {
  const { default: factory } = await import(/* @vite-ignore */ url);
  const module = await factory({ threads });
  const engine = new module.Engine(threads);
  const check = (/** @type {any} */ value) => {
    if (typeof value.code === 'number') throw new Error(`the engine refuses: ${JSON.stringify(value)}`);
    return value;
  };
  const info = check(engine.info());
  check(engine.loadIdx({ trainImages: images, trainLabels: labels }, 'benchmark'));
  /** @type {Record<string, Timing>} */
  const timings = {};
  for (const piece of pieces) {
    // V8 compiles a function anew only between two calls of it: short calls first, so that the timed one is the fast code.
    for (let i = 0; i < 5; i++) check(engine.benchmark(piece === 'pretext_epoch' ? 'pretext_step' : piece, 0.1));
    const timing = check(engine.benchmark(piece, seconds));
    timings[piece] = { ...timing, seconds: [...timing.seconds] };
  }
  engine.delete();
  return { info, pieces: timings };
}

// In Node this is a plain module; in a page it is a worker that answers one message.
const scope = /** @type {any} */ (globalThis);
if (typeof scope.postMessage === 'function' && typeof scope.process === 'undefined') {
  scope.onmessage = async (/** @type {{ data: Job }} */ { data }) => {
    try {
      scope.postMessage(await measure(data));
    } catch (error) {
      scope.postMessage({ error: String(error) });
    }
  };
}
