// Digits that the visitor drew and labelled, kept in this browser (IndexedDB).
import { computed, signal } from '@preact/signals';
import { get, set } from 'idb-keyval';

/** @typedef {{ id: number, label: number, pixels: Uint8Array }} MyDigit */

const KEY = 'quarterturn.my-digits';
/** Few enough to be looked through, and to leave most of the labelled images as they were. */
export const MOST_MINE = 200;

export const myDigits = signal(/** @type {readonly MyDigit[]} */ ([]));
/** Why they are not kept beyond this visit; empty while they are. */
export const keepProblem = signal('');

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

let read = /** @type {Promise<void> | null} */ (null);

/** Reads what an earlier visit kept; once. */
export function readMyDigits() {
  read ??= get(KEY)
    .then((kept) => {
      if (Array.isArray(kept)) myDigits.value = kept.filter(isDigit).slice(0, MOST_MINE);
    })
    .catch(() => {
      keepProblem.value =
        'This browser keeps nothing for this page (a private window?): your digits last until you close it.';
    });
  return read;
}

/** @param {readonly MyDigit[]} next */
async function replace(next) {
  myDigits.value = next;
  try {
    await set(KEY, next);
    keepProblem.value = '';
  } catch {
    keepProblem.value = 'Your digits could not be stored and last until you close this page; free some space for it.';
  }
}

/** @param {number} label @param {Uint8Array} pixels */
export async function addMine(label, pixels) {
  await readMyDigits();
  const digits = myDigits.peek();
  if (digits.length >= MOST_MINE)
    throw new Error(`your set has ${MOST_MINE} digits, as many as it holds; remove some first`);
  const id = Math.max(0, ...digits.map((digit) => digit.id)) + 1;
  await replace([...digits, { id, label, pixels }]);
}

/** @param {number} id */
export const removeMine = (id) => replace(myDigits.peek().filter((digit) => digit.id !== id));

export const removeAllMine = () => replace([]);

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
