// The experiment as the page sees it: which engine runs, which data it has, where training stands. Features read the
// signals here and call the actions; none of them talks to the worker's loop itself.
import { batch, computed, effect, signal, untracked } from '@preact/signals';
import { ownFiles, useFiles } from '../data/sources.js';
import { NoBuildError } from '../engine/choose-build.js';
import { begunAhead, dataChoice, dataOf, offerFound, takeEngine } from './ahead.js';
import { markOnce } from './marks.js';
import { settingsFor, wanted } from './plan.js';
import { isFixed, settings } from './settings.js';

/** @typedef {import('../engine/types').Run} Run */
/** @typedef {import('../engine/types').Arm} Arm */
/** @typedef {import('../engine/types').Epoch} Epoch */
/** @typedef {import('../engine/client.js').EngineClient} EngineClient */

/** @type {readonly Arm[]} */
export const ARMS = ['self_supervised', 'random', 'supervised'];
/** @type {readonly Run[]} */
export const RUNS = ['pretext', ...ARMS];
/** @type {Record<Run, string>} */
export const RUN_TITLES = {
  pretext: 'Rotation',
  self_supervised: 'Self-supervised',
  random: 'Random features',
  supervised: 'Supervised',
};

/** @typedef {'opening' | 'loading' | 'ready' | 'running' | 'paused' | 'finished' | 'failed' | 'broken'} Stage */

/** failed: the experiment ended badly (a loss that is not finite); broken: there is no working engine. */
export const stage = signal(/** @type {Stage} */ ('opening'));
/** One line that says what is wrong; empty while nothing is. */
export const problem = signal('');
/** What went wrong and has been mended, for the visitor to know; empty: nothing. */
export const notice = signal('');
export const build = signal(/** @type {import('../engine/types').BuildReport | null} */ (null));
export const failedBuilds = signal(/** @type {import('../engine/types').Attempt[]} */ ([]));
export const client = signal(/** @type {EngineClient | null} */ (null));
export const dataInfo = signal(/** @type {import('../engine/types').DataInfo | null} */ (null));
/** Ids of the visitor's own digits that are among the labelled images; empty where none are. */
export const mixedIn = signal('');
export const progress = signal(/** @type {import('../engine/types').Progress | null} */ (null));
export const results = signal(/** @type {import('../engine/types').Results | null} */ (null));
export const signature = signal('');
/** The settings that the present experiment was started with, complete. */
export const started = signal(/** @type {import('../engine/types').ExperimentSettings | null} */ (null));

/** The learning rate was changed on the way: no settings give this run again. */
export const rateChanged = signal(false);

/** It was begun with one kind of arithmetic and went on with the other: no engine gives this run again. */
export const mixed = signal(false);

/** Counts the experiments that came to a good end here. */
export const endings = signal(0);

/** Finished epochs of each run. */
export const history = {
  pretext: signal(/** @type {Epoch[]} */ ([])),
  self_supervised: signal(/** @type {Epoch[]} */ ([])),
  random: signal(/** @type {Epoch[]} */ ([])),
  supervised: signal(/** @type {Epoch[]} */ ([])),
};

/** @typedef {{ epoch: number, loss: number, accuracy: number }} Trace running means inside the present epoch */
/** @typedef {{ run: Run, points: Trace[] }} RunTrace */
export const trace = signal(/** @type {RunTrace} */ ({ run: 'pretext', points: [] }));

/** Counts up, a few times a second at most, whenever the weights have changed: pictures of the networks follow it. */
export const weightsVersion = signal(0);
/** Counts up with every new data set or experiment. */
export const experimentVersion = signal(0);

export const canTrain = computed(() => stage.value === 'ready' || stage.value === 'paused');
const canPause = computed(() => ['running', 'paused', 'finished'].includes(stage.value));
export const begun = computed(() => {
  const now = progress.value;
  return now !== null && (now.phase !== 'pretext' || now.epoch > 0 || now.step > 0);
});

