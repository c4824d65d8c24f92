/** @type {import('../../shared/section.js').Section} */
export const section = {
  id: 'speed',
  order: 8,
  appendix: true,
  load: async () => (await import('./view.jsx')).Build,
};
