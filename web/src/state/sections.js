// Which of the page's sections are there: those below come one by one when the page is at rest, or all at once.
import { effect, signal } from '@preact/signals';
import { scoped } from './scope.js';

/** All of them are wanted now: who comes back, or by a link into the page, wants its place at once. */
export const allWanted = signal(false);

/** All of them are on the page; of some the view may still be on its way. */
export const whole = signal(false);

function navigationType() {
  const [entry] = performance.getEntriesByType('navigation');
  return entry instanceof PerformanceNavigationTiming ? entry.type : 'navigate';
}

/** In the storage of the session: the page has loaded itself again, so that this visit begins only now. */
export const ARRIVES = 'arrives';

/** The first time that it is asked. */
function hasReloaded() {
  try {
    const found = sessionStorage.getItem(scoped(ARRIVES)) !== null;
    sessionStorage.removeItem(scoped(ARRIVES));
    return found;
  } catch {
    return false; // no storage: the page has not reloaded itself
  }
}

/** The section that the page's address names; empty: none. */
function named() {
  try {
    return decodeURIComponent(location.hash.slice(1));
  } catch {
    return ''; // no section's name
  }
}

/** Parts above a section come when they come near, and may take more room or less than was kept for them. */
const HELD_MILLISECONDS = 6000;
let release = () => {};

/** Keeps a section where it was brought, for some seconds or until the visitor does something. @param {string} id */
function hold(id) {
  release();
  const target = document.getElementById(id);
  if (!target) return;
  const { hash } = location;
  const top = () => target.getBoundingClientRect().top;
  let wanted = NaN;
  let frame = 0;
  let first = true;
  const correct = () => {
    // The event of the next link may still be on its way.
    if (location.hash !== hash) return release();
    // Most browsers keep the place themselves where parts above it grow.
    if (Math.abs(top() - wanted) < 2) return;
    target.scrollIntoView({ behavior: 'instant' });
    wanted = top();
  };
  const watcher = new ResizeObserver(() => {
    cancelAnimationFrame(frame);
    // The first call only says how large the page is; the way to the section may be a smooth one.
    if (!first) frame = requestAnimationFrame(correct);
    first = false;
  });
  watcher.observe(document.body);
  const over = new AbortController();
  const timer = setTimeout(() => release(), HELD_MILLISECONDS);
  release = () => {
    watcher.disconnect();
    cancelAnimationFrame(frame);
    over.abort();
    clearTimeout(timer);
    release = () => {};
  };
  for (const event of ['wheel', 'touchstart', 'pointerdown', 'keydown']) {
    addEventListener(event, () => release(), { signal: over.signal, passive: true, capture: true });
  }
}

const REST_MILLISECONDS = 1000;

/**
 * Calls back when the page has kept its height for a frame, or after a second: views that have just come grow once more
 * when they are first drawn. Where the page scrolls in the same frame as it grows, the browser counts a jump.
 * @param {() => void} then
 */
function atRest(then) {
  let height = NaN;
  let frame = 0;
  const done = () => {
    cancelAnimationFrame(frame);
    clearTimeout(timer);
    then();
  };
  // A tab in the background has no frames.
  const timer = setTimeout(done, REST_MILLISECONDS);
  const look = () => {
    const { scrollHeight } = document.documentElement;
    if (scrollHeight === height) return done();
    height = scrollHeight;
    frame = requestAnimationFrame(look);
  };
  frame = requestAnimationFrame(look);
}

/**
 * Where to go as soon as all sections are there, and the page's hash when that was asked for; null: nowhere.
 * @type {{ id: string, hash: string } | null}
 */
let destination = null;

/** Brings a section into sight, as soon as it is there; of several calls meanwhile the last one counts. @param {string} id */
export function goTo(id) {
  const waiting = destination !== null;
  destination = { id, hash: location.hash };
  allWanted.value = true;
  if (waiting) return;
  const wait = effect(() => {
    if (!whole.value) return;
    atRest(() => {
      wait();
      const asked = /** @type {NonNullable<typeof destination>} */ (destination);
      destination = null;
      // The event of a later link may still be on its way.
      const last = location.hash === asked.hash ? asked.id : named();
      document.getElementById(last)?.scrollIntoView();
      hold(last);
    });
  });
}

let again = false;

/** Links into the page lead there also before the section has come. Called before the page may load itself again. */
export function followLinks() {
  // A document that is about to give way may still come as far as arrive(): the mark is for the next one.
  again = hasReloaded();
  if (location.hash !== '' || navigationType() !== 'navigate') allWanted.value = true;
  addEventListener('hashchange', () => {
    if (whole.peek() && !destination) hold(named());
    else goTo(named());
  });
}

/** The section that the address names, at the page's first sight; who comes back finds the place that was left. */
export function arrive() {
  if (again) {
    history.scrollRestoration = 'manual';
    setTimeout(() => (history.scrollRestoration = 'auto'), HELD_MILLISECONDS);
  }
  if (location.hash === '' || (navigationType() !== 'navigate' && !again)) return;
  document.getElementById(named())?.scrollIntoView({ behavior: 'instant' });
  hold(named());
}
