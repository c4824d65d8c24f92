// Exact linear probes of the present run: once for what does not change, again and again for the network that trains.
import { computed, effect, signal, untracked } from '@preact/signals';
import { ask } from '../../ask/ask.js';
import {
  begun,
  dataInfo,
  example,
  experimentVersion,
  labelled,
  progress,
  results,
  stage,
  started,
  weightsVersion,
} from '../../session/session.js';
import { budgetsOf } from '../../shared/budgets.js';
import { learned, noteProbe, pretextRun, runProbes, track } from '../../shared/probes.js';
import { addToRun, ownRow } from '../../shared/runs.js';
import { upTo } from '../../shared/track.js';
import { settings } from '../../state/settings.js';
import { waitAfter } from './pace.js';
import { against, budgetOf, chosenOf, shareOf, verdictOf } from './reading.js';

/** @typedef {import('../../engine/types').DataInfo} DataInfo */
/** @typedef {import('../../engine/types').ProbeAnswer} Probe */
/** @typedef {import('./reading.js').Probes} Probes */
/** @typedef {import('../../data/records.js').Features} Features */

/** Somebody looks at the figures. */
export const seen = signal(false);

/** A number of labels with which little can be said. */
export const FEWEST = 10;
export const budgets = computed(() => budgetsOf(labelled()));
/** The number of labels that sentences, and the curve over the epochs, are about. */
export const chosen = computed(() => chosenOf(budgets.value, Number(settings.probeLabels.value)));

/** Labels that the supervised network of this run learns from. */
export const supervisedLabels = computed(() => started.value?.labels ?? 0);

// What no training changes: the classes of the test images, pixels, and the untrained network of this seed.

/** @typedef {{ of: DataInfo | null, weights: string, truth: Uint8Array, untrained: Probe | null, pixels: Probe | null }} Base */
/** @type {Base} */
const NO_BASE = { of: null, weights: '', truth: new Uint8Array(), untrained: null, pixels: null };
/** Seed and scale of the pixels, on which untrained features depend. */
const untrainedOf = computed(() => (started.value ? `${started.value.seed} ${started.value.preset}` : ''));
const scaleIn = (/** @type {string} */ weights) => weights.split(' ')[1];

const baseAsked = ask({
  about() {
    const [info, weights] = [dataInfo.value, untrainedOf.value];
    if (!info || weights === '') return undefined;
    const { of, weights: same, pixels } = baseFound.peek();
    return of === info && same === weights && pixels ? undefined : { info, weights, labels: budgets.value };
  },
  async answer(engine, { info, weights, labels }, { signal: ended, show }) {
    const before = baseFound.peek();
    const truth = before.of === info ? before.truth : await engine.call('labels', ['test'], { signal: ended });
    // Another seed changes no pixels.
    const pixels = before.of === info && scaleIn(before.weights) === scaleIn(weights) ? before.pixels : null;
    const untrained = await engine.call('probe', [{ features: 'untrained', labels }], { signal: ended });
    const found = { of: info, weights, truth, untrained, pixels };
    if (pixels) return found;
    show(found);
    return { ...found, pixels: await engine.call('probe', [{ features: 'pixels', labels }], { signal: ended }) };
  },
  initial: NO_BASE,
});
/** @type {import('@preact/signals').ReadonlySignal<Base>} */
const baseFound = baseAsked.value;
const base = computed(() => {
  const found = baseFound.value;
  return found.of === dataInfo.value && found.weights === untrainedOf.value ? found : NO_BASE;
});

// The pretext network.

const OVER = { over: true, weights: -1 };
/** Which weights it has; always the same once its training is over. */
const pretextWeights = computed(() => {
  const now = progress.value;
  if (!now) return null;
  const over = now.phase === 'failed' ? Boolean(results.value?.rotation) : now.phase !== 'pretext';
  return over ? OVER : { over, weights: weightsVersion.value };
});
const training = computed(() => stage.value === 'running' && !pretextWeights.value?.over);

/** Milliseconds from the last question to its answer. */
let took = 0;
const taughtAsked = ask({
  about: () => {
    const now = pretextWeights.value;
    return now && dataInfo.value && { ...now, labels: budgets.value };
  },
  async answer(engine, { over, labels }, { signal: ended, current }) {
    const experiment = experimentVersion.peek();
    const steps = progress.peek()?.steps ?? 0;
    const start = performance.now();
    const probe = await engine.call('probe', [{ features: 'pretext', labels }], { signal: ended });
    took = performance.now() - start;
    const at = probe.epoch + (steps > 0 ? probe.step / steps : 0);
    if (current()) {
      const right = probe.budgets.map((budget) => budget.right);
      noteProbe({ labels, of: probe.budgets[0]?.of ?? 0 }, { at, right });
    }
    return { probe, at, over, experiment };
  },
  initial: /** @type {{ probe: Probe, at: number, over: boolean, experiment: number } | null} */ (null),
  every: () => waitAfter({ took, training: training.peek(), seen: seen.peek() && !document.hidden }),
});
/** The latest of this experiment. */
const taught = computed(() => {
  const found = taughtAsked.value.value;
  return found && found.experiment === experimentVersion.value ? found : null;
});

// The supervised network, when it is trained.

