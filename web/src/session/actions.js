// What the page may do with its session. Every action waits for its turn.
import { batch } from '@preact/signals';
import { settings } from '../state/settings.js';
import { dataChoice } from './ahead.js';
import { arithmetic, exchanged, identity, restore } from './checkpoints.js';
import { leaveExample, loadData, startExperiment } from './experiment.js';
import {
  client,
  dataInfo,
  dispatch,
  loaded,
  notice,
  problem,
  progress,
  rateChanged,
  started,
  startedWith,
  stage,
  weightsVersion,
} from './model.js';
import { wanted } from './plan.js';
import { inTurn } from './queue.js';
import { SessionFault } from './said.js';
import * as training from './training.js';
import { partOfArms } from './wishes.js';

/** @typedef {import('../messages/said.js').Said} Said */

/** @param {() => Promise<void>} action on the visitor's own run */
const onOwn = (action) => () =>
  inTurn(async () => {
    await leaveExample();
    await action();
  });

export const train = onOwn(training.train);
export const pause = () => inTurn(training.pause);
export const step = onOwn(training.step);
/** Trains to the end of the epoch under way, then pauses. */
export const trainEpoch = onOwn(training.trainEpoch);

/** Loads the chosen data into the engine that is open; a failure leaves the present data as it was. */
export const reloadData = () => inTurn(() => loadData());

/** A fresh experiment with the present settings on the present data. */
export const restart = () => inTurn(() => startExperiment());

/** The three arms again with the settings as they are, on the rotation network as it is. */
export function rerunArms() {
  const plan = { ...JSON.parse(startedWith.peek()), ...partOfArms(wanted.peek()) };
  return inTurn(() => training.runArms(plan));
}

/**
 * Puts a run that was kept earlier in the place of the present one. The settings must be that run's by now.
 * @param {Omit<import('./machine.js').Kept, 'of'>} checkpoint
 * @returns {Promise<boolean>} whether it went well; if not, `problem` says why
 */
export async function resumeRun(checkpoint) {
  let done = false;
  await inTurn(async () => {
    if (JSON.stringify(loaded.peek()) !== JSON.stringify(dataChoice())) await loadData();
    const engine = client.peek();
    if (!engine || !dataInfo.peek()) throw new SessionFault('noEngine');
    await engine.call('pause', []);
    await startExperiment(); // the engine compares the checkpoint's pixels with those of the present run
    try {
      await exchanged(() => restore(engine, checkpoint));
    } catch (error) {
      if (client.peek() === engine) throw error;
      // The engine died of something else, or of this: the next one tries it.
    }
    dispatch({ type: 'kept', kept: { ...checkpoint, of: identity(), fused: arithmetic() } });
    done = true;
  });
  return done;
}

/**
 * Shows the run that comes with the page, where the visitor has none: see example.js.
 * @returns {ReturnType<typeof import('./example.js').showExample>}
 */
export const showExample = async () => (await import('./example.js')).showExample();

/** Lets a run that has diverged go on from its last good epoch. @param {number} rate */
export function goOnSlower(rate) {
  return inTurn(async () => {
    const engine = client.peek();
    const run = progress.peek()?.recovery?.run;
    if (!engine || !run || stage.peek() !== 'failed') return;
    const now = await engine.call('goOn', [rate]);
    const complete = await engine.call('settings', []);
    batch(() => {
      progress.value = now;
      started.value = complete;
      rateChanged.value = complete.rateChangedMidway;
      problem.value = null;
      dispatch({ type: 'slower' });
      settings[run === 'pretext' ? 'rate' : 'armRate'].value = rate;
      weightsVersion.value++;
    });
    await training.train();
  });
}

/** Shows something that the visitor should know, in the place of what was shown. @param {Said | null} said null: nothing */
export function notify(said) {
  notice.value = said;
}

/** Shows what is wrong. @param {Said} said */
export function reportProblem(said) {
  problem.value = said;
}
