/** @type {import('../../components/section.jsx').SectionEntry} */
export const section = {
  id: 'keep',
  order: 9,
  link: 'Keep',
  title: () => 'Keep and share',
  intro: () => 'Go on later, get exactly the same numbers again, hand it to others, or take it into other programs.',
  load: async () => (await import('./view.jsx')).KeepSection,
};
