// Pointers that are held down on an element, for every drag of the page. Browsers do not always report the end of a
// drag: a release outside the window, a second button that is still held, a finger that a system gesture has taken. So a
// drag ends with whatever says first that it is over: pointerup, pointercancel, a lost capture, a move of a mouse or pen
// without its main button, a window without focus or out of sight, or a new first finger.
import { useEffect, useRef } from 'preact/hooks';

/** In `PointerEvent.buttons`: the left button, a finger, the tip of a pen. */
const MAIN_BUTTON = 1;

/**
 * @typedef {object} DragListener
 * @property {(event: PointerEvent) => boolean | void} begin false: this pointer is not followed
 * @property {(event: PointerEvent) => void} [move] of a pointer that is followed
 * @property {(event: PointerEvent) => void} [hover] of a pointer that is not
 * @property {(pointer: number) => void} [end] once for each pointer that was followed
 */

/**
 * The listeners of an element that is dragged on. They go on the element whose coordinates count.
 * @param {DragListener} listener
 */
export function useDrag(listener) {
  /** The pointers that are followed, with their kind. */
  const held = useRef(/** @type {Map<number, string>} */ (new Map()));
  const newest = useRef(listener);
  newest.current = listener;

  const end = (/** @type {number} */ pointer) => {
    if (held.current.delete(pointer)) newest.current.end?.(pointer);
  };
  const endAll = () => [...held.current.keys()].forEach(end);

  useEffect(() => {
    const hidden = () => document.hidden && endAll();
    addEventListener('blur', endAll);
    document.addEventListener('visibilitychange', hidden);
    return () => {
      removeEventListener('blur', endAll);
      document.removeEventListener('visibilitychange', hidden);
      endAll();
    };
  }, []);

  /** @param {PointerEvent} event */
  const over = (event) => end(event.pointerId);
  return {
    /** @param {PointerEvent & { currentTarget: Element }} event */
    onPointerDown(event) {
      if (event.button !== 0) return;
      end(event.pointerId);
      // Of several fingers only the first is primary: all earlier ones have gone.
      if (event.isPrimary) {
        for (const [pointer, kind] of held.current) if (kind === event.pointerType) end(pointer);
      }
      if (newest.current.begin(event) === false) return;
      held.current.set(event.pointerId, event.pointerType);
      try {
        event.currentTarget.setPointerCapture(event.pointerId);
      } catch {
        // The pointer has gone already: its next event, if any, ends the drag.
      }
    },
    /** @param {PointerEvent} event */
    onPointerMove(event) {
      if (held.current.has(event.pointerId) && !(event.buttons & MAIN_BUTTON)) end(event.pointerId);
      if (held.current.has(event.pointerId)) newest.current.move?.(event);
      else newest.current.hover?.(event);
    },
    onPointerUp: over,
    onPointerCancel: over,
    onLostPointerCapture: over,
  };
}
