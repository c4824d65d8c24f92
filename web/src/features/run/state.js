// Where training stands, in words: for the bar, the tab's title and (rarely) the screen reader.
import { computed, effect, signal } from '@preact/signals';
import { duration, percent, whole } from '../../components/format.js';
import { kind } from '../../data/sources.js';
import { RUN_TITLES, progress, share, stage, started } from '../../session/session.js';

const NAME = 'Quarterturn';

/** @param {import('../../engine/types').Progress} now */
function position(now) {
  if (now.phase === 'finished' || now.phase === 'failed') return '';
  const epoch = Math.min(now.epoch + 1, now.epochs);
  return `${RUN_TITLES[now.phase]} · epoch ${epoch} of ${now.epochs} · step ${now.step} of ${now.steps}`;
}

export const line = computed(() => {
  const now = progress.value;
  const epochs = started.value?.pretext.epochs ?? 0;
  switch (stage.value) {
    case 'opening':
      return 'Opening the engine…';
    case 'loading':
      return `Making the ${kind.value.many} ready…`;
    case 'broken':
      return 'No engine.';
    case 'ready':
      return `Ready. Press Train. ${epochs === 1 ? 'One epoch' : `${epochs} epochs`} of turns, then reading.`;
    case 'finished':
      return `Finished. Draw a ${kind.value.one}, look inside, or start over with another seed.`;
    case 'failed':
      return 'Training has failed.';
    default: {
      if (!now) return '';
      const right = now.step > 0 ? ` · ${percent(now.accuracy)} right` : '';
      const speed = now.imagesPerSecond > 0 ? ` · ${whole(now.imagesPerSecond)} images/s` : '';
      const rest =
        stage.value === 'running' && now.remainingSeconds > 0 ? ` · ${duration(now.remainingSeconds)} left` : '';
      return `${stage.value === 'paused' ? 'Paused · ' : ''}${position(now)}${right}${speed}${rest}`;
    }
  }
});

const hidden = signal(document.hidden);
document.addEventListener('visibilitychange', () => (hidden.value = document.hidden));

/** A hidden tab goes on training: its title then says how far it is. */
export const tabTitle = computed(() => {
  if (!hidden.value) return NAME;
  if (stage.value === 'running') return `${percent(share.value, 0)} · ${NAME}`;
  return stage.value === 'finished' ? `Finished · ${NAME}` : NAME;
});

const QUIET_MILLISECONDS = 10_000;

/** For the screen reader: changes of stage at once, epochs at most every ten seconds. */
export const announcement = signal('');
let announced = { stage: '', time: 0, phase: '' };
effect(() => {
  const now = progress.value;
  const time = performance.now();
  const changed = announced.stage !== stage.value || announced.phase !== (now?.phase ?? '');
  if (!changed && (stage.value !== 'running' || time - announced.time < QUIET_MILLISECONDS)) return;
  announced = { stage: stage.value, time, phase: now?.phase ?? '' };
  announcement.value = stage.value === 'running' && now ? spoken(now) : line.peek();
});

/** @param {import('../../engine/types').Progress} now */
function spoken(now) {
  if (now.phase === 'finished' || now.phase === 'failed') return 'Training has ended.';
  const epoch = `Training: ${RUN_TITLES[now.phase]}, epoch ${Math.min(now.epoch + 1, now.epochs)} of ${now.epochs}`;
  return now.step > 0 ? `${epoch}, accuracy ${percent(now.accuracy, 0)}` : epoch;
}
