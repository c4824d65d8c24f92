// The page on paper: light, all sections, every chart with its table. What is fetched and worked out only when it comes
// near the window has to be asked for before, so printing from the page itself waits for it; where the browser's menu
// prints at once, parts that are not there say so on the paper.
import { signal } from '@preact/signals';
import { options } from 'preact';
import { allWanted } from './sections.js';
import { forceTheme } from './settings.js';

/** The page is being printed, or made ready for it. */
export const printing = signal(false);
/** Printing from the page has begun and waits for parts of it. */
export const preparing = signal(false);

/** For parts that do not come. */
const PATIENCE_MILLISECONDS = 8000;
/** Parts ask the engine, show its answer and may ask again: so often. */
const ROUNDS = 4;

function begin() {
  if (printing.peek()) return;
  // The browser prints when this event is over: effects must have run by then, and no frame comes before.
  const before = options.requestAnimationFrame;
  options.requestAnimationFrame = (work) => queueMicrotask(work);
  setTimeout(() => (options.requestAnimationFrame = before));
  forceTheme('light');
  allWanted.value = true;
  printing.value = true;
}

function end() {
  if (!printing.peek() || preparing.peek()) return;
  printing.value = false;
  forceTheme(null);
}

const frame = () => new Promise((resolve) => requestAnimationFrame(resolve));

/** Makes everything ready, then opens the browser's own window for printing. */
export async function printAll() {
  if (preparing.peek()) return;
  preparing.value = true;
  begin();
  const late = performance.now() + PATIENCE_MILLISECONDS;
  do await frame();
  while (document.querySelector('main [aria-busy=true]') && performance.now() < late);
  for (let round = 0; round < ROUNDS && performance.now() < late; round++) {
    await Promise.race([answered(), new Promise((resolve) => setTimeout(resolve, 1000))]);
    await frame();
    await frame();
  }
  preparing.value = false;
  try {
    window.print();
  } finally {
    // Where no afterprint comes, as on some phones, the visitor's next touch is the end.
    for (const event of ['pointerdown', 'keydown']) addEventListener(event, end, { once: true, capture: true });
  }
}

/** Settles when the engine has answered what the parts have asked so far. @type {() => Promise<unknown> | undefined} */
let answered = () => undefined;

/** Follows the browser's printing, by its menu or by its keys. @param {typeof answered} whenAnswered */
export function followPrinting(whenAnswered) {
  answered = whenAnswered;
  addEventListener('beforeprint', begin);
  addEventListener('afterprint', end);
  addEventListener('keydown', (event) => {
    const asked = (event.ctrlKey || event.metaKey) && !event.altKey && !event.shiftKey && event.key === 'p';
    if (!asked || event.defaultPrevented) return;
    event.preventDefault();
    void printAll();
  });
}
