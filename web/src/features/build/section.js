/** @type {import('../../components/section.jsx').SectionEntry} */
export const section = {
  id: 'speed',
  order: 8,
  link: 'Speed',
  title: () => 'Why so fast',
  intro: () => 'The whole engine is compiled C++ that runs here, on your processor. Nothing is sent to a server.',
  load: async () => (await import('./view.jsx')).Build,
};
