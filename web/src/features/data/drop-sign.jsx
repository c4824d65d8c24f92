import { useEffect } from 'preact/hooks';
import { laterWords, t } from '../../messages/messages.js';
import { dropping } from './state.js';
import './drop-sign.css';

/** Not while a file is dragged: browsers do not always report that it has left the page. */
const AFTERWARDS = ['pointermove', 'pointerdown', 'keydown'];

/** Over the whole page while a file hangs above it. */
export function DropSign() {
  useEffect(() => {
    void laterWords().catch(() => {});
    const over = new AbortController();
    const leave = () => (dropping.value = false);
    for (const event of AFTERWARDS) addEventListener(event, leave, { signal: over.signal });
    addEventListener(
      'dragleave',
      // Leaving the window, as against going from one element to the next.
      ({ relatedTarget }) => relatedTarget === null && leave(),
      { signal: over.signal },
    );
    return () => over.abort();
  }, []);
  // Its words come with the first file.
  const words = t.value.data;
  if (!words) return null;
  return (
    <div class="drop-sign">
      <p>{words.drop}</p>
    </div>
  );
}
