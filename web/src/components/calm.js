import { signal } from '@preact/signals';
import { useRef } from 'preact/hooks';

/** A screen reader may read a name again whenever it changes. */
const CALM_MILLISECONDS = 5000;

/** Figures change by themselves. @type {import('@preact/signals').ReadonlySignal<boolean>} */
let busy = signal(false);

/** Called once, before anything is rendered. @param {typeof busy} training */
export function keepCalmWhile(training) {
  busy = training;
}

/**
 * A name or value with figures, for assistive technology: while the network trains it changes at most every few seconds,
 * and not at all while `held`. The run bar alone tells of progress by itself.
 * @param {string} words with the newest figures
 * @param {{ held?: boolean, of?: string }} [options] `of`: what the words are about; of another thing they are new at once
 */
export function useCalm(words, { held = false, of = '' } = {}) {
  const last = useRef({ words, of, time: -Infinity });
  const now = performance.now();
  const training = busy.value;
  const due = !held && (!training || now - last.current.time >= CALM_MILLISECONDS);
  if (of !== last.current.of || (due && words !== last.current.words)) last.current = { words, of, time: now };
  return last.current.words;
}
