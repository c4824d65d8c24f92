// Checkpoints of the present run: made every few seconds and at its end, and given to an engine that is to go on.
import { batch } from '@preact/signals';
import { RUNS } from '../engine/runs.js';
import {
  begun,
  build,
  client,
  dataInfo,
  dispatch,
  experimentVersion,
  history,
  kept,
  loaded,
  mixed,
  problem,
  progress,
  rateChanged,
  results,
  signature,
  standing,
  started,
  startedWith,
  trace,
  weightsVersion,
} from './model.js';
import { failureOf } from './said.js';

/** @typedef {import('../engine/client.js').EngineClient} EngineClient */
/** @typedef {import('./machine.js').Kept} Kept */

/** What makes a run this very run: its settings and its data. */
export const identity = () => JSON.stringify([startedWith.peek(), loaded.peek(), dataInfo.peek()]);

/** The arithmetic that the present run was made with; null: both kinds. */
export const arithmetic = () => (mixed.peek() ? null : (build.peek()?.info.fused ?? null));

/** There is a checkpoint of the present run. */
export const isKept = () => kept.peek().bytes.length > 0 && kept.peek().of === identity();

/**
 * Work during which the engine does not hold the run that the page shows: what it would give as a checkpoint meanwhile is
 * not the present run.
 * @template T
 * @param {() => Promise<T>} work
 */
export async function exchanged(work) {
  dispatch({ type: 'exchange' });
  try {
    return await work();
  } finally {
    dispatch({ type: 'exchanged' });
  }
}

/** Has the engine make a checkpoint of the present run. @param {EngineClient} engine */
export async function keep(engine) {
  const { exchanging, exchanges } = standing();
  if (exchanging) return;
  const [of, version] = [identity(), experimentVersion.peek()];
  const bytes = await engine.call('checkpoint', []);
  const snapshots = await snapshotsOf(engine);
  // The same settings can have been started once more.
  const same = of === identity() && version === experimentVersion.peek() && exchanges === standing().exchanges;
  if (same) {
    dispatch({ type: 'kept', kept: { of, bytes, fused: arithmetic(), snapshots } });
  }
}

/** All snapshots, the list that is kept already where it has not changed. @param {EngineClient} engine */
export async function snapshotsOf(engine) {
  const before = kept.peek().snapshots;
  const moments = await engine.call('snapshots', []);
  const same =
    kept.peek().of === identity() && JSON.stringify(moments) === JSON.stringify(before.map(({ moment }) => moment));
  return same ? before : engine.call('allSnapshots', []);
}

/** Keeps the present run as it stands, where there is one. */
export async function keepRun() {
  const engine = client.peek();
  if (engine && begun.peek()) await keep(engine).catch(() => {});
}

/**
 * Everything as it was when the checkpoint was made; paused, or over.
 * @param {EngineClient} engine
 * @param {Omit<Kept, 'of'>} checkpoint
 */
export async function restore(engine, { bytes, fused, snapshots }) {
  await showPlace(engine, await engine.call('restore', [bytes, snapshots]), fused);
}

/**
 * Shows another place in an experiment, or another experiment.
 * @param {EngineClient} engine
 * @param {import('../engine/types').Progress} now
 * @param {boolean | null} fused the arithmetic of its past; null: both kinds
 */
export async function showPlace(engine, now, fused) {
  const complete = await engine.call('settings', []);
  const epochs = await Promise.all(RUNS.map((run) => engine.call('history', [run])));
  const found = await engine.call('results', []);
  const over = now.phase === 'finished' || now.phase === 'failed';
  const text = over ? await engine.call('signature', []) : '';
  batch(() => {
    RUNS.forEach((run, i) => (history[run].value = epochs[i]));
    started.value = complete;
    rateChanged.value = complete.rateChangedMidway;
    mixed.value = fused !== build.peek()?.info.fused;
    trace.value = { run: 'pretext', points: [] };
    progress.value = now;
    results.value = found;
    signature.value = text;
    problem.value = failureOf(now.failure);
    dispatch({ type: 'placed', phase: /** @type {import('../engine/types').Phase} */ (now.phase) });
    weightsVersion.value++;
    experimentVersion.value++;
  });
}
