// Autosave: the run as it stands and the table of runs, kept in this browser and offered after a reload.
import { batch, effect, signal, untracked } from '@preact/signals';
import { readFile, useFiles } from '../../data/own-files.js';
import { noteOf, ownFiles } from '../../data/sources.js';
import {
  begun,
  dataInfo,
  identity,
  keepRun,
  kept,
  loadedFiles,
  notify,
  problem,
  progress,
  reportProblem,
  resumeRun,
  runSettings,
} from '../../session/session.js';
import { beforeReload } from '../../offline/reload.js';
import { Fault } from '../../state/fault.js';
import { fault, faultOf } from '../../fault-data.js';
import { address, keepsLesson, takeSettings } from '../../state/settings.js';
import { keptTrack, resumeTrack } from '../../shared/probes.js';
import { comparison } from '../../shared/comparison.js';
import { runs } from '../../shared/runs.js';
import { VERSION, areMoments, isComparison, isRow, isRun, sourceOf, timeOf } from '../../data/records.js';
import { enter, list, pageId, prune, read, remove, stateOf, write, writeTogether } from './store.js';

/** @typedef {import('../../data/records.js').KeptRun} KeptRun */

/** @typedef {Pick<KeptRun, 'place' | 'seed' | 'source'> & { task: string }} Standing where a run stands; `task`: of its address */

/** A run of an earlier page; `stands`: null where it cannot be resumed. */
export const offer = signal(/** @type {{ id: string, time: number, stands: Standing | null } | null} */ (null));
/** When, and how much, this page has last kept of its run. */
export const lastKept = signal(/** @type {{ time: number, bytes: number } | null} */ (null));
/** Why nothing can be kept; null while all is well. */
export const keepProblem = signal(/** @type {Fault | null} */ (null));

const RELOAD_MILLISECONDS = 1000;
const MOST_RUNS = 3;
const MOST_TABLES = 10;
const MOST_COMPARISONS = 3;

/** @param {unknown} error */
function refused(error) {
  const full = error instanceof DOMException && error.name === 'QuotaExceededError';
  keepProblem.value = full ? new Fault('storageFull') : new Fault('storageRefused', { why: faultOf(error) });
}

/** Where the present run stands. @returns {Omit<Standing, 'task'>} */
function standing() {
  const now = progress.peek();
  const inside = now && now.steps > 0 ? now.step / now.steps : 0;
  const over = now?.phase === 'finished' || now?.phase === 'failed';
  const share = over ? 1 : Math.min(1, ((now?.epoch ?? 0) + inside) / Math.max(1, now?.epochs ?? 1));
  return {
    place: now && { phase: /** @type {import('../../engine/types').Phase} */ (now.phase), share },
    seed: runSettings().seed,
    source: dataInfo.peek()?.source ?? '',
  };
}

/** One writing at a time, and of those that wait only the last. */
let writing = Promise.resolve();
let latest = 0;
/** @param {() => Promise<void>} work */
function inTurn(work) {
  const mine = ++latest;
  writing = writing.then(async () => {
    if (mine !== latest) return;
    try {
      await work();
      keepProblem.value = null;
    } catch (error) {
      refused(error);
    }
  });
}

/** The page whose kept run was resumed: needless as soon as this page has kept it. */
let takenFrom = '';

/** Snapshots are much, and new ones are rare: they are written only then. @type {import('../../session/session.js').Kept['snapshots']} */
let written = [];

/** @param {string} id */
async function removeRun(id) {
  await remove('run', id);
  await remove('moments', id);
}

/** @param {import('../../session/session.js').Kept} run */
async function keepIt({ bytes, fused, snapshots }) {
  /** @type {KeptRun} */
  const record = {
    version: VERSION,
    time: Date.now(),
    search: new URL(address(runSettings()), location.href).search,
    ...standing(),
    bytes,
    fused,
    own: loadedFiles(),
    track: keptTrack(),
  };
  await writeTogether({ run: record, ...(snapshots === written ? {} : { moments: snapshots }) }, pageId);
  written = snapshots;
  const size = snapshots.reduce((sum, { weights }) => sum + weights.byteLength, bytes.length);
  lastKept.value = { time: record.time, bytes: size };
  if (takenFrom && (await stateOf(takenFrom)) === 'closed') await removeRun(takenFrom);
  takenFrom = '';
  await prune('run', MOST_RUNS);
  await prune('moments', MOST_RUNS);
}

/** @param {string | null} before the name of this page before its reload */
async function findOffer(before) {
  const candidates = await list('run');
  if (before && candidates.includes(before)) candidates.unshift(before);
  for (const id of candidates) {
    if ((await stateOf(id, id === before ? RELOAD_MILLISECONDS : 0)) === 'open') continue;
    const record = await read('run', id);
    if (isRun(record) && !keepsLesson(record.search)) continue;
    if (isRun(record)) {
      const { time, place, seed, source } = record;
      const task = new URLSearchParams(record.search).get('task') ?? 'turns';
      offer.value = { id, time, stands: { place, seed, source: sourceOf(source), task } };
    } else offer.value = { id, time: timeOf(record), stands: null };
    return;
  }
}

/**
 * The table of runs of an earlier page, its rows first, and its comparison of pretext tasks where this page has none.
 * @param {string} id
 */