/** Share of all epochs done, 0..1; early stopping is not foreseen. */
export const share = computed(() => {
  const now = progress.value;
  const plan = started.value;
  if (!now || !plan) return 0;
  if (now.phase === 'finished') return 1;
  if (now.phase === 'failed') return 0;
  const weight = (/** @type {Run} */ run) => (run === 'pretext' ? 0.8 : 0.2 / 3);
  const place = RUNS.indexOf(now.phase);
  const before = RUNS.slice(0, place).reduce((sum, run) => sum + weight(run), 0);
  const inside = now.epochs > 0 ? (now.epoch + (now.steps > 0 ? now.step / now.steps : 0)) / now.epochs : 0;
  return before + weight(now.phase) * Math.min(1, inside);
});

const startedWith = signal('');
/**
 * How far training was asked to go: what a fresh engine goes on with after a crash, or after it was opened with other
 * threads. 'arms': the arms again, with the settings of `armsPlan`.
 */
let goal = /** @type {'' | 'epoch' | 'end' | 'arms'} */ ('');
/** @type {ReturnType<typeof wanted.peek> | null} */
let armsPlan = null;

/** The part of a plan that leaves the rotation network as it is. @param {ReturnType<typeof wanted.peek>} plan */
const partOfArms = ({ labels, armEpochs }) => ({ labels, armEpochs });
/** A plan as the engine takes it: more labels than the data has make no difference. @param {typeof wanted.value} plan */
const effective = (plan) => ({ ...plan, labels: Math.min(plan.labels, labelled() || Infinity) });
/** @param {typeof wanted.value} a @param {typeof wanted.value} b */
const samePlan = (a, b) => JSON.stringify(effective(a)) === JSON.stringify(effective(b));
/** The engine keeps rates as 32-bit floats. @param {number} a @param {number} b */
const sameRate = (a, b) => Math.fround(a) === Math.fround(b);

/** Runs that are over: another learning rate comes too late for them. @param {import('../engine/types').Progress | null} now */
function runsOver(now) {
  const present = now?.phase === 'failed' ? now.recovery?.run : now?.phase;
  if (!present) return [];
  return present === 'finished' ? RUNS : RUNS.slice(0, RUNS.indexOf(present));
}
/** Runs that were trained with another rate than is set now. */
const otherRates = computed(() => {
  const complete = started.value;
  if (!complete) return [];
  const [rate, armRate] = [settings.rate.value, settings.armRate.value];
  return runsOver(progress.value).filter((run) =>
    run === 'pretext'
      ? !sameRate(complete.pretext.learningRate, rate)
      : !sameRate(complete.arms[run].learningRate, armRate),
  );
});

/** The visitor has changed something that the present run can no longer have. */
export const restartWanted = computed(
  () =>
    startedWith.value !== '' && (!samePlan(wanted.value, JSON.parse(startedWith.value)) || otherRates.value.length > 0),
);

/** Rotation is trained, and only the arms' settings were changed: they can run anew on the same rotation network. */
export const armsWanted = computed(() => {
  if (!restartWanted.value || !results.value?.rotation || !canPause.value) return false;
  const pretextAsWanted = { ...JSON.parse(startedWith.value), ...partOfArms(wanted.value) };
  return samePlan(pretextAsWanted, wanted.value) && !otherRates.value.includes('pretext');
});

/** @param {unknown} error */
const words = (error) => (error instanceof Error ? error.message : String(error));

/** Work that replaces engine, data or experiment is done one piece at a time. @type {Promise<void>} */
let turn = Promise.resolve();
/** @param {() => Promise<void>} work */
function inTurn(work) {
  turn = turn.then(work).catch((error) => {
    problem.value = words(error);
  });
  return turn;
}

/**
 * The run as it stood a moment ago, for a fresh engine to go on from.
 * @typedef {object} Kept
 * @property {string} of which run it is
 * @property {Uint8Array} bytes
 * @property {boolean | null} fused the arithmetic it was made with; null: both kinds
 * @property {readonly import('../engine/types').Snapshot[]} snapshots the same list for as long as there is no new one
 */
const NOTHING_KEPT = Object.freeze({ of: '', bytes: new Uint8Array(), fused: null, snapshots: [] });
export const kept = signal(/** @type {Kept} */ (NOTHING_KEPT));
const CHECKPOINT_INTERVAL_MILLISECONDS = 5000;

