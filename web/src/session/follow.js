// Keeps results and learning rates in step with the engine.
import { batch, computed, effect, untracked } from '@preact/signals';
import { RUNS } from '../engine/runs.js';
import { faultOf } from '../fault-data.js';
import { settings } from '../state/settings.js';
import { client, experimentVersion, problem, progress, rateChanged, results, started } from './model.js';
import { runsOver } from './wishes.js';

/** Called once. */
export function followSession() {
  // Results change when a run ends: that is when the phase changes.
  const phase = computed(() => progress.value?.phase);
  effect(() => {
    const engine = client.value;
    if (!engine || !phase.value || experimentVersion.value === 0) return;
    void engine
      .call('results', [])
      .then((now) => (results.value = now))
      .catch(() => {});
  });
  effect(() => {
    const engine = client.value;
    const pace = settings.pace.value;
    void engine?.call('setPace', [pace === 'full' ? 0 : Number(pace)]).catch(() => {});
  });
  const rates = computed(() => [settings.rate.value, settings.armRate.value]);
  effect(() => {
    const [rate, armRate] = rates.value;
    const engine = untracked(() => client.value);
    if (!engine || !started.peek()) return;
    const version = experimentVersion.peek();
    const over = runsOver(progress.peek());
    const changes = RUNS.filter((run) => !over.includes(run)).map((run) =>
      engine.call('setLearningRate', [run, run === 'pretext' ? rate : armRate]),
    );
    Promise.all([...changes, engine.call('settings', [])])
      .then((answers) => {
        if (client.peek() !== engine || experimentVersion.peek() !== version) return;
        const now = /** @type {import('../engine/types').ExperimentSettings} */ (answers.at(-1));
        batch(() => {
          started.value = now;
          rateChanged.value = now.rateChangedMidway;
        });
      })
      .catch((error) => (problem.value = faultOf(error)));
  });
}
