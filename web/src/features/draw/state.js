// The drawing, what the networks see of it, and what they say: asked again whenever drawing or weights change.
import { batch, computed, effect, signal } from '@preact/signals';
import { client, dataInfo, experimentVersion, weightsVersion } from '../../state/lab.js';

/** @typedef {import('./pad.js').Stroke} Stroke */

export const strokes = signal(/** @type {readonly Stroke[]} */ ([]));
export const brush = signal(0.08);
/** A test image laid under the strokes. */
export const sample = signal(/** @type {{ index: number, label: number, pixels: Uint8Array } | null} */ (null));
/** What the pad shows, set by the view: ink 0..255 on black. */
export const drawing = signal(/** @type {{ grey: Uint8Array, side: number } | null} */ (null));

/** What the pad's picture is made of. */
export const empty = computed(() => strokes.value.length === 0 && sample.value === null);

/** The drawing is turned by so much, counter-clockwise, before it is centred: -180 to 180. */
export const degrees = signal(0);

/** The 28×28 image that the networks get. */
export const seen = signal(/** @type {Uint8Array | null} */ (null));
export const prediction = signal(/** @type {import('../../engine/types').Prediction | null} */ (null));

/** What the networks are asked about; null where there is nothing on the pad. */
export const question = computed(() => {
  if (!drawing.value || empty.value) return null;
  const image = strokes.value.length === 0 ? (sample.value?.pixels ?? null) : null;
  return /** @type {import('../../engine/types').Drawing} */ ({ ...drawing.value, image });
});

/** Earlier states of the pad, the latest last. */
const past = signal(/** @type {{ strokes: readonly Stroke[], sample: typeof sample.value }[]} */ ([]));
export const canUndo = computed(() => past.value.length > 0);
const MOST_UNDO = 200;

/** Called before every change that undo should take back. */
export function remember() {
  past.value = [...past.peek(), { strokes: strokes.peek(), sample: sample.peek() }].slice(-MOST_UNDO);
}

export function undo() {
  const before = past.peek().at(-1);
  if (!before) return;
  batch(() => {
    past.value = past.peek().slice(0, -1);
    strokes.value = before.strokes;
    sample.value = before.sample;
  });
}

export function clear() {
  if (empty.peek()) return;
  remember();
  batch(() => {
    strokes.value = [];
    sample.value = null;
  });
}

let round = 0;

/** Puts a test image of that digit on the pad; another one each time. @param {number} digit */
export async function showSample(digit) {
  const engine = client.peek();
  if (!engine) return;
  const before = sample.peek();
  round = before?.label === digit ? round + 1 : 0;
  let [index] = [(await engine.call('samples', [round]))[digit]];
  if (index === before?.index) {
    round = 0;
    index = (await engine.call('samples', [0]))[digit];
  }
  if (index < 0) return;
  const pixels = await engine.call('image', ['test', index, 0]);
  remember();
  batch(() => {
    strokes.value = [];
    sample.value = { index, label: digit, pixels };
  });
}

/** Answers come while training goes on, too; only the newest question matters, one is under way at a time. */
export function followDrawing() {
  let asking = false;
  let again = false;
  const ask = async () => {
    const engine = client.peek();
    if (!engine || experimentVersion.peek() === 0) return;
    if (asking) {
      again = true;
      return;
    }
    asking = true;
    try {
      do {
        again = false;
        await answer(engine);
      } while (again);
    } catch {
      // The engine is gone or has no experiment: the next change asks anew.
      prediction.value = null;
    } finally {
      asking = false;
    }
  };
  effect(() => {
    void [question.value, degrees.value, weightsVersion.value, experimentVersion.value, client.value, dataInfo.value];
    void ask();
  });
}

/** @param {import('../../engine/client.js').EngineClient} engine */
async function answer(engine) {
  const asked = question.peek();
  if (!asked) {
    seen.value = null;
    prediction.value = null;
    return;
  }
  const found = await engine.call('recognise', [asked, degrees.peek()]);
  batch(() => {
    seen.value = found.pixels;
    prediction.value = found.prediction;
  });
}
