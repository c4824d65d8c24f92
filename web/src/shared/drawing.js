// The drawing, what the networks see of it, and what they say: asked again whenever drawing or weights change.
import { batch, computed, signal } from '@preact/signals';
import { ask } from '../ask/ask.js';
import { client } from '../session/session.js';

/** @typedef {{ x: number, y: number, pressure?: number }} Spot in pad units, 0..1; pressure 0..1 where a pen says it */
/** @typedef {{ width: number, spots: readonly Spot[] }} Stroke width in pad units */

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

/** What the networks are asked about; null where there is nothing on the pad. */
export const question = computed(() => {
  if (!drawing.value || empty.value) return null;
  const image = strokes.value.length === 0 ? (sample.value?.pixels ?? null) : null;
  return /** @type {import('../engine/types').Drawing} */ ({ ...drawing.value, image });
});

const asked = ask({
  about: () => question.value && { drawing: question.value, turned: degrees.value },
  answer: (engine, { drawing: shown, turned }) => engine.call('recognise', [shown, turned]),
  initial: null,
  weights: true,
});
/** The 28×28 image that the networks get. */
export const seen = computed(() => asked.value.value?.pixels ?? null);
/** What they say of it. */
export const prediction = computed(() => (asked.error.value ? null : (asked.value.value?.prediction ?? null)));
/** Called once. */
export const followDrawing = () => asked.follow();

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
