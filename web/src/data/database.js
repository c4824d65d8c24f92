// Everything that the page keeps in this browser: one database, of one version for all of it. Every function here may be
// refused: storage can be denied or full.
import { openDB } from 'idb';
import { scoped } from '../state/scope.js';

/**
 * `runs`, `moments`, `tables`, `comparisons`: by the name of the page that keeps them (features/keep/store.js); `files`: the
 * visitor's own, by their checksum; `values`: single ones, by name.
 * @typedef {'runs' | 'moments' | 'tables' | 'comparisons' | 'files' | 'values'} Store
 */

/**
 * What makes a database of each version out of the one before, the first out of nothing. A change of what is stored is one
 * more entry, never a change of an old one.
 * @type {((fresh: import('idb').IDBPDatabase) => void)[]}
 */
const MIGRATIONS = [
  (fresh) => {
    for (const store of ['runs', 'moments', 'tables', 'files', 'values']) fresh.createObjectStore(store);
  },
  (fresh) => fresh.createObjectStore('comparisons'),
];

/** @type {Promise<import('idb').IDBPDatabase> | null} */
let opened = null;

async function open() {
  const own = await openDB(scoped('kept'), MIGRATIONS.length, {
    upgrade(fresh, from) {
      for (const migrate of MIGRATIONS.slice(from)) migrate(fresh);
    },
    // A page of a newer version waits for this one.
    blocking(_, __, { target }) {
      /** @type {IDBDatabase} */ (target).close();
      opened = null;
    },
    terminated: () => (opened = null),
  });
  const { takeEarlier } = await import('./earlier.js');
  await takeEarlier(own).catch(() => {}); // the next page tries it again
  return own;
}

/** The database, opened once. */
export function database() {
  opened ??= open();
  opened.catch(() => (opened = null));
  return opened;
}

const WEEK_MILLISECONDS = 7 * 24 * 3600_000;
let asked = false;

/**
 * Asks the browser not to throw away what the page keeps; called when there is something worth keeping. Some browsers ask
 * the visitor, so it is asked once a week at most.
 */
export function askToPersist() {
  if (asked) return;
  asked = true;
  try {
    const mark = scoped('asked to persist');
    if (Date.now() - Number(localStorage.getItem(mark)) < WEEK_MILLISECONDS) return;
    localStorage.setItem(mark, String(Date.now()));
    void navigator.storage?.persist?.().catch(() => {});
  } catch {
    // Storage is denied.
  }
}
