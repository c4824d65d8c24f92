/**
 * The name of a worker, also that of the lock which it holds as long as it lives: no other has it, in any tab.
 * @param {number} number of the worker in its page; the first script starts the first one (boot/boot.js)
 */
export const workerName = (number) =>
  `engine ${Date.now().toString(36)}-${Math.random().toString(36).slice(2)}-${number}`;
