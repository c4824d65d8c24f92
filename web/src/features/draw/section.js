import { followAtRest } from '../../state/idle.js';

/** @type {import('../../shared/section.js').Section} */
export const section = {
  id: 'draw',
  order: 4,
  load: async () => (await import('./view.jsx')).Draw,
  tries: async () => (await import('./tries.js')).TRIES,
  follow: followAtRest(async () => (await import('../../shared/drawing.js')).followDrawing),
};
