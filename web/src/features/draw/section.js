import { followDrawing } from './state.js';

/** @type {import('../../components/section.jsx').SectionEntry} */
export const section = {
  id: 'draw',
  order: 4,
  link: 'Draw',
  title: ({ one }) => `Draw a ${one}`,
  intro: ({ one }) =>
    `All networks answer while you draw, and while they learn. Draw small, large or in a corner: the drawing is scaled and centred first. Then try a ${one === 'letter' ? 'digit' : 'letter'}, and see how sure they are of nonsense.`,
  load: async () => (await import('./view.jsx')).Draw,
  follow: followDrawing,
};
