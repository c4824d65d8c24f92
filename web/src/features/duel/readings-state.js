// What each arm reads: its table of confusions, the pictures behind one of its cells, and its answer for the chosen image.
import { computed, signal } from '@preact/signals';
import { ask } from '../../ask/ask.js';
import { ARMS, dataInfo, experimentVersion, results, started } from '../../session/session.js';
import { variantsOfChosen } from '../../shared/chosen-image.js';
import { inRange, roleOf } from './readings.js';

/** @typedef {import('../../engine/types').Arm} Arm */
/** @typedef {import('./readings.js').Reading} Reading */
/** @typedef {{ truth: number, said: number }} Cell of a table of confusions */
/** @typedef {Reading & { pixels: Uint8Array }} Picture */

/** Pictures that come at a time. */
export const PICTURES = 24;

/** The arm that is looked at. */
export const arm = signal(/** @type {Arm} */ ('self_supervised'));
/** The notebook's own test images, or all. */
export const scope = signal(/** @type {'few' | 'full'} */ ('full'));
/** Whose pictures are open. */
export const cell = signal(/** @type {Cell | null} */ (null));
/** How many of them are shown. */
export const room = signal(PICTURES);

/** @param {Cell | null} next */
export function openCell(next) {
  cell.value = next;
  room.value = PICTURES;
}

/** The arms that have been tested. */
export const tested = computed(() => ARMS.filter((name) => results.value?.arms[name]));
/** The chosen arm's tests; null before it has come to its end. */
const found = computed(() => results.value?.arms[arm.value] ?? null);
/** Where the data have no more test images than the notebook's own, there is nothing to choose. */
export const bothScopes = computed(() => found.value !== null && found.value.test.count !== found.value.fullTest.count);
/** @type {import('@preact/signals').ReadonlySignal<import('../../engine/types').Test | null>} */
export const shownTest = computed(() =>
  scope.value === 'few' ? (found.value?.test ?? null) : (found.value?.fullTest ?? null),
);

/** Test images that the table counts: [first, last). */
const range = computed(() => {
  const info = dataInfo.value;
  return info ? (scope.value === 'few' ? info.splits.test : /** @type {[number, number]} */ ([0, info.test])) : null;
});

/** What was read in all images of one class, while the weights that read them last. @type {Map<string, Reading[]>} */
const known = new Map();

/** Names the weights of the chosen arm; empty while it is not tested. */
const weights = computed(() => {
  const now = found.value;
  return now ? JSON.stringify([experimentVersion.value, arm.value, now.fullTest.correct, now.fullTest.loss]) : '';
});

const asked = ask({
  about() {
    const [at, images, name] = [cell.value, range.value, weights.value];
    if (!at || !images || name === '') return null;
    return { ...at, arm: arm.value, images, name, all: dataInfo.value?.test ?? 0, most: room.value };
  },
  async answer(engine, { truth, said, arm: of, images, name, all, most }, { current }) {
    const key = `${name} ${truth}`;
    let rows = known.get(key);
    if (!rows) {
      rows = [];
      for (let first = 0; first < all;) {
        const part = await engine.call('readings', [{ arm: of, truth, first, last: all }]);
        if (!current()) return NOTHING;
        rows.push(...part.found);
        first = part.next;
      }
      if (![...known.keys()].some((other) => other.startsWith(name))) known.clear();
      known.set(key, rows);
    }
    const those = inRange(rows, images).filter((each) => each.said === said);
    const pictures = await Promise.all(
      those
        .slice(0, most)
        .map(async (each) => ({ ...each, pixels: await engine.call('image', ['test', each.index, 0]) })),
    );
    return { of: { truth, said }, count: those.length, pictures };
  },
  initial: /** @type {{ of: Cell | null, count: number, pictures: Picture[] }} */ ({
    of: null,
    count: 0,
    pictures: [],
  }),
  replaces: true,
});
/** @type {{ of: Cell | null, count: number, pictures: Picture[] }} */
const NOTHING = { of: null, count: 0, pictures: [] };
/** Of the open cell; null while they are on their way. */
export const pictures = computed(() => {
  const [now, at] = [asked.value.value, cell.value];
  return at && now.of && now.of.truth === at.truth && now.of.said === at.said ? now : null;
});
/** Why there are none; null: there are. */
export const picturesProblem = asked.error;

const answers = ask({
  about: () => variantsOfChosen.value,
  answer: async (engine, shown) => ({ of: shown, prediction: await engine.call('predict', [shown.upright]) }),
  initial: null,
  weights: true,
});
/** Probabilities of the ten classes that the chosen arm gives the chosen image; null while there are none. */
export const probabilities = computed(() => {
  const now = answers.error.value ? null : answers.value.value;
  return now && now.of === variantsOfChosen.value ? now.prediction[arm.value] : null;
});

/** What part the chosen image has in the experiment. */
export const role = computed(() => {
  const [info, shown, plan] = [dataInfo.value, variantsOfChosen.value, started.value];
  if (!info || !shown || !plan) return null;
  return roleOf(shown, info.splits, { labels: plan.labels, split: plan.arms[arm.value].validationSplit });
});

/** @param {import('@preact/signals').ReadonlySignal<boolean>} wanted whether anybody looks @returns {() => void} ends it */
export function followReadings(wanted) {
  const ends = [asked.follow(wanted), answers.follow(wanted)];
  return () => ends.forEach((end) => end());
}
