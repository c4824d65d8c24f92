// The page's side of the engine worker: every request is a promise, every report an event. Knows nothing of views.
import { Fault } from '../state/fault.js';
import { fault, faultOf } from '../fault-data.js';
import '../trusted.js';
import { workerName } from './worker-name.js';

/** @typedef {import('./types').Method} Method */
/** @typedef {import('./types').WorkerMethods} WorkerMethods */
/** @typedef {import('./types').WorkerEvents} WorkerEvents */

/** @typedef {import('./types').FaultData} FaultData */

/** The engine refused, or the worker is gone. */
export class EngineError extends Fault {
  name = 'EngineError';
  /** @param {FaultData} fault @param {{ workerFailed?: boolean }} [more] */
  constructor({ code, values }, { workerFailed = false } = {}) {
    super(code, values);
    if (typeof values.text === 'string') this.message = values.text;
    /** The worker's own script did not start. */
    this.workerFailed = workerFailed;
  }
}

/** A worker that has something to do, and of which nothing is heard for so many seconds, hangs. */
const SILENT_SECONDS = 20;

/** That of the first script is one of them. */
let workers = 1;

export class EngineClient {
  /** @type {Map<number, { watched: boolean, resolve: (value: any) => void, reject: (error: Error) => void }>} */
  #pending = new Map();
  /** @type {Map<string, Set<(detail: any) => void>>} */
  #listeners = new Map();
  #lastId = 0;
  /** Why nothing more can be asked; null while all is well. @type {FaultData | null} */
  #closed = null;
  /** @type {Worker} */
  #worker;
  #guard = new AbortController();
  #training = false;
  /** The worker has said something: its script runs. */
  #heard = false;
  #silentSeconds = 0;

  /**
   * @param {Worker} [worker]
   * @param {Event[]} [heard] of it before now, one after the other
   */
  constructor(
    worker = new Worker(new URL('./worker.js', import.meta.url), { type: 'module', name: workerName(++workers) }),
    heard = [],
  ) {
    this.#worker = worker;
    // Ticks are counted, not time: a machine that sleeps, or a tab that is held back, is no fault of the worker.
    const watch = setInterval(() => this.#look(), 1000);
    this.#guard.signal.addEventListener('abort', () => clearInterval(watch));
    worker.onmessage = ({ data }) => this.#receive(data);
    worker.onerror = (event) => {
      event.preventDefault();
      this.#fail(event.message ? faultOf(event.message) : fault('workerNotStarted'));
    };
    worker.onmessageerror = () => this.#fail(fault('messageUnread'));
    // After whoever makes this client has asked his first question, which then gets an answer.
    queueMicrotask(() => {
      for (const event of heard) /** @type {any} */ (worker)[`on${event.type}`](event);
    });
  }

  /**
   * Asks the worker. The promise is rejected with an EngineError, or with the signal's reason when it is aborted; a
   * request that waits is then dropped, and the answer to one under way is ignored.
   * @template {Method} M
   * @param {M} method
   * @param {Parameters<WorkerMethods[M]>} args
   * @param {{ signal?: AbortSignal, transfer?: Transferable[] }} [options]
   * @returns {Promise<ReturnType<WorkerMethods[M]>>}
   */
  call(method, args, { signal, transfer = [] } = {}) {
    if (this.#closed) return Promise.reject(new EngineError(this.#closed));
    if (signal?.aborted) return Promise.reject(signal.reason);
    const id = ++this.#lastId;
    return new Promise((resolve, reject) => {
      const abort = () => {
        this.#pending.delete(id);
        this.#worker.postMessage({ cancel: id });
        reject(signal?.reason);
      };
      const done = () => signal?.removeEventListener('abort', abort);
      this.#pending.set(id, {
        watched: method !== 'benchmark' && method !== 'epoch',
        resolve: (value) => (done(), resolve(value)),
        reject: (error) => (done(), reject(error)),
      });
      signal?.addEventListener('abort', abort, { once: true });
      this.#worker.postMessage({ id, method, args }, transfer);
    });
  }

  /**
   * @template {keyof WorkerEvents} E
   * @param {E} event
   * @param {(detail: WorkerEvents[E]) => void} listener
   * @returns {() => void} stops listening
   */
  on(event, listener) {
    const listeners = this.#listeners.get(event) ?? new Set();
    this.#listeners.set(event, listeners.add(listener));
    return () => void listeners.delete(listener);
  }

  /** Ends the worker and its threads. @param {FaultData} [why] */
  close(why = fault('engineClosed')) {
    if (this.#closed) return;
    this.#closed = why;
    this.#guard.abort();
    this.#worker.terminate();
    for (const { reject } of this.#pending.values()) reject(new EngineError(why, { workerFailed: !this.#heard }));
    this.#pending.clear();
    this.#listeners.clear();
  }

  /** @param {import('./types').Answer} answer */
  #receive(answer) {
    this.#heard = true;
    this.#silentSeconds = 0;
    if ('event' in answer) {
      if (answer.event === 'crashed') this.#fail(/** @type {FaultData} */ (answer.detail));
      else if (answer.event === 'alive') this.#guardAgainstDeath(String(answer.detail));
      else {
        if (answer.event === 'progress') this.#training = /** @type {any} */ (answer.detail).running;
        this.#emit(answer.event, answer.detail);
      }
      return;
    }
    const waiting = this.#pending.get(answer.id);
    this.#pending.delete(answer.id);
    if (!waiting) return;
    if ('error' in answer) waiting.reject(new EngineError(answer.error));
    else waiting.resolve(answer.value);
  }

  /** No event tells of a worker that was ended from outside, but its lock is free then. @param {string} lock */
  #guardAgainstDeath(lock) {
    navigator.locks
      .request(lock, { signal: this.#guard.signal }, () => this.#fail(fault('workerEnded')))
      .catch(() => {}); // the client was closed
  }

  #look() {
    // A benchmark says itself how long it takes, and an epoch tells its progress.
    const waits = this.#training || [...this.#pending.values()].some(({ watched }) => watched);
    this.#silentSeconds = waits ? this.#silentSeconds + 1 : 0;
    if (this.#silentSeconds >= SILENT_SECONDS) this.#fail(fault('workerSilent', { seconds: SILENT_SECONDS }));
  }

  /** @param {string} event @param {unknown} detail */
  #emit(event, detail) {
    for (const listener of this.#listeners.get(event) ?? []) listener(detail);
  }

  /** @param {FaultData} reason */
  #fail(reason) {
    if (this.#closed) return;
    this.#emit('crashed', reason);
    this.close(reason);
  }
}
