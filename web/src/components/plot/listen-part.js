// The button that plays a chart is fetched when the page is at rest.
import { signal } from '@preact/signals';
import { laterWords } from '../../messages/messages.js';
import { whenIdle } from '../../state/idle.js';

/** Null while it is away; where it does not come, charts have tables. */
export const listenView = signal(/** @type {typeof import('./listen.jsx').Listen | null} */ (null));
whenIdle(() =>
  Promise.all([import('./listen.jsx'), laterWords()]).then(
    ([{ Listen }]) => (listenView.value = Listen),
    () => {},
  ),
);
