// Which of the page's sections are there: those below come one by one when the page is at rest, or all at once.
import { signal } from '@preact/signals';

/** All of them are wanted now: who comes back, or by a link into the page, wants its place at once. */
export const allWanted = signal(location.hash !== '' || navigationType() !== 'navigate');

function navigationType() {
  const [entry] = performance.getEntriesByType('navigation');
  return entry instanceof PerformanceNavigationTiming ? entry.type : 'navigate';
}

/** The id that the address names; empty where it names none. */
function named() {
  try {
    return decodeURIComponent(location.hash.slice(1));
  } catch {
    return ''; // not encoded as addresses are
  }
}

/** Brings a section into sight, whether it is there yet or not. @param {string} id */
export function goTo(id) {
  allWanted.value = true;
  setTimeout(() => document.getElementById(id)?.scrollIntoView()); // the page is made anew before
}

/** So long the parts above a section may still come and change their height. */
const SETTLING_MILLISECONDS = 3000;

/**
 * Shows the section that the address names: the browser looked for it before the page was made. It stays in its place
 * while the parts above come, until the visitor does something.
 */
export function showNamed() {
  const section = document.getElementById(named());
  // After a reload the browser itself finds the place again.
  if (!section || navigationType() !== 'navigate') return;
  const show = () => section.scrollIntoView({ behavior: 'instant' });
  const watcher = new ResizeObserver(show);
  const acts = ['wheel', 'touchstart', 'pointerdown', 'keydown'];
  const stop = () => {
    watcher.disconnect();
    for (const act of acts) removeEventListener(act, stop);
  };
  for (const act of acts) addEventListener(act, stop, { passive: true });
  setTimeout(stop, SETTLING_MILLISECONDS);
  show();
  watcher.observe(document.body);
}

/** Links into the page lead there also before the section has come. */
export function followLinks() {
  addEventListener('hashchange', () => {
    if (!allWanted.peek()) goTo(named());
  });
}
