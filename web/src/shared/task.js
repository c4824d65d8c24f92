// The pretext task of the present run: its classes, and which of them there is room for.
import { computed } from '@preact/signals';
import { t } from '../messages/messages.js';
import { started } from '../session/session.js';
import { settings } from '../state/settings.js';

/** @typedef {import('../engine/types').PretextTask} PretextTask */

export { TASKS } from '../state/pretext-tasks.js';

/** The task of the present run; before the first, the one that is set. */
export const task = computed(() => started.value?.task.name ?? /** @type {PretextTask} */ (settings.task.value));
/** The one that the next run will have. */
export const setTask = () => /** @type {PretextTask} */ (settings.task.value);
/** The engine's own names of its classes; empty before the first run. */
const classNames = computed(() => started.value?.task.classNames ?? []);
/** How many answers it has. */
export const variants = computed(() => classNames.value.length || 4);
/** Accuracy of guessing. */
export const chance = computed(() => 1 / variants.value);

/** Where not all classes have room: four that differ most. @type {Partial<Record<PretextTask, readonly number[]>>} */
const FOUR = { turns_mirrors: [0, 1, 4, 6], jigsaw: [0, 7, 16, 23] };
/** Classes that are shown as pictures at the top. */
export const shownVariants = computed(() => FOUR[task.value] ?? [0, 1, 2, 3]);
/** Classes that the quiz asks about: all, or of very many four. */
export const askedVariants = computed(() =>
  variants.value > 8 ? shownVariants.value : Array.from({ length: variants.value }, (_, variant) => variant),
);

/** A class of the present task in words. @param {number} variant */
export const variantName = (variant) =>
  t.value.common.tasks[task.value].variant({ variant, name: classNames.value[variant] ?? '' });