/** What makes a run this very run: its settings and its data. */
export const identity = () => JSON.stringify([startedWith.peek(), loaded, dataInfo.peek()]);

const arithmetic = () => (mixed.peek() ? null : (build.peek()?.info.fused ?? null));

/** There is a checkpoint of the present run. */
const isKept = () => kept.peek().bytes.length > 0 && kept.peek().of === identity();

/**
 * The engine holds another run than the page shows: it is being given one. What it would give as a checkpoint meanwhile
 * is not the present run.
 */
let exchanging = false;
/** Counts the exchanges. */
let exchange = 0;

/** Work during which the engine does not hold the run that the page shows. @template T @param {() => Promise<T>} work */
async function exchanged(work) {
  exchanging = true;
  exchange++;
  try {
    return await work();
  } finally {
    exchanging = false;
  }
}

/** @param {EngineClient} engine */
async function keep(engine) {
  if (exchanging) return;
  const [of, turnOf] = [identity(), exchange];
  const bytes = await engine.call('checkpoint', []);
  const snapshots = await snapshotsOf(engine);
  if (of === identity() && turnOf === exchange) kept.value = { of, bytes, fused: arithmetic(), snapshots };
}

/** All snapshots, the list that is kept already where it has not changed. @param {EngineClient} engine */
async function snapshotsOf(engine) {
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
async function restore(engine, { bytes, fused, snapshots }) {
  await showPlace(engine, await engine.call('restore', [bytes, snapshots]), fused);
}

/**
 * Shows another place in an experiment, or another experiment.
 * @param {EngineClient} engine
 * @param {import('../engine/types').Progress} now
 * @param {boolean | null} fused the arithmetic of its past; null: both kinds
 */
async function showPlace(engine, now, fused) {
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
    problem.value = now.failure;
    stage.value = now.phase === 'finished' ? 'finished' : now.phase === 'failed' ? 'failed' : 'paused';
    weightsVersion.value++;
    experimentVersion.value++;
  });
}

/**
 * Puts a run that was kept earlier in the place of the present one. The settings must be that run's by now.
 * @param {Omit<Kept, 'of'>} checkpoint
 * @returns {Promise<boolean>} whether it went well; if not, `problem` says why
 */
export async function takeUp(checkpoint) {
  let done = false;
  await inTurn(async () => {
    if (JSON.stringify(loaded) !== JSON.stringify(dataChoice())) await loadData();
    const engine = client.peek();
    if (!engine || !dataInfo.peek()) throw new Error('there is no engine to go on with');
    await engine.call('pause', []);
    await startExperiment(); // the engine compares the checkpoint's pixels with those of the present run
    try {
      await exchanged(() => restore(engine, checkpoint));
    } catch (error) {
      if (client.peek() === engine) throw error;
      // The engine died of something else, or of this: the next one tries it.
    }
    kept.value = { ...checkpoint, of: identity(), fused: arithmetic() };
    done = true;
  });
  return done;
}

/** The three arms again with the settings as they are, on the rotation network as it is. */
export function rerunArms() {
  const plan = { ...JSON.parse(startedWith.peek()), ...partOfArms(wanted.peek()) };
  return inTurn(() => runArms(plan));
}

/**
 * Goes on as any run does: an engine that dies on the way is replaced, and the trained rotation network is kept before
 * anything is put in its place.
 * @param {typeof wanted.value} plan
 */
async function runArms(plan) {
  const engine = client.peek();
  if (!engine) return;
  goal = 'arms';
  armsPlan = plan;
  /** @type {Omit<Kept, 'of'> | null} */
  let before = null;
  try {
    await engine.call('pause', []);
    await keep(engine);
    before = kept.peek();
    // Rates may have been changed on the way; the settings of the pretext task are those it was trained with.
    const pretext = /** @type {import('../engine/types').ExperimentSettings} */ (started.peek()).pretext;
    await exchanged(async () => {
      const { progress: now } = await engine.call('withArms', [{ ...startSettings(plan), pretext }]);
      const bytes = await engine.call('checkpoint', []);
      const next = { bytes, fused: arithmetic(), snapshots: await snapshotsOf(engine) };
      await showPlace(engine, now, next.fused);
      batch(() => {
        startedWith.value = JSON.stringify(plan);
        kept.value = { ...next, of: identity() };
        stage.value = 'running';
      });
      goal = 'end';
    });
  } catch (error) {
    if (client.peek() !== engine) return; // the next engine goes on from what is kept
    goal = '';
    if (before) await restore(engine, before);
    throw error;
  }
  await engine.call('run', []).catch(() => {}); // the engine's end is told by itself
}