const supervisedTrained = computed(() => Boolean(results.value?.arms.supervised));
const supervisedAsked = ask({
  about: () => (supervisedTrained.value ? { labels: budgets.value } : null),
  async answer(engine, { labels }, { signal: ended }) {
    return engine.call('probe', [{ features: 'supervised', labels }], { signal: ended });
  },
  initial: /** @type {Probe | null} */ (null),
});

/** Why there are no figures; null: nothing is wrong. */
export const problem = computed(
  () => baseAsked.error.value ?? taughtAsked.error.value ?? supervisedAsked.error.value ?? drawsAsked.error.value,
);

/** The same, once there is something that it can have been taught: before its first step it is one more untrained network. */
const trained = computed(() =>
  (begun.value || example.value) && taught.value && taught.value.at > 0 ? taught.value : null,
);

/** All that is known now. */
export const probes = computed(() => {
  const { untrained, pixels } = base.value;
  const found = {
    pretext: trained.value?.probe,
    untrained,
    pixels,
    supervised: supervisedAsked.value.value,
  };
  return /** @type {Probes} */ (
    Object.fromEntries(Object.entries(found).flatMap(([name, probe]) => (probe ? [[name, probe.budgets]] : [])))
  );
});
export const truth = computed(() => base.value.truth);
/** Epochs of the pretext task behind the latest probe of it, and whether it is the last. */
export const standing = computed(() => {
  const found = trained.value;
  return found && { epoch: found.probe.epoch, step: found.probe.step, over: found.over };
});

export const verdict = computed(() => verdictOf(probes.value, truth.value, chosen.value, supervisedLabels.value));
export const comparisons = computed(() => against(probes.value, truth.value, chosen.value, supervisedLabels.value));

// Other labelled images: how much depends on which ones they are.

const MOST_DRAWS = 20;
/** Somebody has asked for it. */
export const drawsOpen = signal(false);
const drawsAsked = ask({
  about() {
    const now = pretextWeights.value;
    if (!drawsOpen.value || !now || !trained.value) return null;
    return training.value ? undefined : { ...now, labels: chosen.value };
  },
  async answer(engine, { labels }, { signal: ended }) {
    const choice = { labels: [labels], draws: MOST_DRAWS };
    const [own] = (await engine.call('probe', [{ ...choice, features: 'pretext' }], { signal: ended })).budgets;
    const [other] = (await engine.call('probe', [{ ...choice, features: 'untrained' }], { signal: ended })).budgets;
    const pairs = own.draws.map(({ accuracy }, i) => ({
      own: accuracy,
      other: other.draws[i].accuracy,
      count: own.of,
    }));
    return { labels, pairs };
  },
  initial: /** @type {{ labels: number, pairs: import('../../shared/lead.js').Pair[] } | null} */ (null),
});
/** The sets of labelled images at the chosen number, each with what is read from the trained features and from untrained ones. */
export const draws = computed(() => {
  const found = drawsAsked.value.value;
  return found && found.labels === chosen.value ? found : null;
});
/** They wait for the end of the training, or a pause. */
export const drawsWait = training;

// Along the epochs.

/** Epochs done by now. */
const place = computed(() => {
  const now = progress.value;
  if (!now) return 0;
  if (now.phase !== 'pretext') return Infinity;
  return now.epoch + (now.steps > 0 ? now.step / now.steps : 0);
});
/** @typedef {{ at: number, right: number, of: number }} AlongPoint */
/** Figures at the chosen number of labels; the beginning is an untrained network, if need be the one of the chart. */
export const along = computed(() => {
  void experimentVersion.value;
  const { run, labels, of, points } = track.value;
  const column = labels.indexOf(chosen.value);
  const mine = of > 0 && column >= 0 && run === pretextRun() ? upTo(points, place.value) : [];
  const found = mine.map(({ at, right }) => ({ at, right: right[column], of }));
  const start = budgetOf(probes.value, 'untrained', chosen.value);
  return found.length > 0 && found[0].at > 0 && start ? [{ at: 0, right: start.right, of: start.of }, ...found] : found;
});

let followed = false;
/** Called once; more often makes no difference. */
export function followProbes() {
  if (followed) return;
  followed = true;
  baseAsked.follow();
  taughtAsked.follow();
  supervisedAsked.follow();
  drawsAsked.follow();

  // A run that is begun again leaves its earlier life behind.
  effect(() => {
    if (!begun.value) return;
    untracked(() => {
      const before = track.peek();
      const points = upTo(before.points, place.peek());
      if (points.length < before.points.length) track.value = { ...before, points };
    });
  });

  effect(() => {
    const labels = chosen.value;
    const [now, untrained] = [shareOf(probes.value, 'pretext', labels), shareOf(probes.value, 'untrained', labels)];
    const code = comparisons.value.find(({ other }) => other === 'untrained')?.code;
    learned.value = now && untrained && code && code !== 'unfair' ? { labels, taught: now, untrained, code } : null;
  });

  // The run's row in the table of runs keeps them.
  effect(() => {
    const [own, found] = [ownRow.value, probes.value];
    if (own.id === '' || own.of !== experimentVersion.value || !trained.value?.over) return;
    untracked(() => addToRun(own.id, { probes: runProbes(found) }));
  });
}
