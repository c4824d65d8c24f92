/** @type {import('../../shared/section.js').Section} */
export const section = {
  id: 'duel',
  order: 3,
  load: async () => (await import('./view.jsx')).Duel,
};