/** Goes on as far as training was asked to; called in turn. @param {typeof goal} target */
async function goOn(target) {
  if (target === 'arms' && armsPlan && results.peek()?.rotation) await runArms(armsPlan);
  else if (target === 'epoch') void trainEpoch();
  else if (target !== '') void train();
}

/** Opens an engine, loads the chosen data, and goes on with the present run where there is one, else starts afresh. */
export function openLab() {
  crashes = 0;
  return inTurn(async () => {
    const old = client.peek();
    // What it trains until it has answered is trained again by the next one.
    if (old && begun.peek()) await keep(old).catch(() => {});
    old?.close();
    const target = goal;
    notice.value = '';
    if (await open(settings.build.peek())) await goOn(target);
  });
}

/** @param {string} forced build, or 'auto' @returns {Promise<boolean>} whether there is an engine, with data */
async function open(forced) {
  batch(() => {
    client.value = null;
    stage.value = 'opening';
    problem.value = '';
  });
  try {
    const opened = await takeEngine(forced);
    batch(() => {
      build.value = opened.report;
      failedBuilds.value = opened.report.passed;
      client.value = opened.client;
    });
    markOnce('engine');
    listen(opened.client);
  } catch (error) {
    batch(() => {
      build.value = null;
      failedBuilds.value = error instanceof NoBuildError ? error.passed : [];
      stage.value = 'broken';
      problem.value = words(error);
    });
    return false;
  }
  const run = isKept() ? kept.peek() : null;
  const target = goal;
  // The controls may say something else by now; what was kept is a run of the old settings.
  await loadData({ fresh: true, plan: run ? JSON.parse(startedWith.peek()) : undefined });
  const engine = client.peek();
  if (!engine || stage.peek() !== 'ready') return false;
  if (run && run.of === identity()) {
    // Also where this engine dies before it has resumed the run.
    kept.value = run;
    goal = target;
    await exchanged(() => restore(engine, run));
  }
  return true;
}

/** Engines that died one after the other, without any training in between. */
let crashes = 0;
const MOST_CRASHES = 3;

/**
 * A fresh engine in the place of one that died, of the same build where that is possible: another one may round
 * otherwise. It goes on as the old one would have.
 * @param {string} reason
 */
function revive(reason) {
  const target = goal;
  const same = build.peek()?.build ?? settings.build.peek();
  const said = `The engine stopped: ${reason}.`;
  crashes++;
  batch(() => {
    client.value = null;
    stage.value = 'opening';
    notice.value = `${said} A fresh one is being opened…`;
  });
  void inTurn(async () => {
    if (client.peek()) return;
    if (crashes > MOST_CRASHES) {
      batch(() => {
        notice.value = '';
        stage.value = 'broken';
        problem.value = `${said} So did ${MOST_CRASHES} fresh ones. ${
          isKept()
            ? 'The run is kept: close other tabs, then start the engine again.'
            : 'Close other tabs, then start the engine again.'
        }`;
      });
      return;
    }
    if (!(await open(same)) && !client.peek() && same !== settings.build.peek()) await open(settings.build.peek());
    const engine = client.peek();
    if (!engine || stage.peek() === 'broken') {
      notice.value = '';
      return;
    }
    const now = progress.peek();
    const place = begun.peek() && now ? ` with ${placeOf(now)}` : '';
    notice.value = `${said} A fresh one ${begun.peek() ? `has gone on${place}; nothing else is lost` : 'is ready'}.`;
    await goOn(target);
  });
}

