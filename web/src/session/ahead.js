// What the first training step waits for longest begins before the page is made: the engine's worker, and in it the
// data. The worker needs the page's thread for neither, which is busy making the page meanwhile.
import { dataFor, findOffer, noteOf, ownFiles } from '../data/sources.js';
import { openEngine } from '../engine/choose-build.js';
import { EngineClient } from '../engine/client.js';
import { engineBase } from '../engine/folder.js';
import { framed } from '../offline/framed.js';
import { newVersion } from '../offline/obtain.js';
import { REPLACED, STALE, otherVersion, reloadFor } from '../offline/version.js';
import { settingsFor, wanted } from './plan.js';
import { SessionFault } from './said.js';
import { settings } from '../state/settings.js';

/** @type {() => void} */
let isUp;
/** The worker runs: from now on it needs the page's thread no more, while a browser cannot start it without. */
export const workerUp = /** @type {Promise<void>} */ (new Promise((resolve) => (isUp = resolve)));

function openClient() {
  const { worker, heard } = globalThis.quarterturnStarted ?? {};
  globalThis.quarterturnStarted = undefined;
  const engine = new EngineClient(worker, heard);
  engine.on('trying', isUp);
  return engine;
}

/**
 * Opens an engine with as many threads as the settings want.
 * @param {string} forced build, or 'auto'
 * @param {(client: EngineClient) => void} [asked]
 */
const openChosen = (forced, asked) =>
  openEngine({
    base: engineBase(),
    threads: settings.threads.peek(),
    forced,
    framed,
    openClient,
    asked,
  }).catch(notOfThisVersion);

/** No page has begun with an engine yet. */
let first = true;

/**
 * Engines of this page's version that the server no longer has, since it has another version of the page.
 * @param {unknown} error why no engine has started
 * @returns {Promise<never>}
 */
async function notOfThisVersion(error) {
  const version = await otherVersion();
  if (!version) throw error;
  if (first && reloadFor(version)) return new Promise(() => {});
  newVersion.value = true;
  const { reason, fix } = first ? STALE : REPLACED;
  throw new SessionFault('withHelp', { reason, fix });
}

/** Which data the settings want. */
export const dataChoice = () => ({
  data: settings.data.peek(),
  images: settings.images.peek(),
  tests: settings.tests.peek(),
  mine: settings.mine.peek(),
  own: settings.data.peek() === 'own' ? noteOf(ownFiles.peek()) : null,
});
/** @typedef {ReturnType<typeof dataChoice>} DataChoice */

/** @param {DataChoice} choice */
export const dataOf = ({ data, images, tests }) => dataFor(data, images, tests);

/**
 * @typedef {object} Begun
 * @property {DataChoice} choice
 * @property {import('../engine/types').StartSettings} start
 * @property {Promise<ReturnType<import('../engine/types').WorkerMethods['begin']>>} answer
 */
/** @type {WeakMap<EngineClient, Begun>} */
const begun = new WeakMap();

/** What a worker has been asked to begin with before anybody wanted it; the first time only. @param {EngineClient} client */
export function begunAhead(client) {
  const ahead = begun.get(client);
  begun.delete(client);
  return ahead;
}

/** @type {ReturnType<typeof findOffer> | null} */
let finding = null;
/** Settles when it is known what the server has. */
export const offerFound = () => (finding ??= findOffer());

/** @param {EngineClient} client */
function beginAhead(client) {
  const choice = dataChoice();
  if (choice.data === 'own') return; // they have to be found first
  const start = settingsFor(wanted.peek());
  const answer = offerFound().then(() => client.call('begin', [dataOf(choice), start]));
  answer.catch(() => {}); // reported to whoever takes it
  begun.set(client, { choice, start, answer });
}

/** @type {ReturnType<typeof openEngine> | null} */
let opening = null;

/** Opens the first engine, and has it begin with the data that the settings want; called once. */
export function goAhead() {
  void offerFound();
  opening = openChosen(settings.build.peek(), beginAhead);
  opening.catch(() => {}); // reported to whoever takes it
}

/** The engine that was opened ahead, the first time; then a fresh one. @param {string} forced build, or 'auto' */
export function takeEngine(forced) {
  const taken = opening ?? openChosen(forced);
  opening = null;
  taken.then(
    () => (first = false),
    () => (first = false),
  );
  return taken;
}
