// The worker that owns the engine. It trains in slices and reads its messages between two of them, so that predict,
// pause and the rest are answered within one slice in every build, threaded or not. This file passes requests on to the
// methods of worker/ and posts their answers.
import '../trusted.js';
import { faultOf } from '../fault-data.js';
import { crash, post, tell } from './worker/core.js';
import { HANDED_OVER, methods } from './worker/methods.js';
import { buffersOf } from './worker/transfer.js';

// Held as long as this worker lives, however it ends: so the page learns of its end.
void navigator.locks
  ?.request(self.name, () => {
    tell('alive', self.name);
    return new Promise(() => {});
  })
  .catch(() => {});

/** @typedef {Extract<import('./types').Request, { method: string }>} Asked */
/** @type {Asked[]} */
const queue = [];

// Requests wait in a queue for one turn of the event loop, so that a cancellation sent right behind can reach them.
const requestChannel = new MessageChannel();
requestChannel.port1.onmessage = () => {
  const request = queue.shift();
  if (request) void answer(request);
};

/** @param {Asked} request */
async function answer({ id, method, args }) {
  try {
    const run = /** @type {(...args: unknown[]) => unknown} */ (methods[method]);
    const value = await run(...args);
    post({ id, value }, HANDED_OVER.has(method) ? buffersOf(value) : []);
  } catch (error) {
    post({ id, error: faultOf(error) });
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
