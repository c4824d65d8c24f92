/** @type {import('../../components/section.jsx').SectionEntry} */
export const section = {
  id: 'duel',
  order: 3,
  link: 'Duel',
  title: ({ many, reads }) => `Freeze it, then ${reads} ${many}`,
  intro: ({ many, reads }) =>
    `Now keep what rotation taught and freeze it. On top goes one small layer that learns to ${reads} ${many} from a few labelled pictures. Is that better than starting from nothing? Three networks try, from the same pictures.`,
  load: async () => (await import('./view.jsx')).Duel,
};
