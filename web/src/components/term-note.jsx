// A term of the glossary within a sentence: its meaning shows where a mouse rests on it, where it has the focus, and where
// it is tapped. On paper it is plain text.
import { useEffect, useId, useLayoutEffect, useRef, useState } from 'preact/hooks';
import { t } from '../messages/messages.js';
import './term-note.css';

/** Between a note and the edge of the window, in pixels. */
const MARGIN = 8;

/** @param {{ of: import('./term.jsx').TermName, children: import('preact').ComponentChildren }} props */
export function Term({ of, children }) {
  const place = useRef(/** @type {HTMLSpanElement | null} */ (null));
  const note = useRef(/** @type {HTMLSpanElement | null} */ (null));
  /** A second tap closes it. */
  const tappedOpen = useRef(false);
  const [open, setOpen] = useState(false);
  const id = useId();
  const meaning = t.value.glossary[of];

  // Kept within the window, before it is painted.
  useLayoutEffect(() => {
    const shown = note.current;
    if (!open || !shown) return;
    const { left, right } = shown.getBoundingClientRect();
    const over = right - (document.documentElement.clientWidth - MARGIN);
    shown.style.left = `${Math.max(MARGIN - left, Math.min(0, -over))}px`;
  }, [open]);

  useEffect(() => {
    if (!open) return undefined;
    /** @param {KeyboardEvent} event */
    const escape = ({ key }) => {
      if (key === 'Escape') setOpen(false);
    };
    /** @param {Event} event */
    const elsewhere = ({ target }) => {
      if (!place.current?.contains(/** @type {Node} */ (target))) setOpen(false);
    };
    addEventListener('keydown', escape);
    addEventListener('pointerdown', elsewhere);
    return () => {
      removeEventListener('keydown', escape);
      removeEventListener('pointerdown', elsewhere);
    };
  }, [open]);

  return (
    <span
      ref={place}
      class="term"
      onPointerEnter={({ pointerType }) => pointerType === 'mouse' && setOpen(true)}
      onPointerLeave={({ pointerType }) =>
        pointerType === 'mouse' && !place.current?.contains(document.activeElement) && setOpen(false)
      }
    >
      <button
        type="button"
        class="term-word"
        aria-describedby={open ? id : undefined}
        onFocus={() => setOpen(true)}
        onBlur={() => setOpen(false)}
        onPointerDown={({ pointerType }) => (tappedOpen.current = open && pointerType === 'touch')}
        onClick={() => {
          setOpen(!tappedOpen.current);
          tappedOpen.current = false;
        }}
      >
        {children}
      </button>
      {open && (
        <span ref={note} id={id} role="tooltip" class="term-note">
          {meaning}
        </span>
      )}
    </span>
  );
}
