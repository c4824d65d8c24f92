// Examines the pretext network on test images: after each epoch, and on every change while training is paused.
import { computed } from '@preact/signals';
import { ask } from '../../ask/ask.js';
import { client, dataInfo, experimentVersion, history, progress, stage } from '../../session/session.js';
import { variants } from '../../shared/task.js';
import { examine, nothingYet } from './examine.js';

/** @typedef {import('./examine.js').Mistake & { label: number, pixels: Uint8Array }} ShownMistake */
/** @typedef {import('./examine.js').Examination & { epochs: number, step: number }} Examination */
/** @typedef {{ of: number, examination: Examination, mistakes: ShownMistake[] }} Found `of`: which experiment */

/** Pictures: as many as the engine's own test of four classes has at the end of the pretext task. */
const PICTURES = 8000;
/** Small enough that training and drawing hardly wait. */
const PICTURES_A_CALL = 800;
const MISTAKES = 12;
/** An examination takes about as long as a few thousand training images: while training, one in so long. */
const REST_MILLISECONDS = 2000;

/** Names the state of the weights that is worth a look now; empty while there is none. */
const moment = computed(() => {
  const now = progress.value;
  const going = stage.value === 'running';
  const shown = going || ['ready', 'paused', 'finished', 'failed'].includes(stage.value);
  if (!now || !client.value || !shown || experimentVersion.value === 0) return '';
  const step = now.phase === 'pretext' && !going ? now.step : 0;
  return `${experimentVersion.value}/${history.pretext.value.length}/${step}`;
});

const asked = ask({
  about: () => moment.value || undefined,
  answer: (engine, _, { current }) => look(engine, current),
  initial: /** @type {Found | null} */ (null),
  every: () => (stage.peek() === 'running' ? REST_MILLISECONDS : 0),
});
/** Of the present experiment. */
const found = computed(() => {
  const last = asked.value.value;
  return last?.of === experimentVersion.value ? last : null;
});
export const examination = computed(() => found.value?.examination ?? null);
export const mistakes = computed(() => found.value?.mistakes ?? []);

/** @param {import('@preact/signals').ReadonlySignal<boolean>} wanted whether anybody looks @returns {() => void} ends it */
export const followErrors = (wanted) => asked.follow(wanted);

/**
 * @param {import('../../engine/client.js').EngineClient} engine
 * @param {() => boolean} current whether the answer is still of use
 * @returns {Promise<Found>}
 */
async function look(engine, current) {
  const of = experimentVersion.peek();
  const now = progress.peek();
  const [epochs, step] = [history.pretext.peek().length, now?.phase === 'pretext' ? now.step : 0];
  const classes = variants.peek();
  const images = Math.min(Math.floor(PICTURES / classes), dataInfo.peek()?.test ?? 0);
  const most = Math.floor(PICTURES_A_CALL / classes);
  let so = nothingYet(classes);
  for (let first = 0; first < images && current(); first += most) {
    const count = Math.min(most, images - first);
    const answer = await engine.call('rotations', ['test', first, count, first === 0 ? 'keep' : 'kept']);
    so = examine(so, first, answer, MISTAKES);
  }
  const pictures = await Promise.all(so.mistakes.map(({ index }) => engine.call('variants', ['test', index])));
  return {
    of,
    examination: { ...so, epochs, step },
    mistakes: so.mistakes.map((mistake, i) => ({
      ...mistake,
      label: pictures[i].label,
      pixels: pictures[i].images[mistake.variant],
    })),
  };
}
