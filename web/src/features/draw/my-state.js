// How the arms read the visitor's own digits.
import { effect, signal } from '@preact/signals';
import { client, experimentVersion, weightsVersion } from '../../state/lab.js';
import { latestOnly } from '../../state/latest.js';
import { myDigits } from '../../data/my-digits.js';
import { near } from './more-state.js';

const INTERVAL_MILLISECONDS = 1000;

/** For each own digit what each arm reads in it; of `digits`, which may be older than the set. */
export const readings = signal(
  /** @type {{ digits: typeof myDigits.value, read: Record<import('../../engine/types').Arm, number>[] } | null} */ (
    null
  ),
);

/** @returns {() => void} stops */
export function followMine() {
  const read = latestOnly(async () => {
    const [engine, digits] = [client.peek(), myDigits.peek()];
    if (!engine || digits.length === 0 || experimentVersion.peek() === 0) {
      readings.value = null;
      return;
    }
    readings.value = { digits, read: await engine.call('readAll', [digits.map(({ pixels }) => pixels)]) };
  }, INTERVAL_MILLISECONDS);
  return effect(() => {
    void [myDigits.value, weightsVersion.value, experimentVersion.value, client.value];
    if (near.value) read();
  });
}
