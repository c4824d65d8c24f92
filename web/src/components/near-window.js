import { useEffect } from 'preact/hooks';

/**
 * Follows whether an element is in the window or close to it, so that nothing is worked out for nobody.
 * @param {{ current: Element | null }} place
 * @param {import('@preact/signals').Signal<boolean>} near
 */
export function useNearWindow(place, near) {
  useEffect(() => {
    if (!place.current) return undefined;
    const watcher = new IntersectionObserver(
      (entries) => (near.value = entries.some((entry) => entry.isIntersecting)),
      {
        rootMargin: '200px',
      },
    );
    watcher.observe(place.current);
    return () => {
      watcher.disconnect();
      near.value = false;
    };
  }, []);
}
