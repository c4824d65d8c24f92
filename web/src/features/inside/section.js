import { followAtRest } from '../../state/idle.js';

/** @type {import('../../shared/section.js').Section} */
export const section = {
  id: 'inside',
  order: 6,
  load: async () => (await import('./view.jsx')).Inside,
  tries: async () => (await import('./tries.js')).TRIES,
  follow: followAtRest(async () => (await import('./layers-state.js')).followLayers),
};
