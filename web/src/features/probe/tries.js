import { computed } from '@preact/signals';
import { begun } from '../../session/session.js';
import { settings } from '../../state/settings.js';
import { FEWEST, chosen, draws, drawsOpen, probes, standing } from './state.js';

/** @type {readonly import('../../shared/tries.js').Task[]} */
export const TRIES = [
  {
    id: 'fewLabels',
    needs: ['probeLabels'],
    at: '#probe .probe-main',
    act: () => (settings.probeLabels.value = String(FEWEST)),
    done: computed(() => begun.value && standing.value?.over === true && chosen.value <= FEWEST),
  },
  {
    id: 'otherLabels',
    at: '#probe .probe-draws',
    act: () => (drawsOpen.value = true),
    can: computed(() => Boolean(probes.value.pretext)),
    done: computed(() => drawsOpen.value && draws.value !== null),
  },
];
