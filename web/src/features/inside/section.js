import { followLayers } from './layers-state.js';

/** @type {import('../../shared/section.js').Section} */
export const section = {
  id: 'inside',
  order: 6,
  load: async () => (await import('./view.jsx')).Inside,
  follow: followLayers,
};
