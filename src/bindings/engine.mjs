// The script of an engine, in place of Emscripten's: it makes the WebAssembly instance of the file with its own name, its
// threads, and the class Engine, and keeps the values that C++ knows by number (value.hpp).

// The copy for browsers has `false` in its place (vite.config.js).
const IN_NODE = typeof process === 'object' && typeof process.versions?.node === 'string';
const node = IN_NODE ? await import('node:worker_threads') : undefined;

/** What a worker is called that is one of the engine's threads. */
const THREAD = 'quarterturn-thread';
/** As kMaxThreads. */
const MOST_THREADS = 32;
const PAGE_BYTES = 65536;
const HEAP_BYTES = 64 << 20;

/**
 * @typedef {{ code: WebAssembly.Module, memory: WebAssembly.Memory, room: number, index: number }} Task
 *   what a thread is given: `room` is the upper end of its stack
 */

/** Until the number at an address is no longer `old`; may end sooner. @param {WebAssembly.Memory} memory */
function sleepIn(memory) {
  const numbers = new Int32Array(memory.buffer);
  return (/** @type {number} */ at, /** @type {number} */ old) => {
    Atomics.wait(numbers, at >> 2, old);
  };
}

/**
 * All that the code asks for, under the names of modules that its Emscripten has given.
 * @param {WebAssembly.Module} code
 * @param {Record<string, any>} answers by name
 */
function imports(code, answers) {
  /** @type {WebAssembly.Imports} */
  const all = {};
  for (const { module, name } of WebAssembly.Module.imports(code)) {
    (all[module] ??= {})[name] =
      answers[name] ??
      (() => {
        throw new Error(`${name} is not answered here`);
      });
  }
  return all;
}

/** A thread never comes back to its event loop. @param {Task} task @param {() => void} ready */
async function live({ code, memory, room, index }, ready) {
  const answers = { memory, thread_ready: ready, thread_sleep: sleepIn(memory) };
  /** @type {any} */
  const { exports } = await WebAssembly.instantiate(code, imports(code, answers));
  exports._emscripten_stack_restore(room);
  exports.thread_main(room, index);
}

if (IN_NODE && node?.workerData === THREAD) {
  node.parentPort?.once('message', (task) => live(task, () => node.parentPort?.postMessage(true)));
} else if (/** @type {any} */ (globalThis).name === THREAD) {
  globalThis.onmessage = ({ data }) => live(data, () => globalThis.postMessage(true));
}

/**
 * A worker that begins at once to load; `failed` tells if it cannot.
 * @returns {{ worker: any, failed: Promise<never> }}
 */
function startWorker() {
  const address = new URL(import.meta.url);
  /** @type {any} */
  const worker =
    IN_NODE && node
      ? new node.Worker(address, { workerData: THREAD, execArgv: [] }) // --input-type is for the program alone
      : new Worker(address, { type: 'module', name: THREAD });
  /** @type {Promise<never>} */
  const failed = new Promise((_, reject) => {
    const fail = (/** @type {{ message?: string }} */ { message }) =>
      reject(new Error(`a thread: ${message || 'its script does not load'}`));
    if (IN_NODE) worker.once('error', fail);
    else worker.onerror = fail;
  });
  failed.catch(() => {}); // told to whom it becomes a thread
  return { worker, failed };
}

/** Until the worker is a thread that sleeps. @param {ReturnType<typeof startWorker>} started @param {Task} task */
function become({ worker, failed }, task) {
  const ready = new Promise((resolve) => {
    if (IN_NODE) worker.once('message', resolve);
    else worker.onmessage = resolve;
  });
  worker.postMessage(task);
  return Promise.race([ready, failed]).then(() => worker.unref?.()); // Node need not wait for it
}

/** The code beside this script. @returns {Promise<WebAssembly.Module>} */
async function compile() {
  const address = new URL(import.meta.url.replace(/\.mjs\b/, '.wasm'));
  if (!IN_NODE) return WebAssembly.compileStreaming(fetch(address));
  const { readFile } = await import('node:fs/promises');
  return WebAssembly.compile(await readFile(address));
}

/**
 * @param {{ threads?: number, code?: Promise<WebAssembly.Module> }} [options]
 *   `threads`: all that the engine can use later, the caller among them; `code`: where it is being compiled already
 * @returns {Promise<{ Engine: new (threads: number) => any, end: () => void }>} `end` stops the threads
 */
