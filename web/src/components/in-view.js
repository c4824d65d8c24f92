import { useEffect, useState } from 'preact/hooks';

/**
 * Whether an element is in the window or near it: what nobody sees need not be computed.
 * @param {{ current: Element | null }} place
 * @param {string} [margin]
 */
export function useInView(place, margin = '200px') {
  const [inView, setInView] = useState(false);
  useEffect(() => {
    if (!place.current) return undefined;
    const watcher = new IntersectionObserver((entries) => setInView(entries[entries.length - 1].isIntersecting), {
      rootMargin: margin,
    });
    watcher.observe(place.current);
    return () => watcher.disconnect();
  }, []);
  return inView;
}
