/** @type {import('../../components/section.jsx').SectionEntry} */
export const section = {
  id: 'map',
  order: 5,
  link: 'Map',
  title: () => 'A map of what it has learned',
  intro: ({ many }) =>
    `Before the last layer every picture is 288 numbers. Here are some test ${many}, seen from the two directions in which those numbers differ most. Look for ${many} of one kind that drift together, though rotation never saw a label, and wind the training back to see it happen.`,
  load: async () => (await import('./view.jsx')).LatentMap,
};
