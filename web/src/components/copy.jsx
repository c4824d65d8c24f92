// The one way to copy a text. The clipboard is there in secure contexts only (a page on a LAN address has none) and may
// be refused: then the text goes by a selection, and where that is refused too it stands there selected, to be copied
// by hand.
import { useEffect, useRef, useState } from 'preact/hooks';
import { t } from '../messages/messages.js';
import './copy.css';

/**
 * @param {string} text
 * @param {Element} beside inside the same dialog, if any: what is outside takes no focus
 */
function copySelected(text, beside) {
  const focused = document.activeElement;
  const field = document.createElement('textarea');
  field.className = 'visually-hidden';
  field.value = text;
  field.readOnly = true;
  beside.append(field);
  field.select();
  try {
    return document.execCommand('copy');
  } catch {
    return false;
  } finally {
    field.remove();
    if (focused instanceof HTMLElement) focused.focus({ preventScroll: true });
  }
}

/** Copies a text, and says so. @param {{ text: string, label: string }} props */
export function Copy({ text, label }) {
  const place = useRef(/** @type {HTMLSpanElement | null} */ (null));
  const field = useRef(/** @type {HTMLInputElement | null} */ (null));
  /** The text that was copied, or could not be: what is said holds for no other. */
  const [outcome, setOutcome] = useState(/** @type {{ of: string, copied: boolean } | null} */ (null));
  const said = outcome?.of === text ? outcome : null;
  const byHand = said?.copied === false;
  useEffect(() => {
    if (byHand) field.current?.select();
  }, [byHand]);

  const copy = async () => {
    let copied = true;
    try {
      await navigator.clipboard.writeText(text);
    } catch {
      copied = place.current !== null && copySelected(text, place.current);
    }
    setOutcome({ of: text, copied });
    field.current?.select();
  };
  const words = t.value.copy;
  return (
    <span ref={place} class="copy">
      <button type="button" class="button small" onClick={() => void copy()}>
        {label}
      </button>
      <span class="note copy-said" role="status">
        {said && (byHand ? words.refused : words.copied)}
      </span>
      {byHand && <input ref={field} type="text" class="copy-text" readOnly value={text} aria-label={words.text} />}
    </span>
  );
}
