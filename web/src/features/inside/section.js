import { followLayers } from './layers-state.js';

/** @type {import('../../components/section.jsx').SectionEntry} */
export const section = {
  id: 'inside',
  order: 6,
  link: 'Inside',
  title: () => 'Look inside',
  intro: () =>
    'A convolution looks for small patterns everywhere in the picture; pooling forgets where exactly they were. All four networks begin with two such stages. They differ in what stands on top, and in what may still change.',
  load: async () => (await import('./view.jsx')).Inside,
  follow: followLayers,
};
