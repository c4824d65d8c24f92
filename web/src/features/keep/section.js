/** @type {import('../../shared/section.js').Section} */
export const section = {
  id: 'keep',
  order: 9,
  appendix: true,
  load: async () => (await import('./view.jsx')).KeepSection,
};
