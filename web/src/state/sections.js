// Which of the page's sections are there: those below come one by one when the page is at rest, or all at once.
import { signal } from '@preact/signals';

/** All of them are wanted now: who comes back, or by a link into the page, wants its place at once. */
export const allWanted = signal(location.hash !== '' || navigationType() !== 'navigate');

function navigationType() {
  const [entry] = performance.getEntriesByType('navigation');
  return entry instanceof PerformanceNavigationTiming ? entry.type : 'navigate';
}

/** Brings a section into sight, whether it is there yet or not. @param {string} id */
export function goTo(id) {
  allWanted.value = true;
  setTimeout(() => document.getElementById(id)?.scrollIntoView()); // the page is made anew before
}

/** Links into the page lead there also before the section has come. */
export function followLinks() {
  addEventListener('hashchange', () => {
    if (!allWanted.peek()) goTo(decodeURIComponent(location.hash.slice(1)));
  });
}