/** @param {import('../engine/types').Progress} now */
const placeOf = ({ phase, epoch, step: done }) =>
  phase === 'finished' || phase === 'failed' ? 'the result' : `${RUN_TITLES[phase]}, epoch ${epoch + 1}, step ${done}`;

/** Loads the chosen data into the engine that is open; a failure leaves the present data as it was. */
export function reloadData() {
  return inTurn(() => loadData());
}

/** A fresh experiment with the present settings on the present data. */
export function restart() {
  return inTurn(() => startExperiment());
}

/** The visitor's files that are in the engine; null where they are not. */
export const loadedFiles = () => loaded?.own ?? null;
/** The settings of the data that are in the engine. @type {import('./ahead.js').DataChoice | null} */
let loaded = null;

/** The settings that give the present run, where the visitor may have changed some since. */
export function runSettings() {
  const { pretext, ...plan } = JSON.parse(startedWith.peek());
  return { ...plan, ...pretext, ...(loaded ?? dataChoice()) };
}

/** Gives another engine the data of this one. @param {EngineClient} other */
export async function giveSameData(other) {
  const [engine, info] = [client.peek(), dataInfo.peek()];
  if (!engine || !info) throw new Error('there are no digits yet');
  return other.call('loadIdx', [await engine.call('wholeData', []), info.source]);
}

/**
 * @param {{ fresh?: boolean, plan?: ReturnType<typeof wanted.peek> }} [options] `fresh`: the engine has no data yet
 */
async function loadData({ fresh = false, plan = wanted.peek() } = {}) {
  const engine = client.peek();
  if (!engine) return;
  const before = stage.peek();
  stage.value = 'loading';
  let missing = '';
  try {
    if (!fresh) await engine.call('pause', []).catch(() => {});
    const own = fresh && settings.data.peek() === 'own';
    if (own && !(await findOwnFiles()) && !isFixed('data')) {
      settings.data.value = loaded?.data ?? 'auto';
      missing =
        'This browser has none of your files: choose them below, under “The data”. Until then these are other pictures.';
    }
    const choice = dataChoice();
    const answer = await begin(engine, choice, settingsFor(plan));
    markOnce('data');
    const mine = settings.mine.peek() === 'train' ? await mineAmongLabelled(engine) : null;
    loaded = choice;
    batch(() => {
      dataInfo.value = mine?.info ?? answer.info;
      mixedIn.value = mine?.ids ?? '';
      if (!mine) takeStart(plan, answer);
    });
    if (mine) await startExperiment(plan);
  } catch (error) {
    stage.value = fresh || !dataInfo.peek() ? 'broken' : before === 'running' ? 'paused' : before;
    if (stage.peek() === 'paused') goal = '';
    throw error;
  }
  if (missing) problem.value = missing;
}

/** @param {EngineClient} engine @param {ReturnType<typeof dataChoice>} choice @param {import('../engine/types').StartSettings} start */
async function begin(engine, choice, start) {
  const ahead = begunAhead(engine);
  if (ahead && JSON.stringify([ahead.choice, ahead.start]) === JSON.stringify([choice, start])) return ahead.answer;
  await ahead?.answer.catch(() => {}); // else it would come later and undo this
  await offerFound;
  const data = dataOf(choice);
  const transfer = data.kind === 'idx' ? Object.values(data.files).map(({ buffer }) => buffer) : [];
  return engine.call('begin', [data, start], { transfer });
}

