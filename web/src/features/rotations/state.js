// The chosen digit in all four turns, and what the rotation network says of each.
import { batch, computed, effect, signal } from '@preact/signals';
import { client, dataInfo, experimentVersion, history, stage, trace, weightsVersion } from '../../state/lab.js';
import { newestOnly } from '../../state/newest-only.js';
import { isFixed, settings } from '../../state/settings.js';

/** @typedef {import('../../engine/types').ImageSet} ImageSet */

export const chosenSet = computed(() => /** @type {ImageSet} */ (settings.digitSet.value));
/** Images in the set that the digit is chosen from. */
export const available = computed(() => dataInfo.value?.[chosenSet.value] ?? 1);
export const chosenIndex = computed(() => Math.min(settings.digit.value, available.value - 1));

export const turns = signal(
  /** @type {{ set: ImageSet, label: number, index: number, images: Uint8Array[] } | null} */ (null),
);
/** Probabilities [turn][said] for the digit in `turns`; null where there are none. */
export const opinions = signal(/** @type {Float32Array | null} */ (null));

/** The running means of the first epoch, where it was seen: nowhere does the network learn more. */
export const beginning = signal({ of: 0, points: /** @type {import('../../state/lab.js').Trace[]} */ ([]) });

/** Counts how often the four pictures have turned into place. */
export const spins = signal(0);
const SPIN_MILLISECONDS = 4000;

/** Whether the lesson lets another image be chosen. @param {ImageSet} set */
export const mayChoose = (set) => !isFixed('digit') && (!isFixed('digitSet') || set === settings.digitSet.peek());

/** Any image becomes the one that is shown turned and looked into. @param {ImageSet} set @param {number} index */
export function choose(set, index) {
  batch(() => {
    settings.digitSet.value = set;
    settings.digit.value = index;
  });
}

export function followTurns() {
  effect(() => {
    const engine = client.value;
    const [set, index] = [chosenSet.value, chosenIndex.value];
    if (!engine || !dataInfo.value || experimentVersion.value === 0) return undefined;
    const cancel = new AbortController();
    engine
      .call('turns', [set, index], { signal: cancel.signal })
      .then((found) => {
        batch(() => {
          turns.value = { ...found, set, index };
          opinions.value = null;
          spins.value++;
        });
      })
      .catch(() => {});
    return () => cancel.abort();
  });

  const ask = newestOnly(async () => {
    const [engine, shown] = [client.peek(), turns.peek()];
    if (!engine || !shown) return;
    const found = await engine.call('rotations', [shown.set, shown.index, 1, 'now']).catch(() => null);
    if (turns.peek() === shown) opinions.value = found;
  });
  effect(() => {
    void [turns.value, weightsVersion.value];
    void ask();
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
