// What versions before the one database kept, in two databases that all deployments of an origin shared: it is moved into
// this one. Looked for by every page, since a page of such a version may still be open, or come from a cache once more.
import { deleteDB, openDB } from 'idb';
import { runOfVersion1 } from './records.js';

/** @typedef {import('idb').IDBPDatabase} Database */

const OPEN_PAGE = 'quarterturn.page.';
const MY_DIGITS = 'quarterturn.my-digits';
const OWN_FILES = 'quarterturn.own-files';
const OWN_FILE = 'quarterturn.own-file.';
const KINDS = /** @type {const} */ ({ run: 'runs', moments: 'moments', table: 'tables' });

/** A database that is there already; null: it is not. @param {string} name @param {string} store */
async function existing(name, store) {
  const all = await indexedDB.databases?.();
  if (all && !all.some((each) => each.name === name)) return null;
  const found = await openDB(name, undefined, {
    upgrade(_, from, __, transaction) {
      transaction.done.catch(() => {});
      if (from === 0) transaction.abort(); // it would be made, empty
    },
  }).catch(() => null);
  if (!found || found.objectStoreNames.contains(store)) return found;
  found.close();
  return null;
}

/** @param {Database} database */
export async function takeEarlier(database) {
  await takeRuns(database);
  await takeValues(database);
}

/** Kept runs and tables of pages that are closed. @param {Database} database */
async function takeRuns(database) {
  const old = await existing('quarterturn', 'kept');
  if (!old) return;
  const held = (await navigator.locks?.query().catch(() => null))?.held ?? [];
  const open = new Set(held.map(({ name }) => name));
  let left = 0;
  for (const key of (await old.getAllKeys('kept')).map(String)) {
    const [, kind, id] = /^(run|moments|table):(.*)$/.exec(key) ?? [];
    if (kind === undefined || open.has(OPEN_PAGE + id)) {
      left++;
      continue;
    }
    const record = await old.get('kept', key);
    const store = KINDS[/** @type {keyof typeof KINDS} */ (kind)];
    if (!(await database.getKey(store, id))) {
      await database.put(store, kind === 'run' ? runOfVersion1(record) : record, id);
    }
    await old.delete('kept', key);
  }
  old.close();
  if (left === 0) await deleteDB('quarterturn');
}

/** The visitor's own digits and files, in a database that others may use too. @param {Database} database */
async function takeValues(database) {
  const old = await existing('keyval-store', 'keyval');
  if (!old) return;
  for (const key of (await old.getAllKeys('keyval')).map(String)) {
    if (!key.startsWith('quarterturn.')) continue;
    const value = await old.get('keyval', key);
    if (key === MY_DIGITS) await addDigits(database, value);
    else if (key === OWN_FILES) await putNew(database, 'values', 'own files', value);
    else if (key.startsWith(OWN_FILE)) await putNew(database, 'files', key.slice(OWN_FILE.length), value);
    else continue;
    await old.delete('keyval', key);
  }
  const empty = (await old.count('keyval')) === 0;
  old.close();
  if (empty) await deleteDB('keyval-store');
}

/** @param {Database} database @param {string} store @param {string} key @param {unknown} value */
async function putNew(database, store, key, value) {
  if (!(await database.getKey(store, key))) await database.put(store, value, key);
}

/** Beside those that are here already. @param {Database} database @param {unknown} digits */
async function addDigits(database, digits) {
  if (!Array.isArray(digits)) return;
  const transaction = database.transaction('values', 'readwrite');
  const here = (await transaction.store.get('my digits')) ?? [];
  const known = new Set(here.map((/** @type {{ id: unknown }} */ { id }) => id));
  await transaction.store.put([...here, ...digits.filter((each) => !known.has(each?.id))], 'my digits');
  await transaction.done;
}
