import { computed } from '@preact/signals';
import { begun, canTrain, progress, results, stage, train } from '../../session/session.js';
import { pace } from '../../shared/speed.js';
import { settings } from '../../state/settings.js';

/** @type {readonly import('../../shared/tries.js').Task[]} */
export const TRIES = [
  {
    id: 'trained',
    at: '#learn .curves',
    act: () => void train(),
    can: canTrain,
    done: computed(() => begun.value && Boolean(results.value?.rotation)),
  },
  {
    id: 'slow',
    needs: ['pace'],
    at: '#learn .curves',
    act() {
      settings.pace.value = '5';
      if (canTrain.peek()) void train();
    },
    can: computed(() => canTrain.value || stage.value === 'running'),
    done: computed(
      () => stage.value === 'running' && pace.value > 0 && pace.value <= 5 && (progress.value?.step ?? 0) > 0,
    ),
  },
];
