// How far the rotation task has come, in figures.
import { computed } from '@preact/signals';
import { duration, whole } from '../../messages/intl.js';
import { t } from '../../messages/messages.js';
import { history, progress, stage, started, dataInfo } from '../../session/session.js';
import { imagesPerSecond, pace } from '../../shared/speed.js';
import { variants } from '../../shared/task.js';

/** Training steps of one epoch: every image in all its variants. */
export const stepsAnEpoch = computed(() => {
  const [first, last] = dataInfo.value?.splits.pretext ?? [0, 0];
  return Math.max(1, Math.ceil((variants.value * (last - first)) / (started.value?.pretext.batch ?? 192)));
});

export const standing = computed(() => {
  const words = t.value.learn;
  const now = progress.value;
  const epochs = started.value?.pretext.epochs ?? 0;
  if (now?.phase === 'pretext') {
    const going = stage.value === 'running' && now.remainingSeconds > 0;
    // The engine measures its work alone, not the rests of a slowed run.
    const slow = pace.value;
    const speed = slow > 0 ? slow * (started.value?.pretext.batch ?? 0) : now.imagesPerSecond;
    const seconds = slow > 0 ? ((now.epochs - now.epoch) * now.steps - now.step) / slow : now.remainingSeconds;
    return {
      epoch: words.of({ count: Math.min(now.epoch + 1, epochs), of: epochs }),
      step: words.of({ count: now.step, of: now.steps }),
      speed: now.imagesPerSecond > 0 ? whole(speed) : '–',
      left: going ? duration(seconds) : '–',
    };
  }
  if (!now) return { epoch: '–', step: '–', speed: '–', left: '–' };
  const steps = stepsAnEpoch.value;
  const done = history.pretext.value.length;
  return {
    epoch: words.of({ count: done, of: epochs }),
    step: words.of({ count: steps, of: steps }),
    speed: imagesPerSecond.value > 0 ? whole(imagesPerSecond.value) : '–',
    left: done >= epochs ? words.done : '–',
  };
});

/** A point of the epoch axis in words. @param {number} at finished epochs and the share of the next one */
export function place(at) {
  const epoch = Math.floor(at + 1e-6);
  const step = Math.round((at - epoch) * stepsAnEpoch.value);
  const words = t.value.learn;
  return step === 0 ? words.atEpoch({ epoch }) : words.atStep({ epoch: epoch + 1, step });
}
