// What the page keeps of its runs in the browser, each open page under a name of its own, so that two tabs never write over
// each other. Every function here may be refused: storage can be denied or full.
import { askToPersist, database } from '../../data/database.js';
import { Fault } from '../../state/fault.js';
import { scoped } from '../../state/scope.js';

/** `moments`: the snapshots of a run; `comparison`: of pretext tasks. @typedef {'run' | 'moments' | 'table' | 'comparison'} Kind */

/** @type {Record<Kind, import('../../data/database.js').Store>} */
const STORES = { run: 'runs', moments: 'moments', table: 'tables', comparison: 'comparisons' };

/** Held by each page that is open, with its own name behind. */
const lockOf = (/** @type {string} */ id) => scoped(`page ${id}`);
const SESSION_KEY = 'page';

/** This page's own name; later pages have greater ones. */
export const pageId = `${Date.now().toString(36).padStart(9, '0')}-${Math.random().toString(36).slice(2, 8)}`;

const PATIENCE_MILLISECONDS = 10_000;
/** A damaged profile can leave a request without any answer. @template T @param {Promise<T>} work @returns {Promise<T>} */
function answered(work) {
  /** @type {ReturnType<typeof setTimeout> | undefined} */
  let timer;
  const late = new Promise((_, reject) => {
    timer = setTimeout(() => reject(new Fault('storageSilent')), PATIENCE_MILLISECONDS);
  });
  return Promise.race([work, late]).finally(() => clearTimeout(timer));
}

/** @param {Kind} kind @param {string} id */
export const read = (kind, id) => answered(database().then((all) => all.get(STORES[kind], id)));
/** @param {Kind} kind @param {string} id @param {unknown} value */
export const write = (kind, id, value) => writeTogether({ [kind]: value }, id);
/** @param {Kind} kind @param {string} id */
export const remove = (kind, id) => answered(database().then((all) => all.delete(STORES[kind], id)));

/** All of them or none. @param {Partial<Record<Kind, unknown>>} values @param {string} id */
export async function writeTogether(values, id) {
  const put = async () => {
    const kinds = /** @type {Kind[]} */ (Object.keys(values));
    const transaction = (await database()).transaction(
      kinds.map((kind) => STORES[kind]),
      'readwrite',
    );
    await Promise.all([
      ...kinds.map((kind) => transaction.objectStore(STORES[kind]).put(values[kind], id)),
      transaction.done,
    ]);
  };
  await answered(put());
  askToPersist();
}

/** Names of the pages that have kept something of a kind, newest first. @param {Kind} kind @returns {Promise<string[]>} */
export async function list(kind) {
  const names = await answered(database().then((all) => all.getAllKeys(STORES[kind])));
  return names.map(String).sort().reverse();
}

/** Pages that are open answer here to those that ask, where there are no Web Locks (plain http on a LAN address). */
const ANSWER_MILLISECONDS = 500;
/** Which pages are open, as far as other pages have reported it. @type {Set<string>} */
const heard = new Set();
/** @type {BroadcastChannel | null} */
let channel = null;

/** Has this page answer to the others, and hear their answers. */
function answerOthers() {
  if (typeof BroadcastChannel !== 'function') return;
  channel = new BroadcastChannel(scoped('pages'));
  channel.onmessage = ({ data }) => {
    if (data === 'who is open?') channel?.postMessage(pageId);
    else heard.add(String(data));
  };
}

/** The pages that are open beside this one; null where nobody can be asked. @returns {Promise<ReadonlySet<string> | null>} */
async function openPages() {
  if (!channel) return null;
  heard.clear();
  channel.postMessage('who is open?');
  await new Promise((resolve) => setTimeout(resolve, ANSWER_MILLISECONDS));
  return new Set(heard);
}
/** One question for all who ask at the same time. @type {ReturnType<typeof openPages> | null} */
let asking = null;
const openNow = () => (asking ??= openPages().finally(() => (asking = null)));

/**
 * Marks this page as open for as long as it lives, and gives the name that it had before it was reloaded (or that of
 * the tab which it is a copy of).
 * @returns {string | null}
 */
export function enter() {
  if (navigator.locks) void navigator.locks.request(lockOf(pageId), () => new Promise(() => {})).catch(answerOthers);
  else answerOthers();
  try {
    const before = sessionStorage.getItem(scoped(SESSION_KEY));
    sessionStorage.setItem(scoped(SESSION_KEY), pageId);
    return before;
  } catch {
    return null;
  }
}

/**
 * Whether the page of that name is still open somewhere. Without Web Locks (no secure context) the open pages are asked.
 * @param {string} id
 * @param {number} [patience] milliseconds for a page that is just being closed
 * @returns {Promise<'open' | 'closed' | 'unknown'>}
 */
export async function stateOf(id, patience = 0) {
  if (id === pageId) return 'open';
  if (!navigator.locks) {
    const open = await openNow();
    return open === null ? 'unknown' : open.has(id) ? 'open' : 'closed';
  }
  try {
    const options = patience > 0 ? { signal: AbortSignal.timeout(patience) } : { ifAvailable: true };
    return await navigator.locks.request(lockOf(id), options, (lock) => (lock ? 'closed' : 'open'));
  } catch (error) {
    return error instanceof DOMException && error.name === 'SecurityError' ? 'unknown' : 'open';
  }
}

/**
 * Throws away what closed pages have left, but for the newest few; where nobody knows which are closed, all but those.
 * @param {Kind} kind
 * @param {number} most
 */
export async function prune(kind, most) {
  const old = (await list(kind)).filter((id) => id !== pageId).slice(most);
  for (const id of old) if ((await stateOf(id)) !== 'open') await remove(kind, id);
}
