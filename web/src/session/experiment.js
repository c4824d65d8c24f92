// Loads data into the engine and starts experiments on them.
import { batch } from '@preact/signals';
import { ownFiles } from '../data/sources.js';
import { RUNS } from '../engine/runs.js';
import { markOnce } from '../state/marks.js';
import { isFixed, settings } from '../state/settings.js';
import { begunAhead, dataChoice, dataOf, offerFound } from './ahead.js';
import {
  client,
  dataInfo,
  dispatch,
  example,
  experimentVersion,
  history,
  labelled,
  loaded,
  mixed,
  mixedIn,
  problem,
  progress,
  rateChanged,
  results,
  signature,
  started,
  startedWith,
  trace,
  weightsVersion,
} from './model.js';
import { settingsFor, wanted } from './plan.js';
import { SessionFault, remark } from './said.js';

/** @typedef {import('../engine/client.js').EngineClient} EngineClient */
/** @typedef {import('./plan.js').Plan} Plan */

/**
 * Loads the chosen data into the engine that is open and starts an experiment; a failure leaves the present data as it was.
 * @param {{ fresh?: boolean, plan?: Plan }} [options] `fresh`: the engine has no data yet
 */
export async function loadData({ fresh = false, plan = wanted.peek() } = {}) {
  const engine = client.peek();
  if (!engine) return;
  if (!fresh) {
    await leaveExample();
    dispatch({ type: 'load' });
  }
  let missing = false;
  try {
    if (!fresh) await engine.call('pause', []).catch(() => {});
    const own = fresh && settings.data.peek() === 'own';
    if (own && !(await findOwnFiles()) && !isFixed('data')) {
      settings.data.value = loaded.peek()?.data ?? 'auto';
      missing = true;
    }
    const choice = dataChoice();
    const answer = await begin(engine, choice, settingsFor(plan));
    markOnce('data');
    const mine = settings.mine.peek() === 'train' ? await mineAmongLabelled(engine) : null;
    loaded.value = choice;
    batch(() => {
      dataInfo.value = mine?.info ?? answer.info;
      mixedIn.value = mine?.ids ?? '';
      if (!mine) takeStart(plan, answer);
    });
    if (mine) await startExperiment(plan);
  } catch (error) {
    dispatch({ type: 'notLoaded', broken: fresh || !dataInfo.peek() });
    throw error;
  }
  if (missing) problem.value = remark('noOwnFiles');
}

/** @param {EngineClient} engine @param {ReturnType<typeof dataChoice>} choice @param {import('../engine/types').StartSettings} start */
async function begin(engine, choice, start) {
  const ahead = begunAhead(engine);
  if (ahead && JSON.stringify([ahead.choice, ahead.start]) === JSON.stringify([choice, start])) return ahead.answer;
  await ahead?.answer.catch(() => {}); // else it would come later and undo this
  await offerFound();
  const data = dataOf(choice);
  const transfer = data.kind === 'idx' ? Object.values(data.files).map(({ buffer }) => buffer) : [];
  return engine.call('begin', [data, start], { transfer });
}

/** Whether there are files of the visitor's, if need be those that an earlier visit used. */
async function findOwnFiles() {
  if (ownFiles.peek().files.length > 0) return true;
  const { lastOwn } = await import('../data/kept-files.js');
  const own = await lastOwn();
  if (own) (await import('../data/own-files.js')).useFiles(own);
  return own !== null;
}

/** Puts the visitor's own digits among the labelled images of the data just loaded; null where there are none. @param {EngineClient} engine */
async function mineAmongLabelled(engine) {
  const { identityOf, myDigits, nameOfMine, readMyDigits } = await import('../data/my-digits.js');
  await readMyDigits();
  const digits = myDigits.peek();
  if (digits.length === 0) return null;
  const images = digits.map(({ pixels }) => pixels);
  const labels = digits.map(({ label }) => label);
  return { info: await engine.call('mixIn', [{ images, labels, name: nameOfMine() }]), ids: identityOf(digits) };
}

/** What a fresh experiment is started with. @returns {import('../engine/types').StartSettings} */
export function startSettings(plan = wanted.peek()) {
  return { ...settingsFor(plan), labels: Math.min(plan.labels, labelled()) };
}

/** A fresh experiment on the present data, where there are some. */
export async function startExperiment(plan = wanted.peek()) {
  const engine = client.peek();
  if (!engine || !dataInfo.peek()) return;
  takeStart(plan, await engine.call('start', [startSettings(plan)]));
}

/** The beginning of a run of the visitor's in the place of the example, where that is shown. */
export async function leaveExample() {
  if (example.peek()) await startExperiment();
}

/**
 * @param {Plan} plan
 * @param {{ progress: import('../engine/types').Progress, settings: import('../engine/types').ExperimentSettings }} fresh
 */
function takeStart(plan, fresh) {
  batch(() => {
    example.value = '';
    startedWith.value = JSON.stringify(plan);
    started.value = fresh.settings;
    progress.value = fresh.progress;
    for (const run of RUNS) history[run].value = [];
    trace.value = { run: 'pretext', points: [] };
    results.value = null;
    signature.value = '';
    rateChanged.value = false;
    mixed.value = false;
    problem.value = null;
    dispatch({ type: 'started' });
    weightsVersion.value++;
    experimentVersion.value++;
  });
}

/** The visitor's files that are in the engine; null where they are not. */
export const loadedFiles = () => loaded.peek()?.own ?? null;

/** The settings that give the present run, where the visitor may have changed some since. */
export function runSettings() {
  const { pretext, ...plan } = JSON.parse(startedWith.peek());
  return { ...plan, ...pretext, ...(loaded.peek() ?? dataChoice()) };
}

/** Gives another engine the data of this one. @param {EngineClient} other */
export async function giveSameData(other) {
  const [engine, info] = [client.peek(), dataInfo.peek()];
  if (!engine || !info) throw new SessionFault('noData');
  return other.call('loadIdx', [await engine.call('wholeData', []), info.source]);
}
