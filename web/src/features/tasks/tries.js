import { computed } from '@preact/signals';
import { begun, started } from '../../session/session.js';
import { compared } from '../../shared/comparison.js';
import { TASKS } from '../../shared/task.js';

/** @type {readonly import('../../shared/tries.js').Task[]} */
export const TRIES = [
  {
    id: 'otherTask',
    needs: ['task'],
    done: computed(() => begun.value && (started.value?.task.name ?? 'turns') !== 'turns'),
  },
  { id: 'allTasks', done: computed(() => (compared.value?.rows.length ?? 0) > TASKS.length) },
];
