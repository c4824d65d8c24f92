// What the visitor has changed since the present run was started, and what it takes to have it.
import { computed } from '@preact/signals';
import { RUNS } from '../engine/runs.js';
import { settings } from '../state/settings.js';
import { labelled, progress, results, stage, started, startedWith } from './model.js';
import { wanted } from './plan.js';

/** @typedef {import('./plan.js').Plan} Plan */

/** The part of a plan that leaves the rotation network as it is. @param {Plan} plan */
export const partOfArms = ({ labels, armEpochs }) => ({ labels, armEpochs });
/** A plan as the engine takes it: more labels than the data has make no difference. @param {Plan} plan */
const effective = (plan) => ({ ...plan, labels: Math.min(plan.labels, labelled() || Infinity) });
/** @param {Plan} a @param {Plan} b */
const samePlan = (a, b) => JSON.stringify(effective(a)) === JSON.stringify(effective(b));
/** The engine keeps rates as 32-bit floats. @param {number} a @param {number} b */
const sameRate = (a, b) => Math.fround(a) === Math.fround(b);

/** Runs that are over: another learning rate comes too late for them. @param {import('../engine/types').Progress | null} now */
export function runsOver(now) {
  const present = /** @type {import('../engine/types').Run | 'finished' | undefined} */ (
    now?.phase === 'failed' ? now.recovery?.run : now?.phase
  );
  if (!present) return [];
  return present === 'finished' ? RUNS : RUNS.slice(0, RUNS.indexOf(present));
}
/** Runs that were trained with another rate than is set now. */
const otherRates = computed(() => {
  const complete = started.value;
  if (!complete) return [];
  const [rate, armRate] = [settings.rate.value, settings.armRate.value];
  return runsOver(progress.value).filter((run) =>
    run === 'pretext'
      ? !sameRate(complete.pretext.learningRate, rate)
      : !sameRate(complete.arms[run].learningRate, armRate),
  );
});

/** The visitor has changed something that the present run can no longer have. */
export const restartWanted = computed(
  () =>
    startedWith.value !== '' && (!samePlan(wanted.value, JSON.parse(startedWith.value)) || otherRates.value.length > 0),
);

/** Rotation is trained, and only the arms' settings were changed: they can run again on the same rotation network. */
export const armsWanted = computed(() => {
  const trained = results.value?.rotation && ['running', 'paused', 'finished'].includes(stage.value);
  if (!restartWanted.value || !trained) return false;
  const pretextAsWanted = { ...JSON.parse(startedWith.value), ...partOfArms(wanted.value) };
  return samePlan(pretextAsWanted, wanted.value) && !otherRates.value.includes('pretext');
});
