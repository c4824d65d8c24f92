/** @type {import('../../shared/section.js').Section} */
export const section = {
  id: 'tasks',
  order: 2.5,
  load: async () => (await import('./view.jsx')).Tasks,
  tries: async () => (await import('./tries.js')).TRIES,
};
