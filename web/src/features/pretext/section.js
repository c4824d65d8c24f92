import { Pretext } from './view.jsx';

/** @type {import('../../components/section.jsx').SectionEntry} */
export const section = {
  id: 'learn',
  order: 1,
  link: 'Learning',
  title: () => 'Watch it learn',
  intro: () =>
    'First task: four turns, four answers; guessing gives 25%. An epoch is one round through all pictures, each in its four turns. The loss measures how far the network is from being sure of the right turn: lower is better.',
  View: Pretext,
};
