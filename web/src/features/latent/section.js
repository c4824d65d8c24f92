/** @type {import('../../shared/section.js').Section} */
export const section = {
  id: 'map',
  order: 5,
  load: async () => (await import('./view.jsx')).LatentMap,
  tries: async () => (await import('./tries.js')).TRIES,
};
