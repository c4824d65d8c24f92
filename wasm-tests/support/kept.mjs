// What the page has kept of its runs in the browser's storage. The functions that are asynchronous run in the page, each
// by itself.
import { setTimeout as pause } from 'node:timers/promises';

/** Between two looks; without it looking slows down what is looked for. */
const BREATH_MILLISECONDS = 100;

/** @typedef {{ key: string, record: any }} KeptRecord `bytes` in it are plain numbers, which can travel */

/**
 * The kept runs, oldest page first, their keys with `run:` in front; none while the page has not made its store yet.
 * @param {boolean | 'as they are'} withBytes which take long to travel; 'as they are': for what stays in the page
 * @returns {Promise<KeptRecord[]>}
 */
export async function readRuns(withBytes) {
  /** @type {(request: IDBRequest) => Promise<any>} */
  const done = (request) =>
    new Promise((resolve, reject) => {
      request.onsuccess = () => resolve(request.result);
      request.onerror = () => reject(request.error);
    });
  const own = `quarterturn ${new URL('./', document.baseURI).pathname} kept`;
  // To open what is not there would make it, empty.
  if (!(await indexedDB.databases()).some(({ name }) => name === own)) return [];
  const database = await done(indexedDB.open(own));
  try {
    const store = database.transaction('runs').objectStore('runs');
    /** @type {[string[], any[]]} */
    const [keys, records] = await Promise.all([done(store.getAllKeys()), done(store.getAll())]);
    return keys.map((key, i) => {
      const { bytes, ...others } = records[i] ?? {};
      if (!bytes || withBytes === 'as they are') return { key: `run:${key}`, record: records[i] };
      return { key: `run:${key}`, record: withBytes ? { ...others, bytes: [...bytes] } : others };
    });
  } finally {
    database.close();
  }
}

/** Puts a record in the place of another, a run or what belongs to it (`moments:`, `table:`). @param {KeptRecord} kept */
export async function writeRecord({ key, record }) {
  /** @type {(request: IDBRequest) => Promise<any>} */
  const done = (request) =>
    new Promise((resolve, reject) => {
      request.onsuccess = () => resolve(request.result);
      request.onerror = () => reject(request.error);
    });
  const database = await done(indexedDB.open(`quarterturn ${new URL('./', document.baseURI).pathname} kept`));
  try {
    const [kind, id] = key.split(':');
    const name = kind === 'moments' ? kind : `${kind}s`;
    const store = database.transaction(name, 'readwrite').objectStore(name);
    const value = Array.isArray(record?.bytes) ? { ...record, bytes: Uint8Array.from(record.bytes) } : record;
    await done(store.put(value, id));
  } finally {
    database.close();
  }
}

/**
 * Waits until a run is kept that was kept at that time or later.
 * @param {() => Promise<KeptRecord[]>} read the page's runs
 * @param {number} time
 */
export async function untilKept(read, time) {
  while (!(await read()).some(({ record }) => record?.time >= time)) await pause(BREATH_MILLISECONDS);
}
