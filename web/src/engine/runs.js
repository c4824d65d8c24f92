// The runs of an experiment in their order, and their names on the page.

/** @typedef {import('./types').Run} Run */
/** @typedef {import('./types').Arm} Arm */

/** @type {readonly Arm[]} */
export const ARMS = ['self_supervised', 'random', 'supervised'];
/** @type {readonly Run[]} */
export const RUNS = ['pretext', ...ARMS];
/** @type {Record<Run, string>} */
export const RUN_TITLES = {
  pretext: 'Rotation',
  self_supervised: 'Self-supervised',
  random: 'Random features',
  supervised: 'Supervised',
};
