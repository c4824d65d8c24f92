// What the page has kept of its runs in the browser's storage. These functions run in the page, each by itself.

/** @typedef {{ key: string, record: any }} KeptRecord `bytes` in it are plain numbers, which can travel */

/**
 * The kept runs, oldest page first; none while the page has not made its store yet.
 * @returns {Promise<KeptRecord[]>}
 */
export async function readRuns() {
  /** @type {(request: IDBRequest) => Promise<any>} */
  const done = (request) =>
    new Promise((resolve, reject) => {
      request.onsuccess = () => resolve(request.result);
      request.onerror = () => reject(request.error);
    });
  // To open what is not there would make it, empty.
  if (!(await indexedDB.databases()).some(({ name }) => name === 'quarterturn')) return [];
  const database = await done(indexedDB.open('quarterturn'));
  try {
    const store = database.transaction('kept').objectStore('kept');
    /** @type {[string[], any[]]} */
    const [keys, records] = await Promise.all([done(store.getAllKeys()), done(store.getAll())]);
    return keys
      .map((key, i) => ({ key, record: records[i] }))
      .filter(({ key }) => key.startsWith('run:'))
      .map(({ key, record }) => ({ key, record: record?.bytes ? { ...record, bytes: [...record.bytes] } : record }));
  } finally {
    database.close();
  }
}

/** Puts a record in the place of another, a run or what belongs to it. @param {KeptRecord} kept */
export async function writeRecord({ key, record }) {
  /** @type {(request: IDBRequest) => Promise<any>} */
  const done = (request) =>
    new Promise((resolve, reject) => {
      request.onsuccess = () => resolve(request.result);
      request.onerror = () => reject(request.error);
    });
  const database = await done(indexedDB.open('quarterturn'));
  try {
    const store = database.transaction('kept', 'readwrite').objectStore('kept');
    const value = Array.isArray(record?.bytes) ? { ...record, bytes: Uint8Array.from(record.bytes) } : record;
    await done(store.put(value, key));
  } finally {
    database.close();
  }
}

/** Whether a run was kept at that time or later. @param {KeptRecord[]} runs @param {number} time */
export const keptSince = (runs, time) => runs.some(({ record }) => record?.time >= time);
