// How far the rotation task has come, in figures.
import { computed } from '@preact/signals';
import { duration, whole } from '../../components/format.js';
import { history, progress, stage, started, dataInfo } from '../../session/session.js';
import { imagesPerSecond } from '../../shared/speed.js';

/** Training steps of one epoch: every image in four turns. */
export const stepsAnEpoch = computed(() => {
  const [first, last] = dataInfo.value?.splits.pretext ?? [0, 0];
  return Math.max(1, Math.ceil((4 * (last - first)) / (started.value?.pretext.batch ?? 192)));
});

export const standing = computed(() => {
  const now = progress.value;
  const epochs = started.value?.pretext.epochs ?? 0;
  if (now?.phase === 'pretext') {
    const going = stage.value === 'running' && now.remainingSeconds > 0;
    return {
      epoch: `${Math.min(now.epoch + 1, epochs)} of ${epochs}`,
      step: `${now.step} of ${now.steps}`,
      speed: now.imagesPerSecond > 0 ? whole(now.imagesPerSecond) : '–',
      left: going ? duration(now.remainingSeconds) : '–',
    };
  }
  const steps = stepsAnEpoch.value;
  const done = history.pretext.value.length;
  const speed = imagesPerSecond.value > 0 ? whole(imagesPerSecond.value) : '–';
  return now
    ? { epoch: `${done} of ${epochs}`, step: `${steps} of ${steps}`, speed, left: done >= epochs ? 'done' : '–' }
    : { epoch: '–', step: '–', speed: '–', left: '–' };
});

/** A point of the epoch axis in words. @param {number} epoch finished epochs and the share of the next one */
export function place(epoch) {
  const before = Math.floor(epoch + 1e-6);
  const step = Math.round((epoch - before) * stepsAnEpoch.value);
  return step === 0 ? `epoch ${before}` : `epoch ${before + 1}, step ${step}`;
}
