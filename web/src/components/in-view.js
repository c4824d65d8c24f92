import { useSignal } from '@preact/signals';
import { useEffect, useRef, useState } from 'preact/hooks';
import { printing } from '../state/printing.js';

/**
 * Whether an element is in the window or near it, or on its way to paper: what nobody sees need not be computed.
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
  return inView || printing.value;
}

/**
 * Follows something for as long as the element is there.
 * @param {(wanted: import('@preact/signals').ReadonlySignal<boolean>) => () => void} follow `wanted`: whether the element
 *   is in the window or near it; returns what ends it
 * @returns {{ current: HTMLDivElement | null }} the element's ref
 */
export function useFollowed(follow) {
  const place = useRef(/** @type {HTMLDivElement | null} */ (null));
  const inView = useInView(place);
  const wanted = useSignal(false);
  wanted.value = inView;
  useEffect(() => follow(wanted), []);
  return place;
}
