import { computed } from '@preact/signals';
import { begun, results, started } from '../../session/session.js';
import { runs } from '../../shared/runs.js';
import { settings } from '../../state/settings.js';

const FEW = 100;

/** @type {readonly import('../../shared/tries.js').Task[]} */
export const TRIES = [
  {
    id: 'fewForArms',
    needs: ['labels'],
    done: computed(
      () =>
        begun.value &&
        Boolean(results.value?.arms.supervised) &&
        settings.labels.value <= FEW &&
        (started.value?.labels ?? Infinity) <= FEW,
    ),
  },
  { id: 'seeds', done: computed(() => new Set(runs.value.map((run) => String(run.settings.seed))).size > 1) },
];
