// Which of the small tasks beside the sections a visitor has done, and what was guessed: kept in this browser. Where it
// cannot be kept, it lasts as long as the page.
import { signal } from '@preact/signals';
import { scoped } from '../state/scope.js';
import { database } from './database.js';

/** @typedef {{ done: string[], guesses: Record<string, number> }} Tried ids of tasks; guesses, 0..100, by number of labels */

const KEY = 'tried';
/** More than there will ever be; a damaged record is no reason for a slow page. */
const MOST = 200;

/** @param {unknown} value @returns {Tried} what is of use in it */
export function triedOf(value) {
  const { done, guesses } = /** @type {any} */ (value ?? {});
  const ids = Array.isArray(done) ? done.filter((id) => typeof id === 'string').slice(0, MOST) : [];
  const given = Object.entries(guesses ?? {}).filter(
    ([labels, guess]) => /^\d{1,5}$/.test(labels) && Number.isInteger(guess) && guess >= 0 && guess <= 100,
  );
  return { done: [...new Set(ids)], guesses: Object.fromEntries(given.slice(0, MOST)) };
}

export const tried = signal(triedOf(null));

/** Other open pages of this address; null: this page has not asked, or there is no way. @type {BroadcastChannel | null} */
let others = null;
/** @type {Promise<void> | null} */
let read = null;

async function readStored() {
  try {
    tried.value = triedOf(await (await database()).get('values', KEY));
  } catch {
    // What this page knows stays.
  }
}

/** Reads what an earlier visit or another page keeps, and follows it from then on. */
export function readTried() {
  if (!read) {
    others = typeof BroadcastChannel === 'function' ? new BroadcastChannel(scoped(KEY)) : null;
    if (others) others.onmessage = () => void readStored();
    read = readStored();
  }
  return read;
}

/** In one transaction, since another page may have changed it. @param {(now: Tried) => Tried} work pure: it may be done twice */
async function change(work) {
  await readTried();
  tried.value = work(tried.peek());
  try {
    const transaction = (await database()).transaction('values', 'readwrite');
    const next = work(triedOf(await transaction.store.get(KEY)));
    await Promise.all([transaction.store.put(next, KEY), transaction.done]);
    others?.postMessage('changed');
  } catch {
    // It lasts as long as the page.
  }
}

/** @param {string} id */
export const noteDone = (id) => change((now) => triedOf({ ...now, done: [...now.done, id] }));

/** @param {number} labels @param {number} guess 0..100 */
export const noteGuess = (labels, guess) => change((now) => ({ ...now, guesses: { ...now.guesses, [labels]: guess } }));

/** @param {readonly string[]} ids */
export const forgetDone = (ids) => change((now) => ({ ...now, done: now.done.filter((id) => !ids.includes(id)) }));

export const forgetGuesses = () => change((now) => ({ ...now, guesses: {} }));
