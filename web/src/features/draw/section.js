import { followDrawing } from '../../shared/drawing.js';

/** @type {import('../../shared/section.js').Section} */
export const section = {
  id: 'draw',
  order: 4,
  load: async () => (await import('./view.jsx')).Draw,
  follow: followDrawing,
};
