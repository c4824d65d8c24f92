/** @type {import('../../shared/section.js').Section} */
export const section = {
  id: 'keep',
  order: 9,
  load: async () => (await import('./view.jsx')).KeepSection,
};
