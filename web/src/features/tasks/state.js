// All pretext tasks one after the other, on an engine of their own: the same settings, seed and pictures.
import { batch, signal } from '@preact/signals';
import { ARMS, RUNS, giveSameData, labelled, startSettings } from '../../session/session.js';
import { budgetsOf } from '../../shared/budgets.js';
import { commandOf } from '../../shared/command.js';
import { comparison } from '../../shared/comparison.js';
import { runProbes } from '../../shared/probes.js';
import { addRun, epochsOf, rowOf } from '../../shared/runs.js';
import { openSecond, trainToEnd } from '../../shared/second-engine.js';
import { TASKS } from '../../shared/task.js';
import { shareOf } from './compare.js';

/** @typedef {import('../../engine/client.js').EngineClient} EngineClient */
/** @typedef {import('../../engine/types').Progress} Progress */
/** @typedef {import('../../engine/types').PretextTask} PretextTask */
/** @typedef {import('../../data/records.js').TaskRow} TaskRow */
/** @typedef {import('../../data/records.js').MarkedBudget} MarkedBudget */

/** Of a task's time, what the pretext task takes, and all training; for the progress bar alone. */
const [PRETEXT_SHARE, TRAINING_SHARE] = [0.7, 0.9];

/**
 * Where it stands.
 * @typedef {object} Standing
 * @property {PretextTask} task
 * @property {number} place from 1
 * @property {number} of
 * @property {{ run: import('../../engine/types').Run, epoch: number, epochs: number } | null} at null: reading from features
 * @property {number} share 0..1 of all
 */

/** Null: nothing is under way; `standing` null: its engine is opened. */
export const going = signal(/** @type {{ standing: Standing | null } | null} */ (null));
/** Why the last one has ended before its end; null: it has not. */
export const fault = signal(/** @type {unknown} */ (null));

/** What of a probe's answer is kept. @param {import('../../engine/types').ProbeAnswer} answer @returns {MarkedBudget[]} */
const marked = ({ budgets }) =>
  budgets.map(({ labels, right, of, accuracy, low, high, marks }) => ({
    ...{ labels, right, of, accuracy, low, high, marks },
  }));

let cancel = () => {};
export const stop = () => cancel();

/** Runs all tasks with the settings as they stand; what an earlier call has found stays until the first of them is done. */
export async function runAll() {
  if (going.peek()) return;
  const plan = startSettings();
  const labels = budgetsOf(labelled());
  const abort = new AbortController();
  /** @type {EngineClient | null} */
  let engine = null;
  cancel = () => {
    abort.abort();
    engine?.close();
  };
  fault.value = null;
  going.value = { standing: null };
  try {
    const opened = await openSecond();
    engine = opened.client;
    abort.signal.throwIfAborted();
    const data = await giveSameData(engine);
    /** @type {TaskRow[]} */
    const rows = [];
    let truth = new Uint8Array();
    for (const [place, task] of TASKS.entries()) {
      const of = TASKS.length;
      const say = (/** @type {Standing['at']} */ at, /** @type {number} */ inside) =>
        (going.value = { standing: { task, place: place + 1, of, at, share: shareOf(place, of, inside) } });
      say(null, 0);
      await engine.call('start', [{ ...plan, pretext: { ...plan.pretext, task } }]);
      if (place === 0) {
        truth = await engine.call('labels', ['test']);
        const budgets = marked(await engine.call('probe', [{ features: 'untrained', labels }]));
        rows.push({ run: '', task: 'untrained', answers: 0, pretext: null, budgets });
      }
      const settings = await engine.call('settings', []);
      await trainToEnd(engine, (now) => report(now, say), abort.signal);
      const found = await engine.call('results', []);
      say(null, TRAINING_SHARE);
      const budgets = marked(await engine.call('probe', [{ features: 'pretext', labels }]));
      const signature = await engine.call('signature', []);
      const { fused } = opened.report.info;
      const epochs = await epochsOf(engine);
      const command = commandOf(settings, data, fused, signature);
      const probes = runProbes({ pretext: budgets, untrained: rows[0].budgets });
      const row = rowOf({ settings, found, epochs, signature, data, fused, command, probes });
      rows.push({ run: row.id, task, answers: settings.task.classNames.length, pretext: row.rotation, budgets });
      const made = {
        epochs: settings.pretext.epochs,
        seed: Number(settings.seed),
        pixels: settings.preset,
        tests: data.test,
        source: data.source,
      };
      batch(() => {
        addRun(row);
        comparison.value = { rows: [...rows], truth, made };
      });
    }
  } catch (error) {
    if (!abort.signal.aborted) fault.value = error;
  } finally {
    engine?.close();
    going.value = null;
  }
}

/** @param {Progress} now @param {(at: Standing['at'], inside: number) => void} say */
function report(now, say) {
  if (now.phase === 'finished' || now.phase === 'failed') return;
  // The page trains the notebook's arms.
  const run = /** @type {import('../../engine/types').Run} */ (now.phase);
  const inside = now.epochs > 0 ? now.epoch / now.epochs : 0;
  const before = now.phase === 'pretext' ? 0 : (RUNS.indexOf(run) - 1 + inside) / ARMS.length;
  const share =
    now.phase === 'pretext' ? PRETEXT_SHARE * inside : PRETEXT_SHARE + (TRAINING_SHARE - PRETEXT_SHARE) * before;
  say({ run, epoch: Math.min(now.epoch + 1, now.epochs), epochs: now.epochs }, share);
}
