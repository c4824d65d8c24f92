// Digits that the visitor drew and labelled, kept in this browser (database.js).
import { computed, signal } from '@preact/signals';
import { wordsOf } from '../messages/faults.js';
import { Fault } from '../state/fault.js';
import { scoped } from '../state/scope.js';
import { askToPersist, database } from './database.js';

/** @typedef {{ id: number, label: number, pixels: Uint8Array }} MyDigit */

/** Their name among the single values. */
const KEY = 'my digits';
/** Few enough to be looked through, and to leave most of the labelled images as they were. */
export const MOST_MINE = 200;

export const myDigits = signal(/** @type {readonly MyDigit[]} */ ([]));
/** Why they are not kept beyond this visit; null while they are. */
const fault = signal(/** @type {Fault | null} */ (null));
/** The same in words; empty while they are kept. */
export const keepProblem = computed(() => (fault.value ? wordsOf(fault.value) : ''));

/** Tells one set from another. @param {readonly MyDigit[]} digits */
export const identityOf = (digits) => digits.map(({ id }) => id).join();

export const counts = computed(() => {
  const found = new Array(10).fill(0);
  for (const { label } of myDigits.value) found[label]++;
  return found;
});

/** @param {unknown} value @returns {value is MyDigit} */
const isDigit = (value) => {
  const digit = /** @type {MyDigit} */ (value);
  return (
    Number.isInteger(digit?.id) &&
    digit.label >= 0 &&
    digit.label <= 9 &&
    digit.pixels instanceof Uint8Array &&
    digit.pixels.length === 784
  );
};

/** Digits that no storage took: they last as long as the page. @type {readonly MyDigit[]} */
let unstored = [];

/** The set: what is stored, and what could not be. @param {unknown} stored */
const whole = (stored) => [...(Array.isArray(stored) ? stored.filter(isDigit) : []), ...unstored].slice(0, MOST_MINE);

/** The other open pages of this address, which show the same set; null: this page has not asked, or there is no way. @type {BroadcastChannel | null} */
let others = null;

async function readStored() {
  try {
    myDigits.value = whole(await (await database()).get('values', KEY));
  } catch {
    fault.value = new Fault('digitsNotRead');
  }
}

let read = /** @type {Promise<void> | null} */ (null);

/** Reads what an earlier visit or another page keeps, and follows it from then on. */
export function readMyDigits() {
  if (!read) {
    others = typeof BroadcastChannel === 'function' ? new BroadcastChannel(scoped(KEY)) : null;
    if (others) others.onmessage = () => void readStored();
    // Where pages cannot tell each other, the one that is looked at looks again.
    document.addEventListener('visibilitychange', () => !document.hidden && void readStored());
    read = readStored();
  }
  return read;
}

/**
 * Changes the set as it is stored now, which another page may have changed since it was read here: in one transaction.
 * @param {(digits: readonly MyDigit[]) => readonly MyDigit[]} work pure: it may be done twice
 */
async function change(work) {
  await readMyDigits();
  /** @type {readonly MyDigit[]} */
  let next;
  try {
    const transaction = (await database()).transaction('values', 'readwrite');
    next = work(whole(await transaction.store.get(KEY)));
    await Promise.all([transaction.store.put(next, KEY), transaction.done]);
    askToPersist();
    unstored = [];
    fault.value = null;
  } catch {
    const before = myDigits.peek();
    next = work(before);
    unstored = next.filter((digit) => !before.includes(digit) || unstored.includes(digit));
    fault.value = new Fault('digitsNotStored');
  }
  myDigits.value = next;
  others?.postMessage('changed');
}

/** @param {number} label @param {Uint8Array} pixels */
export async function addMine(label, pixels) {
  let full = false;
  await change((digits) => {
    full = digits.length >= MOST_MINE;
    if (full) return digits;
    // No id comes again, not even that of a digit that was removed: a run on a set is known by their ids.
    const id = Math.max(Date.now(), ...digits.map((digit) => digit.id + 1));
    return [...digits, { id, label, pixels }];
  });
  if (full) throw new Fault('setFull', { most: MOST_MINE });
}

/** @param {number} id */
export const removeMine = (id) => change((digits) => digits.filter((digit) => digit.id !== id));

/** All that this page shows; what another page adds meanwhile stays. */
export function removeAllMine() {
  const shown = new Set(myDigits.peek().map(({ id }) => id));
  return change((digits) => digits.filter(({ id }) => !shown.has(id)));
}

/** What the loaded data are called with them: four hexadecimal digits tell one set from another. */
export function nameOfMine() {
  const digits = myDigits.peek();
  let hash = 0x811c9dc5; // FNV-1a
  for (const { label, pixels } of digits) {
    for (const byte of [label, ...pixels]) hash = Math.imul(hash ^ byte, 0x01000193);
  }
  const mark = ((hash >>> 16) ^ (hash & 0xffff)).toString(16).padStart(4, '0');
  return `${digits.length} of my digits (${mark})`;
}
