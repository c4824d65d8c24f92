/** @type {import('../../components/section.jsx').SectionEntry} */
export const section = {
  id: 'quiz',
  order: 2,
  link: 'Quiz',
  title: () => 'You against the network',
  intro: ({ one }) =>
    `The same task for you. Nobody told the network what a ${one} is, only which turns were made; how do you know which way is up?`,
  load: async () => (await import('./view.jsx')).Quiz,
};
