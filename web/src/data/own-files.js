// The visitor's files: read, checked and taken as the data. A part of its own, since most visits have none.
import { signal } from '@preact/signals';
import { Fault } from '../state/fault.js';
import { MissingPart, UnknownLabels, pairFiles, unzip } from './idx.js';
import { recognise } from './kinds.js';
import { ownFiles, setOwnData } from './sources.js';

/** @typedef {import('./sources.js').GivenFile} GivenFile */
/** @typedef {import('./sources.js').OwnFiles} OwnFiles */

/** @type {import('./sources.js').DataOf} */
function dataOfOwn(limits) {
  const own = ownFiles.peek();
  const notes = [
    ...own.files.map(({ name }) => name),
    own.transpose ? 'rows and columns swapped' : '',
    own.knownOnly ? 'labels 0 to 9 only' : '',
  ];
  return { kind: 'idx', files: pairFiles(own.files, limits, own), source: notes.filter(Boolean).join(', ') };
}

/** Sound files that wait for the other part of their pair. @type {GivenFile[]} */
let waiting = [];

/**
 * Reads what the visitor chose or dropped. They replace the files that were there only when all is well with them.
 * @param {Iterable<File>} given
 */
export async function takeFiles(given) {
  const files = await Promise.all([...given].map(readFile));
  try {
    useFiles({ files, knownOnly: false, ...recognise(files.map(({ name }) => name)) });
  } catch (error) {
    if (!(error instanceof MissingPart)) throw error;
    const fresh = new Set(files.map(({ name }) => name));
    waiting = [...waiting.filter(({ name }) => !fresh.has(name)), ...files];
    if (waiting.length === files.length) throw error;
    useFiles({ files: waiting, knownOnly: false, ...recognise(waiting.map(({ name }) => name)) });
  }
  waiting = [];
}

/** @param {File} file @returns {Promise<GivenFile>} */
export async function readFile(file) {
  let bytes;
  try {
    bytes = new Uint8Array(await file.arrayBuffer());
  } catch {
    throw new Fault('notRead', { name: file.name });
  }
  const plain = await unzip({ name: file.name, bytes });
  const hash = await crypto.subtle?.digest('SHA-256', /** @type {Uint8Array<ArrayBuffer>} */ (plain.bytes));
  const sha256 = hash ? Array.from(new Uint8Array(hash), (byte) => byte.toString(16).padStart(2, '0')).join('') : '';
  return { ...plain, sha256, given: file };
}

/** The last files that only their labels made unusable. */
export const refused = signal(/** @type {OwnFiles | null} */ (null));

/** Takes up files that can be used as they are read; others are refused with an error. @param {OwnFiles} own */
export function useFiles(own) {
  refused.value = null;
  try {
    pairFiles(own.files, { train: 1, test: 1 }, own);
  } catch (error) {
    if (error instanceof UnknownLabels && error.usable) refused.value = own;
    throw error;
  }
  ownFiles.value = own;
  setOwnData(dataOfOwn);
}
