import { computed } from '@preact/signals';
import { begun, started } from '../../session/session.js';
import { compared } from '../../shared/comparison.js';
import { canOpenSecond } from '../../shared/second-engine.js';
import { TASKS } from '../../shared/task.js';
import { settings } from '../../state/settings.js';
import { going, runAll } from './state.js';

/** @type {readonly import('../../shared/tries.js').Task[]} */
export const TRIES = [
  {
    id: 'otherTask',
    needs: ['task'],
    at: '#tasks .tasks-question',
    act: () => (settings.task.value = 'mirrors'),
    done: computed(() => begun.value && (started.value?.task.name ?? 'turns') !== 'turns'),
  },
  {
    id: 'allTasks',
    at: '#tasks .tasks-tools',
    act: () => void runAll(),
    can: computed(() => canOpenSecond.value && going.value === null),
    done: computed(() => (compared.value?.rows.length ?? 0) > TASKS.length),
  },
];
