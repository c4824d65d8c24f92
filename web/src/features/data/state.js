import { signal } from '@preact/signals';

/** A file hangs over the drop zone. */
export const dropping = signal(false);
/** What is wrong with the visitor's files; empty while nothing is. */
export const fileProblem = signal('');
