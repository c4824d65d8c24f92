// The native command that makes this very run.
import { computed } from '@preact/signals';
import { ask } from '../ask/ask.js';
import { GENERATED_SEED, ownFiles, resolved } from '../data/sources.js';
import { begun, build, dataInfo, mixed, mixedIn, rateChanged, signature, started } from '../session/session.js';
import { PROPERTIES } from '../state/properties.js';
import { settings } from '../state/settings.js';
import { rounded } from './rate.js';

/** @param {number} rate @param {'rate' | 'armRate'} name */
const isInitial = (rate, name) => rounded(rate) === PROPERTIES[name].initial;

/**
 * Only what differs from the native defaults, which are the notebook's.
 * @param {import('../engine/types').ExperimentSettings} plan
 * @param {string} data text of --data
 * @param {boolean} fused the arithmetic of this page's engine; natively `sse2` is the one without fused multiply-add
 * @param {{ hash?: string, signature?: string }} [expected] of the images in the files, and of the run once it has ended:
 *   other files, or another run, are then an error
 */
export function commandFor(plan, data, fused, { hash = '', signature: ended = '' } = {}) {
  const arm = plan.arms.self_supervised;
  const parts = [
    'quarterturn run',
    `--data ${data}`,
    hash === '' ? '' : `--expect-data ${hash}`,
    `--seed ${plan.seed}`,
    plan.preset === 'unit' ? '' : `--preset ${plan.preset}`,
    plan.labels === PROPERTIES.labels.initial ? '' : `--labels ${plan.labels}`,
    plan.task.name === PROPERTIES.task.initial ? '' : `--pretext ${plan.task.name.replaceAll('_', '-')}`,
    `--pretext-epochs ${plan.pretext.epochs}`,
    plan.pretext.batch === PROPERTIES.batch.initial ? '' : `--pretext-batch ${plan.pretext.batch}`,
    isInitial(plan.pretext.learningRate, 'rate') ? '' : `--pretext-learning-rate ${rounded(plan.pretext.learningRate)}`,
    plan.pretext.shuffle ? '--pretext-shuffle true' : '',
    `--arms-epochs ${arm.epochs}`,
    isInitial(arm.learningRate, 'armRate') ? '' : `--arms-learning-rate ${rounded(arm.learningRate)}`,
  ];
  if (!fused) parts.push('--isa sse2');
  if (ended !== '') parts.push(`--expect ${ended}`);
  return parts.filter((part) => part !== '').join(' ');
}

/** @typedef {{ of: import('../engine/types').DataInfo | null, text: string }} ImagesHash */
/** @type {ImagesHash} */
const NO_HASH = { of: null, text: '' };
/**
 * Of the loaded images, as the native program's --expect-data has it. Generated digits need none: their seed names them.
 * It is asked for once training has begun, so that the first step does not wait for it.
 */
const asked = ask({
  about() {
    const info = dataInfo.value;
    const files = mixedIn.value !== '' || resolved(settings.data.value) !== 'generated';
    return info && begun.value && files && imagesHash.peek().of !== info ? info : undefined;
  },
  answer: async (engine, info) => ({ of: info, text: await engine.call('dataHash', []) }),
  initial: NO_HASH,
});
/** @type {import('@preact/signals').ReadonlySignal<ImagesHash>} */
const imagesHash = asked.value;
/** Called once. */
export const followCommand = () => asked.follow();

export const command = computed(() => {
  const [plan, info] = [started.value, dataInfo.value];
  const fused = build.value?.info.fused ?? true;
  return !plan || !info || rateChanged.value || mixed.value ? '' : commandOf(plan, info, fused, signature.value);
});

/** The page loads no more of the files than a run uses; a smaller part has no native name. */
const wholeFiles = () =>
  settings.images.value === PROPERTIES.images.initial && settings.tests.value === PROPERTIES.tests.initial;

/**
 * Empty where the native program has no way to the same images.
 * @param {import('../engine/types').ExperimentSettings} plan
 * @param {import('../engine/types').DataInfo} info
 * @param {boolean} fused
 * @param {string} [ended] the run's signature, once it has ended
 */
export function commandOf(plan, info, fused, ended = '') {
  const expected = { hash: imagesHash.value.of === info ? imagesHash.value.text : '', signature: ended };
  // The page offers these data, own digits among them, as files beside the set of own digits.
  if (mixedIn.value !== '') return commandFor(plan, 'FOLDER-OF-THE-FOUR-FILES', fused, expected);
  switch (resolved(settings.data.value)) {
    case 'generated':
      return commandFor(plan, `generated:${info.train}:${info.test}:${GENERATED_SEED}`, fused, { signature: ended });
    case 'mnist':
      return wholeFiles() ? commandFor(plan, 'data/mnist', fused, expected) : '';
    default:
      // The native program takes files as they are.
      return wholeFiles() && !ownFiles.value.transpose && !ownFiles.value.knownOnly
        ? commandFor(plan, 'FOLDER-OF-YOUR-FILES', fused, expected)
        : '';
  }
}