async function takeTable(id) {
  const table = (await read('table', id)) ?? [];
  const found = await read('comparison', id);
  const rows = Array.isArray(table) ? table.filter(isRow).map((row) => ({ ...row, data: sourceOf(row.data) })) : [];
  if (rows.length !== table.length || (found && !isComparison(found))) {
    notify({ room: 'session', code: 'rowsDamaged' });
  }
  const known = new Set(runs.peek().map((row) => row.id));
  const fresh = rows.filter((row) => !known.has(row.id));
  batch(() => {
    if (fresh.length > 0) runs.value = [...fresh, ...runs.peek()];
    if (isComparison(found)) comparison.value ??= found;
  });
}

/** Goes on with the run that is offered. */
export async function continueRun() {
  const chosen = offer.peek();
  if (!chosen) return;
  try {
    const record = await read('run', chosen.id);
    if (!isRun(record)) throw new Fault('keptRunGone');
    if (record.own && !(await filesFor(record.own))) return;
    takeSettings(record.search);
    takenFrom = chosen.id;
    const moments = (await read('moments', chosen.id)) ?? [];
    const sound = areMoments(moments);
    if (await resumeRun({ ...record, snapshots: sound ? moments : [] })) {
      offer.value = null;
      if (record.track) resumeTrack(record.track);
      if (!sound) notify({ room: 'session', code: 'momentsDamaged' });
      await takeTable(chosen.id);
    } else {
      takenFrom = '';
      reportProblem({ room: 'session', code: 'keptRefused', values: { why: problem.peek() } });
    }
  } catch (error) {
    offer.value = null;
    refused(error);
  }
}

/** Files that the offered run wants and this browser has not; null where it wants none. */
export const filesWanted = signal(/** @type {import('../../data/sources.js').OwnNote | null} */ (null));
/** What is wrong with those that were given. */
export const filesProblem = signal(/** @type {import('../../fault-data.js').FaultData[]} */ ([]));
/** @type {import('../../data/sources.js').GivenFile[]} */
let given = [];

/**
 * Takes up the visitor's files that a run learned from.
 * @param {import('../../data/sources.js').OwnNote} note
 * @returns {Promise<boolean>} false: the visitor is asked for them
 */
async function filesFor(note) {
  const { findOwn, ownOf } = await import('../../data/kept-files.js');
  if (JSON.stringify(noteOf(ownFiles.peek())) === JSON.stringify(note)) return true;
  const own = ownOf(note, given).own ?? (await findOwn(note));
  if (own) useFiles(own);
  filesWanted.value = own ? null : note;
  return own !== null;
}

/** Files for the offered run; it goes on as soon as all are there. @param {Iterable<File>} files */
export async function giveFiles(files) {
  const note = filesWanted.peek();
  if (!note) return;
  try {
    const { ownOf } = await import('../../data/kept-files.js');
    const fresh = await Promise.all([...files].map(readFile));
    const { strange } = ownOf(note, fresh);
    given = [...given, ...fresh];
    const { own, missing } = ownOf(note, given);
    filesProblem.value = [
      ...strange.map((name) => fault('strangeFile', { name })),
      ...(own ? [] : [fault('missingFiles', { names: missing })]),
    ];
    if (own) await continueRun();
  } catch (error) {
    filesProblem.value = [faultOf(error)];
  }
}

/** Forgets the run that is offered. */
export async function startFresh() {
  const chosen = offer.peek();
  offer.value = null;
  if (chosen) await removeRun(chosen.id).catch(refused);
}

/** Keeps from now on; called once. */
export async function startKeeping() {
  const before = enter();
  effect(() => {
    const own = ownFiles.value;
    if (own.files.length === 0) return;
    import('../../data/kept-files.js').then(
      ({ keepOwn }) => keepOwn(own),
      () => {}, // they are asked for again with the run
    );
  });
  try {
    if (before) {
      await takeTable(before);
      const found = comparison.peek();
      if (runs.peek().length > 0) {
        await writeTogether({ table: runs.peek(), ...(found && { comparison: found }) }, pageId);
      }
      if ((await stateOf(before, RELOAD_MILLISECONDS)) === 'closed') {
        await remove('table', before);
        await remove('comparison', before);
      }
    }
    await findOffer(before);
    await prune('table', MOST_TABLES);
    await prune('comparison', MOST_COMPARISONS);
  } catch (error) {
    refused(error);
  }
  effect(() => {
    const run = kept.value;
    // The page shows its first step a moment later than the checkpoint of it can be there.
    if (!begun.value || run.bytes.length === 0 || run.of !== untracked(identity)) return;
    inTurn(() => keepIt(run));
  });
  let shown = runs.peek();
  effect(() => {
    if (runs.value === shown) return;
    shown = runs.value;
    write('table', pageId, shown).catch(refused);
  });
  let last = comparison.peek();
  effect(() => {
    if (comparison.value === last) return;
    last = comparison.value;
    (last ? write('comparison', pageId, last) : remove('comparison', pageId)).catch(refused);
  });
  beforeReload(async () => {
    await keepRun();
    await writing;
    return !begun.peek() || keepProblem.peek() === null;
  });
  // The last moment of which a page is told for certain.
  document.addEventListener('visibilitychange', () => {
    if (document.hidden) void keepRun();
  });
}
