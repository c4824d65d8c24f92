// Which unit is looked at, and the numbers that it follows from.
import { batch, computed, effect, signal } from '@preact/signals';
import { ask } from '../../ask/ask.js';
import { chosen } from '../../shared/networks.js';
import { pixels, turn } from './state.js';
import { stagesOf, strongest, unitOf } from './unit.js';

/** @typedef {import('./maps.js').Cell} Cell */
/** @typedef {'stage1' | 'stage2'} StageName */
/** @typedef {'upright' | 'turned'} Side */

export const STAGE_NAMES = /** @type {readonly StageName[]} */ (['stage1', 'stage2']);

export const stageName = signal(/** @type {StageName} */ ('stage1'));
/** Which of the two images. */
export const side = signal(/** @type {Side} */ ('upright'));
/** The unit of each stage; null: none is chosen yet. */
export const units = {
  stage1: signal(/** @type {Cell | null} */ (null)),
  stage2: signal(/** @type {Cell | null} */ (null)),
};
/** Which output of the convolution, of those that the pool chooses from, is shown product by product; null: the winner. */
export const shownOutput = signal(/** @type {number | null} */ (null));
/** The channel whose window is shown; null: the one with the largest part in the sum. */
export const shownChannel = signal(/** @type {number | null} */ (null));

/** @param {StageName} stage @param {Side} image @param {Cell} cell */
export function chooseUnit(stage, image, cell) {
  batch(() => {
    stageName.value = stage;
    side.value = image;
    units[stage].value = cell;
    shownOutput.value = null;
    shownChannel.value = null;
  });
}

/** Milliseconds from answer to question: figures that are read one by one. */
const EVERY = 500;

const asked = ask({
  about: () =>
    pixels.value && { network: chosen.value, image: pixels.value, turns: side.value === 'turned' ? turn.value : 0 },
  answer: (engine, { network, image, turns }) => engine.call('trunkNumbers', [network, image, turns]),
  initial: /** @type {ReturnType<import('../../engine/types').WorkerMethods['trunkNumbers']> | null} */ (null),
  weights: true,
  every: EVERY,
});

const shapes = computed(() => {
  const found = asked.value.value;
  return found && stagesOf(found.rows, Math.sqrt(found.input.length));
});

/** Names of the two convolutions, as the layer table has them. */
export const stageTitles = computed(() => shapes.value?.map(({ name }) => name) ?? ['conv1', 'conv2']);

/** The chosen unit with all that it follows from; null before the first answer. */
export const numbers = computed(() => {
  const found = asked.value.value;
  const place = STAGE_NAMES.indexOf(stageName.value);
  const cell = units[stageName.value].value;
  const shape = shapes.value?.[place];
  if (!found || !shape || !cell) return null;
  const { output, ...weights } = found.stages[place];
  const input = place === 0 ? found.input : found.stages[place - 1].output;
  const unit = unitOf(shape, input, weights, cell);
  const at = shownOutput.value ?? unit.winner;
  const { byChannel } = unit.candidates[at];
  const largest = byChannel.reduce((best, sum, i) => (Math.abs(sum) > Math.abs(byChannel[best]) ? i : best), 0);
  return { shape, cell, input, weights, output, unit, at, channel: shownChannel.value ?? largest };
});

/** @param {import('@preact/signals').ReadonlySignal<boolean>} wanted whether anybody looks @returns {() => void} ends it */
export function followUnit(wanted) {
  const ends = [
    asked.follow(wanted),
    // Until one is chosen: the one that responds most when it is first looked at.
    effect(() => {
      const found = asked.value.value;
      const place = STAGE_NAMES.indexOf(stageName.value);
      const shape = shapes.value?.[place];
      const unit = units[stageName.value];
      if (found && shape && !unit.value) unit.value = strongest(shape, found.stages[place].output);
    }),
  ];
  return () => ends.forEach((end) => end());
}
