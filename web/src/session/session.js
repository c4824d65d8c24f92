// The experiment as the page sees it: which engine runs, which data it has, where training stands. The one module of
// session/ that others import: features read these signals, which nobody outside can write, and call the actions.
import { t } from '../messages/messages.js';
import * as model from './model.js';

/** @typedef {import('./machine.js').Stage} Stage */
/** @typedef {import('./machine.js').Kept} Kept */
/** @typedef {import('./model.js').Trace} Trace */
/** @typedef {import('./model.js').RunTrace} RunTrace */
/** @template T @typedef {import('@preact/signals').ReadonlySignal<T>} ReadonlySignal */
/** @typedef {import('../engine/types').Epoch} Epoch */

export { ARMS, RUNS } from '../engine/runs.js';
export * from './actions.js';
export { identity, keepRun } from './checkpoints.js';
export { openSession } from './engine.js';
export { giveSameData, loadedFiles, runSettings, startSettings } from './experiment.js';
export { followSession } from './follow.js';
export { begun, canTrain, exampleOf, kept, labelled, share, stage } from './model.js';
export { armsWanted, restartWanted } from './wishes.js';

/**
 * Names of the runs in the page's language, read as it is shown.
 * @type {Readonly<Record<import('../engine/types').Run, string>>}
 */
export const RUN_TITLES = {
  get pretext() {
    const { tasks } = t.value.common;
    return tasks[model.started.value?.task.name ?? 'turns'].title;
  },
  get self_supervised() {
    return t.value.common.runs.self_supervised;
  },
  get random() {
    return t.value.common.runs.random;
  },
  get supervised() {
    return t.value.common.runs.supervised;
  },
};

/** @template T @param {ReadonlySignal<T>} signal @returns {ReadonlySignal<T>} */
const readable = (signal) => signal;

export const problem = readable(model.problem);
export const notice = readable(model.notice);
export const build = readable(model.build);
export const failedBuilds = readable(model.failedBuilds);
export const client = readable(model.client);
export const dataInfo = readable(model.dataInfo);
export const mixedIn = readable(model.mixedIn);
export const example = readable(model.example);
export const progress = readable(model.progress);
export const results = readable(model.results);
export const signature = readable(model.signature);
export const started = readable(model.started);
export const rateChanged = readable(model.rateChanged);
export const mixed = readable(model.mixed);
export const endings = readable(model.endings);
export const trace = readable(model.trace);
export const weightsVersion = readable(model.weightsVersion);
export const experimentVersion = readable(model.experimentVersion);
/** @type {Record<import('../engine/types').Run, ReadonlySignal<Epoch[]>>} */
export const history = model.history;
