// What the chosen network looks like inside, now: its first kernels, and what a digit and its turned self give in it.
import { computed, signal } from '@preact/signals';
import { ask } from '../../ask/ask.js';
import { media } from '../../components/media.js';
import { variantsOfChosen } from '../../shared/chosen-image.js';
import { seen } from '../../shared/drawing.js';
import { chosen } from '../../shared/networks.js';

/** @typedef {import('../../engine/types').Activations} Activations */
/** @typedef {import('./maps.js').Cell} Cell */

export const source = signal(/** @type {'digit' | 'drawing'} */ ('digit'));
/** Quarter turns of the second of the two images. */
export const turn = signal(1);
/** The image that is sent through; null where nothing is drawn. */
export const pixels = computed(() =>
  source.value === 'drawing' ? seen.value : (variantsOfChosen.value?.upright ?? null),
);

/** @typedef {{ kernels: Float32Array | null, activations: [Activations, Activations] | null }} Found */
const asked = ask({
  about: () => ({ network: chosen.value, image: pixels.value, quarterTurns: turn.value }),
  async answer(engine, { network, image, quarterTurns }) {
    const [tensor, ...both] = await Promise.all([
      engine.call('tensor', [`${network}.conv1.kernel`]),
      ...(image
        ? [engine.call('activations', [network, image, 0]), engine.call('activations', [network, image, quarterTurns])]
        : []),
    ]);
    return /** @type {Found} */ ({ kernels: tensor, activations: both.length === 2 ? both : null });
  },
  initial: /** @type {Found} */ ({ kernels: null, activations: null }),
  weights: true,
});
/** conv1.kernel [3][3][1][64] */
export const kernels = computed(() => asked.value.value.kernels);
/** Of the image upright and turned. */
export const activations = computed(() => asked.value.value.activations);

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

  const end = asked.follow(wanted);
  return () => {
    end();
    phone.removeEventListener('change', measure);
  };
}
