// What the first training step waits for longest begins before the page is made: the engine's worker, and the data.
import { dataFor, findOffer, noteOf, ownFiles } from '../data/sources.js';
import { openEngine } from '../engine/choose-build.js';
import { EngineClient } from '../engine/client.js';
import { settings } from './settings.js';

/** @type {() => void} */
let isUp;
/** The worker runs: from now on it needs the page's thread no more, while a browser cannot start it without. */
export const workerUp = /** @type {Promise<void>} */ (new Promise((resolve) => (isUp = resolve)));

function openClient() {
  const engine = new EngineClient();
  engine.on('trying', isUp);
  return engine;
}

/** Opens an engine with as many threads as the settings want. @param {string} forced build, or 'auto' */
const openChosen = (forced) =>
  openEngine({
    base: new URL('engine/', document.baseURI).href,
    threads: settings.threads.peek(),
    forced,
    openClient,
  });

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
const dataOf = ({ data, images, tests }) => dataFor(data, images, tests);

/** @type {ReturnType<typeof openEngine> | null} */
let opening = openChosen(settings.build.peek());
opening.catch(() => {}); // whoever takes it is told

const early = dataChoice();
/** @type {ReturnType<typeof dataFor> | null} */
let data = findOffer().then(() => dataOf(early));
data.catch(() => {});

/** The engine that was begun ahead, the first time; then a fresh one. @param {string} forced build, or 'auto' */
export function takeEngine(forced) {
  const taken = opening ?? openChosen(forced);
  opening = null;
  return taken;
}

/** The data that were begun ahead if they are still wanted, the first time. @param {DataChoice} choice */
export function takeData(choice) {
  const taken = data && JSON.stringify(choice) === JSON.stringify(early) ? data : dataOf(choice);
  data = null;
  return taken;
}
