/** Pretext tasks by the engine's names, in the order in which they are shown. */
export const TASKS = /** @type {const} */ (['turns', 'mirrors', 'turns_mirrors', 'jigsaw', 'shuffles']);
