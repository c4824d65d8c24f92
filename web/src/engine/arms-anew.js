// The pretext task knows nothing of labels. So a run with another number of labelled images is, up to its arms, the run
// that is already there: this makes the checkpoint that such a run would have after its pretext task.
import { readSafetensors, writeSafetensors } from './safetensors.js';

/** @param {string} name tensor of a checkpoint */
const ofPretext = (name) => /^(rotnet|optimizer\.pretext|history\.pretext|result\.rotation)(\.|$)/.test(name);

const POSITION = { stage: 0, adamSteps: 5 };
/** The engine's number for training, as against preparing, validating and testing. */
const TRAINING = 1;

/**
 * @param {Uint8Array} trained a checkpoint from after the pretext task
 * @param {Uint8Array} fresh a checkpoint of a run that has not begun; seed, data and pretext settings as in `trained`,
 *   the settings of the arms as they are wanted
 * @returns {Uint8Array} a checkpoint with the pretext task of the one and the untouched arms of the other
 */
export function armsAnew(trained, fresh) {
  const [done, start] = [readSafetensors(trained), readSafetensors(fresh)];
  if (done.metadata.phase === 'pretext' || !done.tensors.has('result.rotation')) {
    throw new Error('the rotation network is not trained yet');
  }
  for (const key of Object.keys(start.metadata)) {
    if (/^(seed|preset|data\.fingerprint|pretext\..*)$/.test(key) && start.metadata[key] !== done.metadata[key]) {
      throw new Error(`${key} is ${start.metadata[key]} here and ${done.metadata[key]} in the trained run`);
    }
  }
  const tensors = new Map(start.tensors);
  for (const [name, tensor] of done.tensors) if (ofPretext(name)) tensors.set(name, tensor);
  const place = /** @type {import('./safetensors.js').Tensor} */ (done.tensors.get('position'));
  const steps = new Float64Array(place.bytes.slice().buffer);
  const position = new Float64Array(steps.length);
  position[POSITION.stage] = TRAINING;
  position[POSITION.adamSteps] = steps[POSITION.adamSteps];
  tensors.set('position', { type: 'F64', shape: [position.length], bytes: new Uint8Array(position.buffer) });
  return writeSafetensors({
    metadata: {
      ...start.metadata,
      phase: 'self_supervised',
      rate_changed_midway: done.metadata.rate_changed_midway,
    },
    tensors,
  });
}
