// The image that the visitor has chosen, as it is and as the classes of the pretext task show it: at the top, and looked
// into further below.
import { batch, computed } from '@preact/signals';
import { ask } from '../ask/ask.js';
import { dataInfo } from '../session/session.js';
import { task } from './task.js';
import { isFixed, settings } from '../state/settings.js';

/** @typedef {import('../engine/types').ImageSet} ImageSet */
/**
 * `images`: one a class of `task`.
 * @typedef {{ set: ImageSet, index: number, task: import('../engine/types').PretextTask, label: number, upright: Uint8Array,
 *   images: Uint8Array[] }} Variants
 */

export const chosenSet = computed(() => /** @type {ImageSet} */ (settings.digitSet.value));
/** Images in the set that the digit is chosen from. */
export const available = computed(() => dataInfo.value?.[chosenSet.value] ?? 1);
export const chosenIndex = computed(() => Math.min(settings.digit.value, available.value - 1));

/** Whether the lesson lets another image be chosen. @param {ImageSet} set */
export const mayChoose = (set) => !isFixed('digit') && (!isFixed('digitSet') || set === settings.digitSet.peek());

/** Any image becomes the one that is shown at the top and looked into. @param {ImageSet} set @param {number} index */
export function choose(set, index) {
  batch(() => {
    settings.digitSet.value = set;
    settings.digit.value = index;
  });
}

/** An image of the set that is chosen from; beyond an end, the one at that end. @param {number} index */
export const showImage = (index) => choose(chosenSet.peek(), Math.max(0, Math.min(available.peek() - 1, index)));

const asked = ask({
  about: () => dataInfo.value && { set: chosenSet.value, index: chosenIndex.value, task: task.value },
  answer: async (engine, { set, index }, { signal }) => ({
    ...(await engine.call('variants', [set, index], { signal })),
    set,
    index,
  }),
  initial: /** @type {Variants | null} */ (null),
  replaces: true,
});
export const variantsOfChosen = asked.value;
/** Called once. */
export const followChosenImage = () => asked.follow();
