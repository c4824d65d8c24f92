// Where training stands, in words: for the bar, the tab's title and (rarely) the screen reader.
import { computed, effect, signal } from '@preact/signals';
import { kindKey } from '../../data/sources.js';
import { laterWords, t } from '../../messages/messages.js';
import { canSay, say } from '../../messages/said.js';
import { RUN_TITLES, exampleOf, notice, problem, progress, share, stage, started } from '../../session/session.js';
import { pace } from '../../shared/speed.js';
import { task } from '../../shared/task.js';

/** @param {import('../../engine/types').Progress} now */
function position({ phase, epoch, epochs, step, steps }) {
  const run = /** @type {import('../../engine/types').Phase} */ (phase);
  return run === 'finished' || run === 'failed'
    ? null
    : { title: RUN_TITLES[run], epoch: Math.min(epoch + 1, epochs), epochs, step, steps };
}

export const line = computed(() => {
  const words = t.value.run;
  const now = progress.value;
  const of = { kind: kindKey.value };
  switch (stage.value) {
    case 'opening':
      return words.opening;
    case 'loading':
      return words.loading(of);
    case 'broken':
      return words.broken;
    case 'ready':
      if (exampleOf.value) return t.value.example.line(exampleOf.value);
      return words.ready({ epochs: started.value?.pretext.epochs ?? 0, task: task.value });
    case 'finished':
      return words.finished(of);
    case 'failed':
      return words.failed;
    default: {
      if (!now) return '';
      return words.line({
        paused: stage.value === 'paused',
        place: position(now),
        accuracy: now.step > 0 ? now.accuracy : null,
        // The engine measures its work alone, not the rests of a slowed run.
        speed: now.imagesPerSecond > 0 && pace.value === 0 ? now.imagesPerSecond : null,
        seconds:
          stage.value === 'running' && now.remainingSeconds > 0 && pace.value === 0 ? now.remainingSeconds : null,
      });
    }
  }
});

/** Words that are not here yet are waited for no longer. */
const PATIENCE_MILLISECONDS = 3000;
/** Those that have not come are done without. */
const waited = signal(false);
effect(() => {
  if ([problem.value, notice.value].every((said) => said === null || canSay(said))) return;
  void laterWords().catch(() => (waited.value = true));
  setTimeout(() => (waited.value = true), PATIENCE_MILLISECONDS);
});
/** @param {import('../../messages/said.js').Said | null} said */
const inWords = (said) => (said && (waited.value || canSay(said)) ? say(said) : '');
/** Empty where nothing is wrong, or nothing to be known. */
export const problemText = computed(() => inWords(problem.value));
export const noticeText = computed(() => inWords(notice.value));

const hidden = signal(document.hidden);
document.addEventListener('visibilitychange', () => (hidden.value = document.hidden));

/** A hidden tab goes on training: its title then says how far it is. */
export const tabTitle = computed(() => {
  if (!hidden.value) return t.value.page.tab;
  if (stage.value === 'running') return t.value.run.tabRunning({ share: share.value });
  return stage.value === 'finished' ? t.value.run.tabFinished : t.value.page.tab;
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
  const place = position(now);
  return place ? t.peek().run.spoken({ ...place, accuracy: now.step > 0 ? now.accuracy : null }) : t.peek().run.ended;
}
