// What the parts of the engine's worker share: the engine, how its answers are read, and how the page is told of events.
import { Fault } from '../../state/fault.js';
import { faultOf } from '../../fault-data.js';
import { named } from '../codes.js';
import { Snapshots } from '../snapshots.js';

/** @typedef {import('../types').Engine} Engine */
/** @typedef {import('../types').Message} Message */

export const state = {
  /** @type {Engine | null} */
  engine: null,
  crashed: false,
  /** Training goes on slice by slice. */
  running: false,
  /** Counts up with every change of data or experiment. */
  dataVersion: 0,
  /** Counts up with every change of the weights that features come from. */
  trunkVersion: 0,
  /** Settles when there is an engine. @type {Promise<unknown> | null} */
  opening: null,
};

/** The trunk's weights along the way of the rotation task. */
export const snapshots = new Snapshots();

/** @param {import('../types').Answer} message @param {Transferable[]} [transfer] */
export function post(message, transfer = []) {
  self.postMessage(message, { transfer });
}

/**
 * @template {import('../types').Event} E
 * @param {E} event
 * @param {import('../types').WorkerEvents[E]} detail
 */
export function tell(event, detail) {
  post({ event, detail });
}

/** After a trap the module's memory cannot be trusted: report it once and refuse everything else. @param {unknown} error */
export function crash(error) {
  if (state.crashed) return;
  state.crashed = true;
  state.running = false;
  state.engine = null;
  tell('crashed', faultOf(error));
}

export function theEngine() {
  if (!state.engine) throw new Fault(state.crashed ? 'engineCrashed' : 'engineNotOpen');
  return state.engine;
}

/** @param {any} value @returns {value is Message} */
const isMessage = (value) => typeof value?.code === 'number';

/**
 * What the engine answers, with its codes by name, or its error thrown.
 * @template T
 * @param {T} value
 * @returns {import('../types').Answered<T>}
 */
export function check(value) {
  /** @type {any} */
  const answer = value;
  if (isMessage(answer)) {
    const { code, values } = named(answer);
    throw new Fault(code, values);
  }
  if (isMessage(answer?.failure)) answer.failure = named(answer.failure);
  if (isMessage(answer?.note)) answer.note = named(answer.note);
  if (isMessage(answer?.progress?.failure)) answer.progress.failure = named(answer.progress.failure);
  return answer;
}

/**
 * A method of the engine as it is, its error thrown.
 * @template {Exclude<keyof Engine, 'delete'>} M
 * @param {M} method
 * @returns {(...args: Parameters<Engine[M]>) => import('../types').Answered<ReturnType<Engine[M]>>}
 */
export const ofEngine =
  (method) =>
  (...args) =>
    check(/** @type {any} */ (theEngine())[method](...args));
