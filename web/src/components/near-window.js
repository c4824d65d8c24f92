import { useEffect } from 'preact/hooks';
import { printing } from '../state/printing.js';

/**
 * Follows whether an element is in the window or close to it, or on its way to paper, so that nothing is worked out for
 * nobody.
 * @param {{ current: Element | null }} place
 * @param {import('@preact/signals').Signal<boolean>} near
 */
export function useNearWindow(place, near) {
  useEffect(() => {
    if (!place.current) return undefined;
    let seen = false;
    const tell = () => (near.value = seen || printing.peek());
    const watcher = new IntersectionObserver(
      (entries) => {
        seen = entries.some((entry) => entry.isIntersecting);
        tell();
      },
      { rootMargin: '200px' },
    );
    watcher.observe(place.current);
    const forget = printing.subscribe(tell);
    return () => {
      forget();
      watcher.disconnect();
      near.value = false;
    };
  }, []);
}
