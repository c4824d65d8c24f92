/** @type {import('../../shared/section.js').Section} */
export const section = {
  id: 'duel',
  order: 3,
  load: async () => (await import('./view.jsx')).Duel,
  tries: async () => (await import('./tries.js')).TRIES,
};
