// The visitor's own files, kept in this browser (database.js) as they were given, so that a run on them can go on after a
// reload. A file is known by the checksum of its content, whatever it is called.
import { askToPersist, database } from './database.js';
import { isOwnNote } from './own-note.js';
import { readFile } from './own-files.js';
import { filesKept, noteOf } from './sources.js';

/** @typedef {import('./sources.js').OwnFiles} OwnFiles */
/** @typedef {import('./sources.js').OwnNote} OwnNote */
/** @typedef {{ time: number, given: File }} KeptFile */

/** The note of the files that were used last, among the single values. */
const LAST = 'own files';
/** Of all kept files together, zipped as they may be. */
const MOST_BYTES = 128 * 2 ** 20;

/** @param {OwnFiles} own in use */
export async function keepOwn(own) {
  const bytes = own.files.reduce((sum, { given }) => sum + given.size, 0);
  if (own.files.some(({ sha256 }) => sha256 === '')) {
    filesKept.value = { state: 'notSecure', bytes };
    return;
  }
  if (bytes > MOST_BYTES) {
    filesKept.value = { state: 'tooMuch', bytes };
    return;
  }
  const time = Date.now();
  try {
    const transaction = (await database()).transaction(['files', 'values'], 'readwrite');
    await Promise.all([
      transaction.objectStore('values').put(noteOf(own), LAST),
      ...own.files.map(({ sha256, given }) => {
        /** @type {KeptFile} */
        const kept = { time, given };
        return transaction.objectStore('files').put(kept, sha256);
      }),
      transaction.done,
    ]);
    await prune();
    askToPersist();
    filesKept.value = { state: 'kept', bytes };
  } catch {
    filesKept.value = { state: 'notKept', bytes };
  }
}

/** Throws the oldest away where all together are too much. */
async function prune() {
  const transaction = (await database()).transaction('files', 'readwrite');
  /** @type {[IDBValidKey[], KeptFile[]]} */
  const [names, kept] = await Promise.all([transaction.store.getAllKeys(), transaction.store.getAll()]);
  const files = kept
    .map(({ time, given }, i) => ({ name: names[i], time, size: given.size }))
    .sort((a, b) => b.time - a.time);
  let sum = 0;
  const old = files.filter(({ size }) => (sum += size) > MOST_BYTES);
  await Promise.all([...old.map(({ name }) => transaction.store.delete(name)), transaction.done]);
}

/** Nothing of the visitor's files stays in this browser. */
export async function forgetFiles() {
  try {
    const transaction = (await database()).transaction(['files', 'values'], 'readwrite');
    await Promise.all([
      transaction.objectStore('files').clear(),
      transaction.objectStore('values').delete(LAST),
      transaction.done,
    ]);
    filesKept.value = { state: 'forgotten', bytes: 0 };
  } catch {
    filesKept.value = { state: 'notForgotten', bytes: 0 };
  }
}

/** The files of a note as they were kept; null where one is gone. @param {OwnNote} note @returns {Promise<OwnFiles | null>} */
export async function findOwn(note) {
  try {
    const all = await database();
    /** @type {(KeptFile | undefined)[]} */
    const kept = await Promise.all(note.files.map(({ sha256 }) => all.get('files', sha256)));
    if (kept.includes(undefined)) return null;
    const files = await Promise.all(kept.map((file) => readFile(/** @type {KeptFile} */ (file).given)));
    return ownOf(note, files).own;
  } catch {
    return null;
  }
}

/** The files that were used last; null where there are none. @returns {Promise<OwnFiles | null>} */
export async function lastOwn() {
  const note = await database()
    .then((all) => all.get('values', LAST))
    .catch(() => undefined);
  return isOwnNote(note) ? findOwn(note) : null;
}

/**
 * Finds a note's files among others by their checksums.
 * @param {OwnNote} note
 * @param {readonly import('./sources.js').GivenFile[]} files
 * @returns {{ own: OwnFiles | null, missing: string[], strange: string[] }} `own`: where none is missing, under the
 *   names that the note has; `missing`, `strange`: names of files that are not there, and of files that the note does
 *   not know
 */
export function ownOf(note, files) {
  const is = (/** @type {typeof note.files[number]} */ wanted, /** @type {typeof files[number]} */ file) =>
    wanted.sha256 === '' ? wanted.name === file.name : wanted.sha256 === file.sha256;
  const found = note.files.map((wanted) => {
    const file = files.find((each) => is(wanted, each));
    return file && { ...file, name: wanted.name };
  });
  const complete = found.filter((file) => file !== undefined);
  return {
    own: complete.length === found.length ? { ...note, files: complete } : null,
    missing: note.files.filter((_, i) => !found[i]).map(({ name }) => name),
    strange: files.filter((file) => !note.files.some((wanted) => is(wanted, file))).map(({ name }) => name),
  };
}
