// What the rotation network says of the chosen image in its four turns.
import { computed, effect, signal } from '@preact/signals';
import { ask } from '../../ask/ask.js';
import { experimentVersion, history, stage, trace } from '../../session/session.js';
import { task } from '../../shared/task.js';
import { followChosenImage, variantsOfChosen } from '../../shared/chosen-image.js';

const asked = ask({
  about: () => variantsOfChosen.value,
  answer: async (engine, shown) => ({
    of: shown,
    said: await engine.call('rotations', [shown.set, shown.index, 1, 'now']),
  }),
  initial: null,
  weights: true,
});
/** Probabilities [class][said] for the chosen image; null where there are none. */
export const opinions = computed(() => {
  const found = asked.error.value ? null : asked.value.value;
  return found && found.of === variantsOfChosen.value && found.of.task === task.value ? found.said : null;
});

/** The running means of the first epoch, where it was seen: nowhere does the network learn more. */
export const beginning = signal({ of: 0, points: /** @type {import('../../session/session.js').Trace[]} */ ([]) });

/** Counts how often the four pictures have turned into place. */
export const spins = signal(0);
const SPIN_MILLISECONDS = 4000;

/** Called once. */
export function followTurns() {
  followChosenImage();
  asked.follow();

  effect(() => {
    if (variantsOfChosen.value) spins.value = spins.peek() + 1;
  });

  effect(() => {
    const { run, points } = trace.value;
    if (run !== 'pretext' || history.pretext.value.length > 0) return;
    beginning.value = { of: experimentVersion.peek(), points };
  });

  // Each epoch shows every picture in its four turns once more; quick epochs would make it a whirl.
  let spun = -Infinity;
  effect(() => {
    void history.pretext.value;
    if (stage.value !== 'running' || performance.now() - spun < SPIN_MILLISECONDS) return;
    spun = performance.now();
    spins.value = spins.peek() + 1;
  });
}
