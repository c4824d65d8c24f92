import { computed } from '@preact/signals';
import { begun, progress, results, stage } from '../../session/session.js';
import { pace } from '../../shared/speed.js';

/** @type {readonly import('../../shared/tries.js').Task[]} */
export const TRIES = [
  { id: 'trained', done: computed(() => begun.value && Boolean(results.value?.rotation)) },
  {
    id: 'slow',
    needs: ['pace'],
    done: computed(
      () => stage.value === 'running' && pace.value > 0 && pace.value <= 5 && (progress.value?.step ?? 0) > 0,
    ),
  },
];
