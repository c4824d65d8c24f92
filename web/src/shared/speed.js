// How fast the present run was trained.
import { computed } from '@preact/signals';
import { dataInfo, history } from '../session/session.js';
import { settings } from '../state/settings.js';
import { variants } from './task.js';

/** Steps a second that training is slowed to; 0: full speed. */
export const pace = computed(() => (settings.pace.value === 'full' ? 0 : Number(settings.pace.value)));

/** Over all epochs of the rotation task so far; 0 before the first has ended. */
export const imagesPerSecond = computed(() => {
  const epochs = history.pretext.value;
  const seconds = epochs.reduce((sum, epoch) => sum + epoch.seconds, 0);
  const [first, last] = dataInfo.value?.splits.pretext ?? [0, 0];
  return seconds > 0 ? (epochs.length * variants.value * (last - first)) / seconds : 0;
});
