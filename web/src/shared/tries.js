// What there is to try in a section. A section declares its tasks as data (features/*/tries.js), with words under their ids
// in the messages' room `tries.tasks`.

/**
 * @typedef {object} Task
 * @property {keyof import('../messages/messages.js').Words['tries']['tasks']} id
 * @property {import('@preact/signals').ReadonlySignal<boolean>} done whether the page shows it done now; once is enough
 * @property {import('@preact/signals').ReadonlySignal<boolean>} [applies] false: it makes no sense now, and is left out
 * @property {() => void} [act] does it, or begins it, for the visitor; without it the button only leads there
 * @property {import('@preact/signals').ReadonlySignal<boolean>} [can] false: that cannot be done now
 * @property {string} at selector of the place where it is seen
 * @property {readonly string[]} [needs] settings and sections without which it cannot be done: where a lesson fixes or
 *   hides one of them, the task is left out
 */

export {};
