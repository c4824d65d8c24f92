// Every word that a visitor reads, by key. A language is a folder with two tables of one shape: first.js has what stands
// on the first screen, later.js the rest, which comes with the first part that needs it. A message is a string, or a
// function that gives a whole sentence with its parameters put in: no sentence is made of pieces elsewhere, since word
// order and particles differ. English is the shape that the other languages are checked against.
import { batch, signal } from '@preact/signals';
import { PSEUDO } from './choose.js';
import { language } from './intl.js';

/**
 * The shape of a table: its keys, and the parameters of its messages, whatever the words.
 * @template T
 * @typedef {T extends string ? string : T extends (...values: infer V) => string ? (...values: V) => string
 *   : { [K in keyof T]: Worded<T[K]> }} Worded
 */
/** @typedef {Worded<typeof import('./en/first.js').default>} First */
/** @typedef {Worded<typeof import('./en/later.js').default>} Later */
/** @typedef {First & Later} Words */

/**
 * @typedef {object} Language
 * @property {string} title in the language itself
 * @property {() => Promise<{ default: First }>} first
 * @property {() => Promise<{ default: Later }>} later
 */

/** By the name in the page's address and in `lang`, as in choose.js. @type {Record<string, Language>} */
export const LANGUAGES = {
  en: { title: 'English', first: () => import('./en/first.js'), later: () => import('./en/later.js') },
  ko: { title: '한국어', first: () => import('./ko/first.js'), later: () => import('./ko/later.js') },
  // Shows what is in no table: English between marks, for tests.
  [PSEUDO]: { title: 'Pseudo', first: () => import('./pseudo/first.js'), later: () => import('./pseudo/later.js') },
};

/**
 * The words of the page's language. Read inside components and effects only (`t.value.run.train`): before `speak` has
 * ended there is nothing in it, and before `laterWords` nothing but the first table.
 */
export const t = signal(/** @type {Words} */ ({}));

/** @type {Promise<void> | undefined} */
let later;
/** The language that was asked for last. */
let asked = '';

/** Loads the first table of a language, and the second where that is in use, and shows them. @param {string} name of LANGUAGES */
export async function speak(name) {
  asked = name;
  const { default: first } = await LANGUAGES[name].first();
  const whole = later !== undefined && (await LANGUAGES[name].later()).default;
  if (asked !== name) return;
  batch(() => {
    language.value = name;
    t.value = /** @type {Words} */ ({ ...first, ...(whole || {}) });
  });
}

/** The second table of the page's language, which may change while it is loaded. */
async function loadLater() {
  for (let name = ''; name !== language.peek();) {
    name = language.peek();
    const { default: rest } = await LANGUAGES[name].later();
    if (name === language.peek()) t.value = { ...t.peek(), ...rest };
  }
}

/** Resolves as soon as all words are there; asked for by whatever is not of the first screen. */
export function laterWords() {
  later ??= loadLater();
  later.catch(() => (later = undefined)); // asked for once more at the next time
  return later;
}
