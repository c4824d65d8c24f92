/** @type {import('../../shared/section.js').Section} */
export const section = {
  id: 'speed',
  order: 8,
  load: async () => (await import('./view.jsx')).Build,
};
