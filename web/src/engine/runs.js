// The runs of an experiment in their order.

/** @typedef {import('./types').Run} Run */
/** @typedef {import('./types').Arm} Arm */

/** @type {readonly Arm[]} */
export const ARMS = ['self_supervised', 'random', 'supervised'];
/** @type {readonly Run[]} */
export const RUNS = ['pretext', ...ARMS];
