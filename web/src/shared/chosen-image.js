// The image that the visitor has chosen, in all four turns: shown turned at the top, and looked into further below.
import { batch, computed } from '@preact/signals';
import { ask } from '../ask/ask.js';
import { dataInfo } from '../session/session.js';
import { isFixed, settings } from '../state/settings.js';

/** @typedef {import('../engine/types').ImageSet} ImageSet */
/** @typedef {{ set: ImageSet, index: number, label: number, images: Uint8Array[] }} Turns */

export const chosenSet = computed(() => /** @type {ImageSet} */ (settings.digitSet.value));
/** Images in the set that the digit is chosen from. */
export const available = computed(() => dataInfo.value?.[chosenSet.value] ?? 1);
export const chosenIndex = computed(() => Math.min(settings.digit.value, available.value - 1));

/** Whether the lesson lets another image be chosen. @param {ImageSet} set */
export const mayChoose = (set) => !isFixed('digit') && (!isFixed('digitSet') || set === settings.digitSet.peek());

/** Any image becomes the one that is shown turned and looked into. @param {ImageSet} set @param {number} index */
export function choose(set, index) {
  batch(() => {
    settings.digitSet.value = set;
    settings.digit.value = index;
  });
}

const asked = ask({
  about: () => dataInfo.value && { set: chosenSet.value, index: chosenIndex.value },
  answer: async (engine, { set, index }, { signal }) => ({
    ...(await engine.call('turns', [set, index], { signal })),
    set,
    index,
  }),
  initial: /** @type {Turns | null} */ (null),
  replaces: true,
});
export const turns = asked.value;
/** Called once. */
export const followChosenImage = () => asked.follow();
