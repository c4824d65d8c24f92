// Examines the rotation network on test images: after each epoch, and on every change while training is paused.
import { batch, computed, effect, signal } from '@preact/signals';
import { client, experimentVersion, dataInfo, history, progress, stage } from '../../state/lab.js';
import { newestOnly } from '../../state/newest-only.js';
import { examine, nothingYet } from './examine.js';

/** @typedef {import('./examine.js').Mistake & { label: number, pixels: Uint8Array }} ShownMistake */

/** As many as the engine's own test at the end of the rotation task. */
const IMAGES = 2000;
/** Small enough that training and drawing hardly wait. */
const IMAGES_A_CALL = 200;
const MISTAKES = 12;
/** An examination takes about as long as a few thousand training images: while training, one in so long. */
const REST_MILLISECONDS = 2000;

export const examination = signal(
  /** @type {(import('./examine.js').Examination & { epochs: number, step: number }) | null} */ (null),
);
export const mistakes = signal(/** @type {ShownMistake[]} */ ([]));

/** Names the state of the weights that is worth a look now; empty while there is none. */
const moment = computed(() => {
  const now = progress.value;
  const going = stage.value === 'running';
  const shown = going || ['ready', 'paused', 'finished', 'failed'].includes(stage.value);
  if (!now || !client.value || !shown || experimentVersion.value === 0) return '';
  const step = now.phase === 'pretext' && !going ? now.step : 0;
  return `${experimentVersion.value}/${history.pretext.value.length}/${step}`;
});

/** @param {import('@preact/signals').ReadonlySignal<boolean>} wanted whether anybody looks @returns {() => void} ends it */
export function followErrors(wanted) {
  let done = '';
  let rested = 0;
  let timer = 0;
  const look = newestOnly(async () => {
    clearTimeout(timer);
    const at = moment.peek();
    if (!wanted.peek() || at === '' || at === done) return;
    const wait = rested - performance.now();
    if (wait > 0 && stage.peek() === 'running') {
      timer = window.setTimeout(look, wait);
      return;
    }
    if (await lookOnce().catch(() => false)) done = at;
    rested = performance.now() + REST_MILLISECONDS;
  });
  const end = effect(() => {
    void [moment.value, wanted.value];
    void look();
  });
  const forget = experimentVersion.subscribe(() => {
    batch(() => {
      examination.value = null;
      mistakes.value = [];
    });
    done = '';
  });
  return () => {
    end();
    forget();
    clearTimeout(timer);
  };
}

/** @returns {Promise<boolean>} false: the experiment has changed meanwhile */
async function lookOnce() {
  const [engine, version] = [client.peek(), experimentVersion.peek()];
  const [epochs, step] = [
    history.pretext.peek().length,
    progress.peek()?.phase === 'pretext' ? progress.peek()?.step : 0,
  ];
  const images = Math.min(IMAGES, dataInfo.peek()?.test ?? 0);
  if (!engine) return false;
  const stale = () => client.peek() !== engine || experimentVersion.peek() !== version;
  let found = nothingYet();
  for (let first = 0; first < images; first += IMAGES_A_CALL) {
    const count = Math.min(IMAGES_A_CALL, images - first);
    const answer = await engine.call('rotations', ['test', first, count, first === 0 ? 'keep' : 'kept']);
    if (stale()) return false;
    found = examine(found, first, answer, MISTAKES);
  }
  const pictures = await Promise.all(found.mistakes.map(({ index }) => engine.call('turns', ['test', index])));
  if (stale()) return false;
  batch(() => {
    examination.value = { ...found, epochs, step: step ?? 0 };
    mistakes.value = found.mistakes.map((mistake, i) => ({
      ...mistake,
      label: pictures[i].label,
      pixels: pictures[i].images[mistake.turn],
    }));
  });
  return true;
}
