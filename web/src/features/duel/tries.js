import { computed } from '@preact/signals';
import { begun, results, started } from '../../session/session.js';
import { runs } from '../../shared/runs.js';
import { canOpenSecond } from '../../shared/second-engine.js';
import { settings } from '../../state/settings.js';
import { runStudy, seedsFrom, study } from './study.js';

const FEW = 100;

/** @type {readonly import('../../shared/tries.js').Task[]} */
export const TRIES = [
  {
    id: 'fewForArms',
    at: '#duel .budget',
    act: () => (settings.labels.value = FEW),
    needs: ['labels'],
    done: computed(
      () =>
        begun.value &&
        Boolean(results.value?.arms.supervised) &&
        settings.labels.value <= FEW &&
        (started.value?.labels ?? Infinity) <= FEW,
    ),
  },
  {
    id: 'seeds',
    at: '#duel .more-runs',
    act() {
      void runStudy({ seeds: seedsFrom(settings.seed.peek() + 1, 2), budgets: [settings.labels.peek()] });
    },
    can: computed(() => canOpenSecond.value && study.value === null),
    done: computed(() => new Set(runs.value.map((run) => String(run.settings.seed))).size > 1),
  },
];
