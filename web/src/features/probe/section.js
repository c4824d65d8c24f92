import { followAtRest } from '../../state/idle.js';

/** @type {import('../../shared/section.js').Section} */
export const section = {
  id: 'probe',
  order: 1.5,
  load: async () => (await import('./view.jsx')).Probe,
  tries: async () => (await import('./tries.js')).TRIES,
  // The figures begin with the data and follow the training, also while they are out of sight.
  follow: followAtRest(async () => (await import('./state.js')).followProbes),
};
