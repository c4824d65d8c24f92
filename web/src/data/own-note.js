// Notes about the visitor's files, as they lie in storage: other versions and other tools may have written there.
import { KINDS } from './kinds.js';

/** @typedef {import('./sources.js').OwnNote} OwnNote */

const MOST_FILES = 16;
const MOST_LETTERS = 1024;
/** Empty where the browser made none. */
const SHA256 = /^(?:[0-9a-f]{64})?$/;

/** @param {any} value @returns {value is OwnNote} */
export const isOwnNote = (value) =>
  typeof value?.kind === 'string' &&
  Object.hasOwn(KINDS, value.kind) &&
  typeof value.transpose === 'boolean' &&
  typeof value.knownOnly === 'boolean' &&
  Array.isArray(value.files) &&
  value.files.length > 0 &&
  value.files.length <= MOST_FILES &&
  value.files.every(
    (/** @type {any} */ file) =>
      typeof file?.name === 'string' &&
      file.name.length <= MOST_LETTERS &&
      typeof file.sha256 === 'string' &&
      SHA256.test(file.sha256),
  );
