// Where the session stands, as a pure function of where it stood and what happened: the stage that the page shows, the goal
// that training goes on to, and the checkpoint of the present run. docs/ARCHITECTURE.md has the table of the transitions.

/**
 * failed: the experiment ended badly (a loss that is not finite); broken: there is no working engine.
 * @typedef {'opening' | 'loading' | 'ready' | 'running' | 'paused' | 'finished' | 'failed' | 'broken'} Stage
 */
/**
 * How far training was asked to go: what a fresh engine goes on with after a crash, or after it was opened with other
 * threads. 'arms': the arms again, with the settings of `plan`.
 * @typedef {'' | 'epoch' | 'end' | 'arms'} Goal
 */
/** @typedef {import('./plan.js').Plan} Plan */
/** @typedef {import('../engine/types').Phase} Phase */

/**
 * The run as it stood a moment ago, for a fresh engine to go on from.
 * @typedef {object} Kept
 * @property {string} of which run it is
 * @property {Uint8Array} bytes
 * @property {boolean | null} fused the arithmetic it was made with; null: both kinds
 * @property {readonly import('../engine/types').Snapshot[]} snapshots the same list for as long as there is no new one
 */
/** @type {Kept} */
const NOTHING_KEPT = Object.freeze({ of: '', bytes: new Uint8Array(), fused: null, snapshots: [] });

/**
 * @typedef {object} State
 * @property {Stage} stage
 * @property {Stage} before where a load that fails goes back to
 * @property {Goal} goal
 * @property {Plan | null} plan of the arms, for the goal 'arms'
 * @property {Kept} kept
 * @property {number} exchanges how many have begun
 * @property {boolean} exchanging the engine holds another run than the page shows: it is being given one
 */
/** @type {State} */
export const INITIAL = Object.freeze({
  stage: 'opening',
  before: 'opening',
  goal: '',
  plan: null,
  kept: NOTHING_KEPT,
  exchanges: 0,
  exchanging: false,
});

/**
 * @typedef {{ type: 'open' }
 *   | { type: 'opened' }
 *   | { type: 'notOpened' }
 *   | { type: 'died' }
 *   | { type: 'givenUp' }
 *   | { type: 'load' }
 *   | { type: 'notLoaded', broken: boolean }
 *   | { type: 'started' }
 *   | { type: 'resume', kept: Kept, goal: Goal }
 *   | { type: 'placed', phase: Phase }
 *   | { type: 'train', goal: 'epoch' | 'end' }
 *   | { type: 'step' }
 *   | { type: 'pause' }
 *   | { type: 'paused' }
 *   | { type: 'ended', phase: Phase }
 *   | { type: 'endKept' }
 *   | { type: 'slower' }
 *   | { type: 'arms', plan: Plan }
 *   | { type: 'armsBegun', kept: Kept }
 *   | { type: 'armsRefused' }
 *   | { type: 'kept', kept: Kept }
 *   | { type: 'exchange' }
 *   | { type: 'exchanged' }} Event
 */

/** @type {readonly Stage[]} */
export const STAGES = ['opening', 'loading', 'ready', 'running', 'paused', 'finished', 'failed', 'broken'];
/** There is an engine, with an experiment in it. @type {readonly Stage[]} */
const WITH_EXPERIMENT = ['ready', 'running', 'paused', 'finished', 'failed'];

/** In which stages each event may come. @type {Record<Event['type'], readonly Stage[]>} */
export const MAY_COME = {
  open: STAGES,
  opened: ['opening'],
  notOpened: ['opening'],
  died: STAGES,
  givenUp: ['opening', 'broken'],
  load: [...WITH_EXPERIMENT, 'broken'],
  notLoaded: ['loading', 'opening'],
  started: [...WITH_EXPERIMENT, 'loading', 'broken'],
  resume: ['ready'],
  placed: WITH_EXPERIMENT,
  train: ['ready', 'paused'],
  step: ['ready', 'paused'],
  pause: ['running'],
  paused: ['running'],
  ended: ['ready', 'running', 'paused', 'finished', 'loading'],
  endKept: STAGES,
  slower: ['failed'],
  arms: ['running', 'paused', 'finished', 'failed'],
  armsBegun: ['paused', 'finished', 'failed'],
  armsRefused: WITH_EXPERIMENT,
  kept: STAGES,
  exchange: STAGES,
  exchanged: STAGES,
};

/** A fault of the program: no visitor and no engine can bring it about. */
export class IllegalTransition extends Error {
  name = 'IllegalTransition';
}

/** What is shown of a place in an experiment that is not trained on. @param {Phase} phase @returns {Stage} */
const standing = (phase) => (phase === 'finished' || phase === 'failed' ? phase : 'paused');

/**
 * @param {State} state
 * @param {Event} event
 * @returns {State} throws an IllegalTransition where the event cannot come in that stage
 */
export function reduce(state, event) {
  const { stage, before, goal } = state;
  if (!MAY_COME[event.type].includes(stage)) {
    throw new IllegalTransition(`“${event.type}” cannot come while the session is ${stage}`);
  }
  switch (event.type) {
    case 'open':
    case 'died':
      return { ...state, stage: 'opening' };
    case 'opened':
      return { ...state, stage: 'loading', before: 'opening' };
    case 'notOpened':
    case 'givenUp':
      return { ...state, stage: 'broken' };
    case 'load':
      return { ...state, stage: 'loading', before: stage };
    case 'notLoaded':
      if (stage === 'opening') return state; // the engine has died meanwhile
      if (event.broken) return { ...state, stage: 'broken' };
      return before === 'running' ? { ...state, stage: 'paused', goal: '' } : { ...state, stage: before };
    case 'started':
      return { ...state, stage: 'ready', goal: '', kept: NOTHING_KEPT };
    case 'resume':
      return { ...state, kept: event.kept, goal: event.goal };
    case 'placed':
      return { ...state, stage: standing(event.phase) };
    case 'train':
      return { ...state, stage: 'running', goal: event.goal };
    case 'step':
      return { ...state, stage: 'paused' };
    case 'pause':
      // The slice under way still counts: paused is what the worker reports, not what was asked.
      return { ...state, goal: '' };
    case 'paused':
      return { ...state, stage: 'paused', goal: '' };
    case 'ended': {
      const end = event.phase === 'failed' ? 'failed' : 'finished';
      return stage === 'loading' ? { ...state, before: end } : { ...state, stage: end };
    }
    case 'endKept':
      // Until the end is kept, an engine that dies has to come to it again.
      return goal === 'arms' ? state : { ...state, goal: '' };
    case 'slower':
      return { ...state, stage: 'paused' };
    case 'arms':
      return { ...state, goal: 'arms', plan: event.plan };
    case 'armsBegun':
      return { ...state, stage: 'running', goal: 'end', kept: event.kept };
    case 'armsRefused':
      return { ...state, goal: '' };
    case 'kept':
      return { ...state, kept: event.kept };
    case 'exchange':
      return { ...state, exchanging: true, exchanges: state.exchanges + 1 };
    case 'exchanged':
      return { ...state, exchanging: false };
  }
}