/** Whether there are files of the visitor's, if need be those that an earlier visit used. */
async function findOwnFiles() {
  if (ownFiles.peek().files.length > 0) return true;
  const { lastOwn } = await import('../data/kept-files.js');
  const own = await lastOwn();
  if (own) useFiles(own);
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

async function startExperiment(plan = wanted.peek()) {
  const engine = client.peek();
  if (!engine || !dataInfo.peek()) return;
  takeStart(plan, await engine.call('start', [startSettings(plan)]));
}

/**
 * @param {typeof wanted.value} plan
 * @param {{ progress: import('../engine/types').Progress, settings: import('../engine/types').ExperimentSettings }} fresh
 */
function takeStart(plan, fresh) {
  goal = '';
  batch(() => {
    kept.value = NOTHING_KEPT;
    startedWith.value = JSON.stringify(plan);
    started.value = fresh.settings;
    progress.value = fresh.progress;
    for (const run of RUNS) history[run].value = [];
    trace.value = { run: 'pretext', points: [] };
    results.value = null;
    signature.value = '';
    rateChanged.value = false;
    mixed.value = false;
    problem.value = '';
    stage.value = 'ready';
    weightsVersion.value++;
    experimentVersion.value++;
  });
}

/** How many images the labelled slice holds. */
export function labelled() {
  const [first, last] = dataInfo.value?.splits.downstream ?? [0, 0];
  return last - first;
}

export async function train() {
  const engine = client.peek();
  if (!engine || !canTrain.peek()) return;
  stage.value = 'running';
  goal = 'end';
  await engine.call('run', []).catch(() => {}); // the engine's end is told by itself
}

/** Lets a run that has diverged go on from its last good epoch. @param {number} rate */
export function goOnSlower(rate) {
  return inTurn(async () => {
    const engine = client.peek();
    const run = progress.peek()?.recovery?.run;
    if (!engine || !run) return;
    const now = await engine.call('goOn', [rate]);
    const complete = await engine.call('settings', []);
    batch(() => {
      progress.value = now;
      started.value = complete;
      rateChanged.value = complete.rateChangedMidway;
      problem.value = '';
      stage.value = 'paused';
      settings[run === 'pretext' ? 'rate' : 'armRate'].value = rate;
      weightsVersion.value++;
    });
    await train();
  });
}

export async function pause() {
  const engine = client.peek();
  if (!engine || stage.peek() !== 'running') return;
  goal = '';
  // The slice under way still counts: paused is what the worker says, not what was asked.
  const now = await engine.call('pause', []).catch(() => null);
  if (!now || client.peek() !== engine || stage.peek() !== 'running') return;
  batch(() => {
    progress.value = now;
    stage.value = 'paused';
    weightsVersion.value++;
  });
  await keep(engine).catch(() => {});
}

export async function step() {
  const engine = client.peek();
  if (!engine || !canTrain.peek()) return;
  stage.value = 'paused';
  await engine.call('step', []).catch(() => {});
}

/** Trains to the end of the epoch under way, then pauses. */
export async function trainEpoch() {
  const engine = client.peek();
  if (!engine || !canTrain.peek()) return;
  stage.value = 'running';
  goal = 'epoch';
  const now = await engine.call('epoch', []).catch(() => null);
  // Something else came between: it has said where training stands.
  if (!now || client.peek() !== engine || stage.peek() !== 'running' || now.step > 0) return;
  goal = '';
  batch(() => {
    progress.value = now;
    stage.value = 'paused';
    weightsVersion.value++;
  });
}

/** Does it on the next frame, or soon where the tab is hidden and has no frames. @param {() => void} work */
function onFrame(work) {
  if (document.hidden) setTimeout(work, 200);
  else requestAnimationFrame(work);
}

/** Figures that change faster than this cannot be read, and every painting takes time from the training. */
const PAINT_INTERVAL_MILLISECONDS = 250;

/** @param {EngineClient} engine */
function listen(engine) {
  /** @type {import('../engine/types').WorkerEvents['progress'] | null} */
  let latest = null;
  /** @type {ReturnType<typeof setTimeout> | undefined} */
  let waiting;
  let framed = false;
  let painted = 0;
  let checkpointed = -CHECKPOINT_INTERVAL_MILLISECONDS;
  /** @type {Epoch[]} */
  let arrived = [];
  /** @type {Trace[]} */
  let points = [];

  const paint = () => {
    framed = false;
    painted = performance.now();
    if (client.peek() !== engine) return;
    batch(() => {
      for (const run of RUNS) {
        const fresh = arrived.filter((epoch) => epoch.run === run);
        if (fresh.length > 0) history[run].value = [...history[run].peek(), ...fresh];
      }
      if (latest) {
        const now = latest.progress;
        progress.value = now;
        if (now.phase !== 'finished' && now.phase !== 'failed') {
          const same = trace.peek().run === now.phase && arrived.length === 0;
          trace.value = { run: now.phase, points: same ? [...trace.peek().points, ...points] : points };
        } else {
          trace.value = { ...trace.peek(), points: [] };
        }
      }
      weightsVersion.value++;
    });
    arrived = [];
    points = [];
  };
  const paintNext = () => {
    waiting = undefined;
    framed = true;
    onFrame(paint);
  };
  /** @param {boolean} soon a visitor waits for it */
  const schedule = (soon) => {
    if (framed || (waiting !== undefined && !soon)) return;
    clearTimeout(waiting);
    if (soon) paintNext();
    else waiting = setTimeout(paintNext, Math.max(0, painted + PAINT_INTERVAL_MILLISECONDS - performance.now()));
  };

  const offs = [
    engine.on('epochs', (epochs) => {
      arrived.push(...epochs);
      points = [];
    }),
    engine.on('progress', (report) => {
      latest = report;
      crashes = 0;
      const { step: done, steps, epoch, loss, accuracy } = report.progress;
      if (done > 0) markOnce('first step');
      if (done > 0 && steps > 0) points.push({ epoch: epoch + done / steps, loss, accuracy });
      schedule(!report.running);
      if (performance.now() - checkpointed > CHECKPOINT_INTERVAL_MILLISECONDS) {
        checkpointed = performance.now();
        void keep(engine).catch(() => {});
      }
    }),
    engine.on('ended', (end) => {
      schedule(true);
      batch(() => {
        stage.value = end.phase === 'failed' ? 'failed' : 'finished';
        if (end.phase === 'failed') problem.value = end.failure;
      });
      const version = experimentVersion.peek();
      const epochs = RUNS.map((run) => engine.call('history', [run]));
      const asked = Promise.all([engine.call('signature', []), engine.call('results', []), ...epochs]);
      const show = (/** @type {Awaited<typeof asked>} */ [text, found, ...histories]) => {
        if (version !== experimentVersion.peek()) return;
        arrived = [];
        batch(() => {
          // A run that failed may have gone back to its beginning.
          RUNS.forEach((run, i) => (history[run].value = histories[i]));
          results.value = found;
          signature.value = text;
          if (end.phase === 'finished') endings.value++;
        });
        return keep(engine);
      };
      // Until the end is kept, an engine that dies has to come to it again.
      asked
        .then(show)
        .then(() => {
          if (version === experimentVersion.peek() && goal !== 'arms') goal = '';
        })
        .catch(() => {}); // the engine's own end is told by itself
    }),
    engine.on('crashed', (reason) => {
      if (client.peek() === engine) revive(reason);
    }),
  ];

  // A fresh experiment forgets what the old one still had on its way.
  offs.push(
    experimentVersion.subscribe(() => {
      latest = null;
      arrived = [];
      points = [];
    }),
  );
}

/** Keeps results and learning rates in step; called once. */
export function followLab() {
  // Results change when a run ends: that is when the phase changes.
  const phase = computed(() => progress.value?.phase);
  effect(() => {
    const engine = client.value;
    if (!engine || !phase.value || experimentVersion.value === 0) return;
    void engine
      .call('results', [])
      .then((now) => (results.value = now))
      .catch(() => {});
  });
  const rates = computed(() => [settings.rate.value, settings.armRate.value]);
  effect(() => {
    const [rate, armRate] = rates.value;
    const engine = untracked(() => client.value);
    if (!engine || !started.peek()) return;
    const version = experimentVersion.peek();
    const over = runsOver(progress.peek());
    const changes = RUNS.filter((run) => !over.includes(run)).map((run) =>
      engine.call('setLearningRate', [run, run === 'pretext' ? rate : armRate]),
    );
    Promise.all([...changes, engine.call('settings', [])])
      .then((answers) => {
        if (client.peek() !== engine || experimentVersion.peek() !== version) return;
        const now = /** @type {import('../engine/types').ExperimentSettings} */ (answers.at(-1));
        batch(() => {
          started.value = now;
          rateChanged.value = now.rateChangedMidway;
        });
      })
      .catch((error) => (problem.value = words(error)));
  });
}
