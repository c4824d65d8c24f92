/** @type {import('../../shared/section.js').Section} */
export const section = {
  id: 'quiz',
  order: 2,
  load: async () => (await import('./view.jsx')).Quiz,
  tries: async () => (await import('./tries.js')).TRIES,
};
