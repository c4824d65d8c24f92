// What an experiment is started with, from the settings.
import { computed } from '@preact/signals';
import { settings } from '../state/settings.js';

/** What 'restart' properties the engine would be started with now. */
export const wanted = computed(() => ({
  seed: settings.seed.value,
  preset: /** @type {import('../engine/types').Preset} */ (settings.preset.value),
  labels: settings.labels.value,
  pretext: {
    task: /** @type {import('../engine/types').PretextTask} */ (settings.task.value),
    batch: settings.batch.value,
    epochs: settings.epochs.value,
    shuffle: settings.shuffle.value,
  },
  armEpochs: settings.armEpochs.value,
}));
/** @typedef {typeof wanted.value} Plan */

/**
 * For data whose number of labelled images is still unknown.
 * @param {Plan} plan
 * @returns {import('../engine/types').StartSettings}
 */
export function settingsFor(plan) {
  const arm = { epochs: plan.armEpochs, learningRate: settings.armRate.peek() };
  return {
    seed: plan.seed,
    preset: plan.preset,
    labels: plan.labels,
    pretext: { ...plan.pretext, learningRate: settings.rate.peek() },
    arms: { self_supervised: arm, random: arm, supervised: arm },
  };
}
