// Training as the session's actions begin and stop it. Each function here is called in its turn (queue.js).
import { batch } from '@preact/signals';
import { arithmetic, exchanged, identity, keep, restore, showPlace, snapshotsOf } from './checkpoints.js';
import { startSettings } from './experiment.js';
import {
  canTrain,
  client,
  dispatch,
  kept,
  progress,
  results,
  stage,
  standing,
  started,
  startedWith,
  weightsVersion,
} from './model.js';

/** @typedef {import('./plan.js').Plan} Plan */

/** Trains to the end. */
export async function train() {
  const engine = client.peek();
  if (!engine || !canTrain.peek()) return;
  dispatch({ type: 'train', goal: 'end' });
  await engine.call('run', []).catch(() => {}); // the engine's end is reported by itself
}

/** Trains to the end of the epoch under way, then pauses; done as soon as it has begun. */
export async function trainEpoch() {
  const engine = client.peek();
  if (!engine || !canTrain.peek()) return;
  dispatch({ type: 'train', goal: 'epoch' });
  engine.call('epoch', []).then(
    (now) => {
      // Something else came between: it has said where training stands.
      const { stage: at, goal } = standing();
      if (client.peek() === engine && at === 'running' && goal === 'epoch' && now.step === 0) showPaused(now);
    },
    () => {}, // the engine's end is reported by itself
  );
}

/** One training step. */
export async function step() {
  const engine = client.peek();
  if (!engine || !canTrain.peek()) return;
  dispatch({ type: 'step' });
  await engine.call('step', []).catch(() => {});
}

export async function pause() {
  const engine = client.peek();
  if (!engine || stage.peek() !== 'running') return;
  dispatch({ type: 'pause' });
  const now = await engine.call('pause', []).catch(() => null);
  if (!now || client.peek() !== engine || stage.peek() !== 'running') return;
  showPaused(now);
  void keep(engine).catch(() => {});
}

/** @param {import('../engine/types').Progress} now */
function showPaused(now) {
  batch(() => {
    progress.value = now;
    dispatch({ type: 'paused' });
    weightsVersion.value++;
  });
}

/**
 * The three arms again. Goes on as any run does: an engine that dies on the way is replaced, and the trained rotation
 * network is kept before anything is put in its place.
 * @param {Plan} plan
 */
export async function runArms(plan) {
  const engine = client.peek();
  if (!engine || !results.peek()?.rotation) return;
  dispatch({ type: 'arms', plan });
  /** @type {import('./machine.js').Kept | null} */
  let before = null;
  try {
    await engine.call('pause', []);
    await keep(engine);
    before = kept.peek();
    // Rates may have been changed on the way; the settings of the pretext task are those it was trained with.
    const { pretext } = /** @type {import('../engine/types').ExperimentSettings} */ (started.peek());
    await exchanged(async () => {
      const { progress: now } = await engine.call('withArms', [{ ...startSettings(plan), pretext }]);
      const bytes = await engine.call('checkpoint', []);
      const next = { bytes, fused: arithmetic(), snapshots: await snapshotsOf(engine) };
      await showPlace(engine, now, next.fused);
      batch(() => {
        startedWith.value = JSON.stringify(plan);
        dispatch({ type: 'armsBegun', kept: { ...next, of: identity() } });
      });
    });
  } catch (error) {
    if (client.peek() !== engine) return; // the next engine goes on from what is kept
    dispatch({ type: 'armsRefused' });
    if (before) await restore(engine, before);
    throw error;
  }
  await engine.call('run', []).catch(() => {}); // the engine's end is reported by itself
}

/** Goes on as far as training was asked to. @param {import('./machine.js').Goal} goal */
export async function goOn(goal) {
  const { plan } = standing();
  if (goal === 'arms' && plan && results.peek()?.rotation) await runArms(plan);
  else if (goal === 'epoch') await trainEpoch();
  else if (goal !== '') await train();
}