export default async function load({ threads = 1, code = compile() } = {}) {
  const threaded = import.meta.url.includes('-threads-');
  const pool = threaded ? Math.min(Math.max(threads, 1), MOST_THREADS) : 1;
  const workers = Array.from({ length: pool - 1 }, startWorker);
  const end = () => workers.forEach(({ worker }) => worker.terminate());
  /** @param {unknown} error @returns {never} */
  const fail = (error) => {
    end();
    throw error;
  };

  // ---- values by number, until the call ends in which they were made -------------------------------------------------

  /** @type {any[]} the first four are known to C++ */
  const values = [undefined, null, false, true];
  /** @param {any} value @returns {number} */
  const add = (value) => values.push(value) - 1;
  /** The same of what may be one of the first. @param {any} value @returns {number} */
  const keep = (value) =>
    value === undefined ? 0 : value === null ? 1 : typeof value === 'boolean' ? 2 + Number(value) : add(value);
  const decoder = new TextDecoder();
  const encoder = new TextEncoder();
  /** A copy: shared memory can be neither decoded nor handed out. @param {number} at @param {number} length */
  const bytesAt = (at, length) => heap.slice(at, at + length);
  /** @param {number} at @param {number} length */
  const textAt = (at, length) => decoder.decode(bytesAt(at, length));
  /** Up to the next 0. @param {number} at */
  const nameAt = (at) => textAt(at, heap.indexOf(0, at) - at);

  /** @type {Record<string, any>} */
  const answers = {
    value_number: add,
    value_text: (/** @type {number} */ at, /** @type {number} */ length) => add(textAt(at, length)),
    value_object: () => add({}),
    value_array: () => add([]),
    value_typed(/** @type {number} */ type, /** @type {number} */ at, /** @type {number} */ count) {
      const TypedArray = [Uint8Array, Float32Array, Float64Array][type];
      return add(new TypedArray(bytesAt(at, count * TypedArray.BYTES_PER_ELEMENT).buffer));
    },
    value_put(/** @type {number} */ object, /** @type {number} */ key, /** @type {number} */ value) {
      values[object][nameAt(key)] = values[value];
    },
    value_push(/** @type {number} */ array, /** @type {number} */ value) {
      values[array].push(values[value]);
    },
    // As Value::Kind.
    value_kind(/** @type {number} */ id) {
      const value = values[id];
      if (value === undefined) return 0;
      if (value === null) return 1;
      if (value instanceof Uint8Array) return 5;
      if (value instanceof Float32Array) return 6;
      return { boolean: 2, number: 3, string: 4 }[/** @type {string} */ (typeof value)] ?? 7;
    },
    value_as_number: (/** @type {number} */ id) => values[id],
    value_length: (/** @type {number} */ id) => values[id].length,
    value_encoded: (/** @type {number} */ id) => add(encoder.encode(values[id])),
    value_item: (/** @type {number} */ array, /** @type {number} */ index) => keep(values[array][index]),
    value_entry: (/** @type {number} */ object, /** @type {number} */ key) => keep(values[object][nameAt(key)]),
    value_keys: (/** @type {number} */ object) => add(Object.keys(values[object])),
    value_copy(
      /** @type {number} */ typed,
      /** @type {number} */ first,
      /** @type {number} */ count,
      /** @type {number} */ at,
    ) {
      const { buffer, byteOffset, BYTES_PER_ELEMENT: size } = values[typed];
      heap.set(new Uint8Array(buffer, byteOffset + first * size, count * size), at);
    },
    value_threads: () => pool,

    // What Emscripten's C library asks for.
    emscripten_get_now: () => performance.now(),
    _emscripten_get_now_is_monotonic: () => true,
    /** As WASI defines it, in newer Emscriptens. @param {number} _clock @param {bigint} _precision @param {number} at */
    clock_time_get(_clock, _precision, at) {
      new DataView(heap.buffer).setBigUint64(at, BigInt(Math.round(1e6 * performance.now())), true);
      return 0;
    },
    emscripten_resize_heap: () => false,
    _abort_js() {
      throw new WebAssembly.RuntimeError('the engine has stopped');
    },
  };

  // ---- instance and threads ------------------------------------------------------------------------------------------

  if (threaded) {
    const pages = HEAP_BYTES / PAGE_BYTES;
    answers.memory = new WebAssembly.Memory({ initial: pages, maximum: pages, shared: true });
    answers.thread_sleep = sleepIn(answers.memory);
  }
  const compiled = await code.catch(fail);
  /** @type {any} */
  const { exports } = await WebAssembly.instantiate(compiled, imports(compiled, answers)).catch(fail);
  const memory = answers.memory ?? exports.memory;
  const heap = new Uint8Array(memory.buffer);
  exports.engine_begin();
  const started = workers.map((worker, index) => {
    const room = exports.thread_room() || fail(new Error('no memory for the threads; ask for fewer'));
    return become(worker, { code: compiled, memory, room, index });
  });
  await Promise.all(started).catch(fail);

  // ---- the class -----------------------------------------------------------------------------------------------------

  /** @template T @param {() => T} call @returns {T} */
  const calling = (call) => {
    const result = call();
    values.length = 4;
    return result;
  };

  class Engine {
    /** @param {number} wanted */
    constructor(wanted) {
      this.pointer = calling(() => exports.engine_new(keep(wanted)));
    }

    delete() {
      exports.engine_delete(this.pointer);
      this.pointer = 0;
    }
  }
  nameAt(exports.engine_methods())
    .split(' ')
    .forEach((name, method) => {
      /** @type {any} */ (Engine.prototype)[name] = function (/** @type {any[]} */ ...given) {
        return calling(() => values[exports.engine_call(this.pointer, method, keep(given))]);
      };
    });
  return { Engine, end };
}
