// The page's sections: each is a folder of features/ with a section.js, which is all that the page knows of it. This
// module collects them, fetches their views and says how many of them are on the page.
import { effect, signal } from '@preact/signals';
import { laterWords } from './messages/messages.js';
import { faultOf } from './fault-data.js';
import { ReloadError, explained, renewStyles } from './offline/obtain.js';
import { whenIdle } from './state/idle.js';
import { printing } from './state/printing.js';
import { allWanted, whole } from './state/sections.js';
import { addressProblems, lesson } from './state/settings.js';
import { ASIDES } from './state/lesson-text.js';
import { PROPERTIES } from './state/properties.js';

/** @typedef {import('./shared/section.js').Section} Section */

/** `why`: asking again is in vain, the page must be loaded again. @typedef {{ state: 'away' | 'coming' } | { state: 'failed', why: import('./messages/said.js').Said | null } | { state: 'here', View: import('preact').ComponentType }} Part where a section's view stands */

/** @type {Record<string, Section>} */
const found = import.meta.glob('./features/*/section.js', { eager: true, import: 'section' });
const all = Object.values(found).sort((a, b) => a.order - b.order);

/** Those that the page has, in their order: none before `chooseSections`. @type {Section[]} */
export const SECTIONS = [];

/** All but those that the lesson hides; once, after the address is read. */
export function chooseSections() {
  SECTIONS.push(...all.filter(({ id }) => !lesson.hide.has(id)));
  count.value = SECTIONS.filter(({ View }) => View).length;
  for (const name of lesson.hide) {
    if (!Object.hasOwn(PROPERTIES, name) && !ASIDES.includes(name) && !all.some(({ id }) => id === name)) {
      addressProblems.push({ code: 'nothingToHide', values: { name } });
    }
  }
}

/** Ids of sections that the visitor goes on without. */
export const leftOut = signal(/** @type {ReadonlySet<string>} */ (new Set()));

/** @param {string} id */
export const leaveOut = (id) => (leftOut.value = new Set([...leftOut.peek(), id]));

/** @type {Record<string, import('@preact/signals').Signal<Part>>} */
const parts = Object.fromEntries(
  all.map(({ id, View }) => [id, signal(/** @type {Part} */ (View ? { state: 'here', View } : { state: 'away' }))]),
);

/** @param {Section} section @returns {Part} */
export const partOf = ({ id }) => parts[id].value;

/** What there is to try in a section; null: it has nothing, it is not wanted, or it could not be fetched. @typedef {{ tasks: readonly import('./shared/tries.js').Task[], Tries: typeof import('./shared/tries.jsx').Tries }} ToTry */
/** @type {Record<string, import('@preact/signals').Signal<ToTry | null>>} */
const toTry = Object.fromEntries(all.map(({ id }) => [id, signal(/** @type {ToTry | null} */ (null))]));

/** @param {Section} section */
export const triesOf = ({ id }) => toTry[id].value;

/** The page goes on without them. @param {Section} section @returns {Promise<void>} never rejected */
async function fetchTries({ id, tries }) {
  if (!tries || lesson.hide.has('try') || toTry[id].peek()) return;
  try {
    const [tasks, { Tries }] = await Promise.all([tries(), import('./shared/tries.jsx'), laterWords()]);
    toTry[id].value = { tasks, Tries };
  } catch {
    // Asked for again with the section, if that could not be fetched either.
  }
}

/** Fetches under way. @type {Map<string, Promise<void>>} */
const fetches = new Map();

/** Fetches the view of a section and its words, unless it is here or on its way. @param {Section} section @returns {Promise<void>} never rejected */
export async function fetchPart(section) {
  const { id, load } = section;
  const part = parts[id];
  if (!load) return fetchTries(section);
  if (part.peek().state === 'here') return;
  if (part.peek().state === 'failed') renewStyles();
  const fetched =
    fetches.get(id) ??
    Promise.all([load(), laterWords(), fetchTries(section)])
      .then(
        ([View]) => void (part.value = { state: 'here', View }),
        async (error) => {
          const reason = await explained(error);
          part.value = { state: 'failed', why: reason instanceof ReloadError ? faultOf(reason) : null };
        },
      )
      .finally(() => fetches.delete(id));
  fetches.set(id, fetched);
  part.value = { state: 'coming' };
  await fetched;
}

/** Where a fetch hangs, the page goes on; the section follows when it comes. */
const PATIENCE_MILLISECONDS = 2000;
const TICK_MILLISECONDS = 250;

/**
 * Fetches sections, and waits as long as one after the other comes: who sees a section before its view is there sees it
 * grow later. Ticks are counted, not time: on a busy machine what has come waits for its turn as they do.
 * @param {Section[]} sections
 * @returns {Promise<void>} until all are here or have failed, or no more of them has come for two seconds
 */
async function patiently(sections) {
  /** @type {ReturnType<typeof setInterval> | undefined} */
  let clock;
  let quiet = 0;
  const givenUp = new Promise((resolve) => {
    clock = setInterval(() => {
      quiet += TICK_MILLISECONDS;
      if (quiet >= PATIENCE_MILLISECONDS) resolve(undefined);
    }, TICK_MILLISECONDS);
  });
  const fetched = sections.map((section) => fetchPart(section).then(() => (quiet = 0)));
  await Promise.race([Promise.all(fetched), givenUp]);
  clearInterval(clock);
}

/**
 * How many sections are on the page, from the first. One more comes whenever the page has nothing else to do, as soon as
 * its view is here: so it has its height from its first moment, and nothing that is in sight moves.
 */
export const count = signal(0);

function addNext() {
  if (whole.peek()) return;
  if (count.peek() === SECTIONS.length) {
    whole.value = true;
    return;
  }
  whenIdle(async () => {
    // What is there from the first moment has its tasks before anything stands below it.
    const { length } = SECTIONS.filter(({ View }) => View);
    await patiently(count.peek() === length ? SECTIONS.slice(0, length + 1) : [SECTIONS[count.peek()]]);
    whenIdle(() => {
      if (whole.peek()) return;
      count.value++;
      addNext();
    });
  });
}

/** All sections at once, as soon as their views are here: who comes by a link wants its place, not the way to it. */
const bringAll = () => patiently(SECTIONS).then(() => void (whole.value = true));

/** Begins to bring the sections. @returns {Promise<void>} until those that are wanted at once are here */
export function bringSections() {
  let ready = Promise.resolve();
  effect(() => {
    if (allWanted.value) ready = bringAll();
  });
  // Paper does not wait.
  effect(() => {
    if (printing.value) whole.value = true;
  });
  addNext();
  return ready;
}
