/* global EXAMPLE_FILES */
// The run that comes with the page (scripts/example.mjs), for its built-in digits or those of its server: the engine is
// given its checkpoint, so that every figure is a live one. The session stays ready all the same, as before any training:
// whatever trains begins a run of the visitor's own from the start, and so does a setting that the example was not trained
// with.
import { batch, effect } from '@preact/signals';
import { unzip } from '../data/idx.js';
import { isTrack } from '../data/records.js';
import { resolved } from '../data/sources.js';
import { STALL_MILLISECONDS } from '../data/stall.js';
import { RUNS } from '../engine/runs.js';
import { PROPERTIES, format } from '../state/properties.js';
import { settings } from '../state/settings.js';
import { dataChoice } from './ahead.js';
import { exchanged } from './checkpoints.js';
import { leaveExample } from './experiment.js';
import {
  begun,
  client,
  example,
  experimentVersion,
  history,
  loaded,
  progress,
  results,
  stage,
  started,
  weightsVersion,
} from './model.js';
import { inTurn } from './queue.js';
import { restartWanted } from './wishes.js';

/** @typedef {import('../data/records.js').Track} Track */

/** What the example depends on. */
const NAMES = /** @type {import('../state/properties.js').PropertyName[]} */ ([
  ...['images', 'tests', 'preset', 'seed', 'task', 'epochs', 'batch', 'shuffle', 'rate', 'armEpochs', 'labels'],
  ...['armRate', 'mine'],
]);

/** The data that the page has, where there may be an example of them. */
function dataOfPage() {
  const data = resolved(settings.data.peek());
  return data === 'generated' || data === 'mnist' ? data : null;
}

/** The page is about to train just what the example has trained, and there is nothing of the visitor's. */
const fits = () =>
  stage.peek() === 'ready' &&
  !begun.peek() &&
  JSON.stringify(loaded.peek()) === JSON.stringify(dataChoice()) &&
  NAMES.every(
    (name) => format(PROPERTIES[name], settings[name].peek()) === format(PROPERTIES[name], PROPERTIES[name].initial),
  );

/** @param {string} file @returns {Promise<{ track: Track, checkpoint: Uint8Array }>} */
async function fetched(file) {
  const answer = await fetch(new URL(file, document.baseURI), { signal: AbortSignal.timeout(STALL_MILLISECONDS) });
  if (!answer.ok) throw new Error(`${file}: ${answer.status}`);
  const { bytes } = await unzip({ name: file, bytes: new Uint8Array(await answer.arrayBuffer()) });
  const end = bytes.indexOf(10);
  const { track } = JSON.parse(new TextDecoder().decode(bytes.subarray(0, end)));
  if (!isTrack(track)) throw new Error(`${file}: no example`);
  return { track, checkpoint: bytes.slice(end + 1) };
}

/** From now on, what the example is no more true of takes it away. */
function follow() {
  const { data, images, tests, mine } = settings;
  const choice = JSON.stringify(dataChoice());
  const end = effect(() => {
    if (!example.value) return end();
    void [data.value, images.value, tests.value, mine.value];
    if (restartWanted.value || JSON.stringify(dataChoice()) !== choice) void inTurn(leaveExample);
  });
}

/**
 * @param {import('../engine/client.js').EngineClient} engine
 * @param {Uint8Array} checkpoint
 * @param {import('./model.js').ExampleData} data
 */
async function restoreExample(engine, checkpoint, data) {
  const now = await engine.call('restore', [checkpoint]);
  const complete = await engine.call('settings', []);
  const found = await engine.call('results', []);
  const epochs = await Promise.all(RUNS.map((run) => engine.call('history', [run])));
  batch(() => {
    example.value = data;
    RUNS.forEach((run, i) => (history[run].value = epochs[i]));
    started.value = complete;
    progress.value = now;
    results.value = found;
    weightsVersion.value++;
    experimentVersion.value++;
  });
}

/**
 * Shows the example where it fits; whatever the visitor does meanwhile comes first. Where the engine refuses it, the page
 * stays as it is.
 * @returns {Promise<Track | null>} linear probes along its way; null: it is not shown
 */
export async function showExample() {
  const engine = client.peek();
  const version = experimentVersion.peek();
  const data = dataOfPage();
  const file = data && EXAMPLE_FILES[data];
  if (!engine || !data || !file || !fits()) return null;
  const { track, checkpoint } = await fetched(file);
  if (!(await engine.call('makeAll', []))) return null;
  await inTurn(async () => {
    if (client.peek() !== engine || experimentVersion.peek() !== version || !fits()) return;
    await exchanged(() => restoreExample(engine, checkpoint, data)).catch(() => {}); // an engine that died is replaced
  });
  if (!example.peek()) return null;
  follow();
  return track;
}
