// What the chosen network looks like inside, now: its first kernels, and what a digit and its turned self give in it.
import { batch, computed, effect, signal } from '@preact/signals';
import { media } from '../../components/media.js';
import { client, experimentVersion, weightsVersion } from '../../state/lab.js';
import { newestOnly } from '../../state/newest-only.js';
import { seen } from '../draw/state.js';
import { chosen } from './layers-state.js';
import { turns } from '../rotations/state.js';

/** @typedef {import('../../engine/types').Activations} Activations */
/** @typedef {import('./maps.js').Cell} Cell */

/** conv1.kernel [3][3][1][64] */
export const kernels = signal(/** @type {Float32Array | null} */ (null));

export const source = signal(/** @type {'digit' | 'drawing'} */ ('digit'));
/** Quarter turns of the second of the two images. */
export const turn = signal(1);
/** The image that is sent through; null where nothing is drawn. */
export const pixels = computed(() => (source.value === 'drawing' ? seen.value : (turns.value?.images[0] ?? null)));
/** Of the image upright and turned. */
export const activations = signal(/** @type {[Activations, Activations] | null} */ (null));

/** What the pointer or the keys are at; both images share one place. */
export const cells = {
  kernels: signal(/** @type {Cell | null} */ (null)),
  stage1: signal(/** @type {Cell | null} */ (null)),
  stage2: signal(/** @type {Cell | null} */ (null)),
};

export const narrow = signal(false);

/** @param {import('@preact/signals').ReadonlySignal<boolean>} wanted whether anybody looks @returns {() => void} ends it */
export function followInside(wanted) {
  const phone = media('--phone');
  const measure = () => (narrow.value = phone.matches);
  measure();
  phone.addEventListener('change', measure);

  const look = newestOnly(async () => {
    const [engine, network, image, quarterTurns] = [client.peek(), chosen.peek(), pixels.peek(), turn.peek()];
    if (!engine || !wanted.peek() || experimentVersion.peek() === 0) return;
    try {
      const [tensor, ...both] = await Promise.all([
        engine.call('tensor', [`${network}.conv1.kernel`]),
        ...(image
          ? [
              engine.call('activations', [network, image, 0]),
              engine.call('activations', [network, image, quarterTurns]),
            ]
          : []),
      ]);
      batch(() => {
        kernels.value = tensor;
        activations.value = both.length === 2 ? [both[0], both[1]] : null;
      });
    } catch {
      // The engine is gone or between two experiments: the next change looks anew.
    }
  });
  const end = effect(() => {
    void [client.value, experimentVersion.value, weightsVersion.value, wanted.value];
    void [chosen.value, pixels.value, turn.value];
    void look();
  });
  return () => {
    end();
    phone.removeEventListener('change', measure);
  };
}
