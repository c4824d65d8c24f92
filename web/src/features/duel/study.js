// Several runs one after the other, on an engine of their own beside the page's: repeats over seeds, and a sweep over
// label budgets. Each run is the same computation as that run alone. Within one seed the pretext task is trained once,
// since it knows nothing of labels.
import { signal } from '@preact/signals';
import {
  client,
  example,
  giveSameData,
  labelled,
  mixed,
  rateChanged,
  restartWanted,
  results,
  startSettings,
  started,
} from '../../session/session.js';
import { commandOf } from '../../shared/command.js';
import { budgetsOf } from '../../shared/budgets.js';
import { runProbes } from '../../shared/probes.js';
import { addRun, epochsOf, rowOf } from '../../shared/runs.js';
import { openSecond, trainToEnd } from '../../shared/second-engine.js';
import { PROPERTIES } from '../../state/properties.js';

/** @typedef {import('../../engine/client.js').EngineClient} EngineClient */

/**
 * Where a study stands.
 * @typedef {object} Step
 * @property {number} seed
 * @property {number} place of the seed among the seeds, from 1
 * @property {number} seeds how many there are
 * @property {number} labels
 * @property {import('../../engine/types').Run} run
 * @property {number} epoch from 1
 * @property {number} epochs
 */
/** @typedef {{ step: Step | null, share: number }} Study `step`: null while its engine is opened */

/** What the study is at, or null. */
export const study = signal(/** @type {Study | null} */ (null));

/** Why the last study has ended before its end; null: it has not. */
export const studyProblem = signal(/** @type {unknown} */ (null));

/** Seeds one after the other, all within their range: the first is lower where it must be. @param {number} first @param {number} count */
export function seedsFrom(first, count) {
  const start = Math.min(first, PROPERTIES.seed.max - count + 1);
  return Array.from({ length: count }, (_, i) => start + i);
}

/** Ends the study under way. */
let cancel = () => {};
export const cancelStudy = () => cancel();

/** Share of a seed's time that its pretext task takes, for the progress bar alone. */
const PRETEXT_SHARE = 0.7;

/** The page's own run where its rotation network is trained and is what `plan` would train. */
async function trainedByPage() {
  const engine = client.peek();
  if (!engine || !results.peek()?.rotation || example.peek()) return null;
  if (restartWanted.peek() || rateChanged.peek() || mixed.peek()) return null;
  return { seed: started.peek()?.seed, bytes: await engine.call('checkpoint', []) };
}

/**
 * Runs each seed with each number of labels, with the settings as they stand, and adds every run to the table.
 * @param {{ seeds: number[], budgets: number[] }} wanted
 */
export async function runStudy({ seeds, budgets }) {
  if (study.peek()) return;
  const plan = startSettings();
  const numbers = [...new Set(budgets.map((labels) => Math.min(labels, labelled())))];
  const stop = new AbortController();
  /** @type {EngineClient | null} */
  let engine = null;
  cancel = () => {
    stop.abort();
    engine?.close();
  };
  studyProblem.value = null;
  study.value = { step: null, share: 0 };
  try {
    const opened = await openSecond();
    engine = opened.client;
    stop.signal.throwIfAborted();
    const data = await giveSameData(engine);
    const byPage = await trainedByPage();
    const { fused } = opened.report.info;
    for (const [place, seed] of seeds.entries()) {
      const trained = byPage && byPage.seed === seed ? byPage.bytes : null;
      /** @type {import('../../data/records.js').RunProbes | undefined} */
      let probes;
      for (const [turn, labels] of numbers.entries()) {
        if (turn === 0) await engine.call('start', [{ ...plan, seed, labels }]);
        if (turn === 0 && trained) await engine.call('restore', [trained]);
        if (turn > 0 || trained) await engine.call('withArms', [{ ...plan, seed, labels }]);
        const settings = await engine.call('settings', []);
        await trainToEnd(
          engine,
          (now) => {
            if (now.phase === 'finished' || now.phase === 'failed') return;
            const inside = now.epochs > 0 ? now.epoch / now.epochs : 0;
            const arms = (turn + (now.phase === 'pretext' ? 0 : 0.5)) / numbers.length;
            const within =
              now.phase === 'pretext' ? PRETEXT_SHARE * inside : PRETEXT_SHARE + (1 - PRETEXT_SHARE) * arms;
            study.value = {
              step: {
                seed,
                place: place + 1,
                seeds: seeds.length,
                labels,
                run: /** @type {import('../../engine/types').Run} */ (now.phase),
                epoch: Math.min(now.epoch + 1, now.epochs),
                epochs: now.epochs,
              },
              share: (place + within) / seeds.length,
            };
          },
          stop.signal,
        );
        const signature = await engine.call('signature', []);
        const read = async (/** @type {'pretext' | 'untrained'} */ features) =>
          (await opened.client.call('probe', [{ features, labels: budgetsOf(labelled()) }])).budgets;
        // Of a seed they are the same whatever labels the arms have.
        probes ??= runProbes({ pretext: await read('pretext'), untrained: await read('untrained') });
        addRun(
          rowOf({
            settings,
            found: await engine.call('results', []),
            epochs: await epochsOf(engine),
            signature,
            data,
            fused,
            command: commandOf(settings, data, fused, signature),
            probes,
          }),
        );
      }
    }
  } catch (error) {
    if (!stop.signal.aborted) studyProblem.value = error;
  } finally {
    engine?.close();
    study.value = null;
  }
}
