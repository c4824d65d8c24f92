import { followDrops } from './state.js';

/** @type {import('../../components/section.jsx').SectionEntry} */
export const section = {
  id: 'data',
  order: 7,
  link: 'Data',
  title: () => 'The data',
  intro: () =>
    'Rotation learns from pictures without labels; the three readers get a small labelled part; the test is kept apart from both. Try other data: any IDX files of 28×28 pictures will do.',
  load: async () => (await import('./view.jsx')).DataSection,
  follow: followDrops,
};
