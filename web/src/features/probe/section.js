import { whenIdle } from '../../state/idle.js';

/** @type {import('../../shared/section.js').Section} */
export const section = {
  id: 'probe',
  order: 1.5,
  load: async () => (await import('./view.jsx')).Probe,
  // The figures begin with the data and follow the training, also while they are out of sight.
  follow: () =>
    whenIdle(() => {
      import('./state.js').then(
        ({ followProbes }) => followProbes(),
        () => {}, // the section's own view says so
      );
    }),
};
