import { followDrops } from './state.js';

/** @type {import('../../shared/section.js').Section} */
export const section = {
  id: 'data',
  order: 7,
  appendix: true,
  load: async () => (await import('./view.jsx')).DataSection,
  follow: followDrops,
};
