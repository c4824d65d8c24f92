// A part under its heading: folded on a phone, where the page would be too long, open where there is room; or, where it is
// for few, folded until it is wanted.
import { useEffect, useState } from 'preact/hooks';
import { media } from './media.js';
import { printing } from '../state/printing.js';
import './fold.css';

const roomy = media('--beyond-phone');

/**
 * @param {{ title: import('preact').ComponentChildren, id?: string, class?: string, plain?: boolean,
 *   quiet?: boolean, children: import('preact').ComponentChildren }} props `id`: of the heading; `plain`: no heading where
 *   there is room; `quiet`: folded everywhere, on paper too
 */
export function Fold({ title, id, class: className = '', plain = false, quiet = false, children }) {
  const [open, setOpen] = useState(() => !quiet && roomy.matches);
  /** What has never been open is not made. */
  const [made, setMade] = useState(open);
  useEffect(() => {
    if (quiet) return;
    const follow = () => roomy.matches && setOpen(true);
    roomy.addEventListener('change', follow);
    return () => roomy.removeEventListener('change', follow);
  }, []);
  useEffect(() => {
    if (open) setMade(true);
  }, [open]);
  const paper = printing.value && !quiet;
  return (
    <details
      class={`fold ${plain ? 'plain' : ''} ${className}`}
      data-quiet={quiet}
      open={open || paper}
      onToggle={(event) => !printing.peek() && setOpen(event.currentTarget.open)}
    >
      <summary>
        <h3 id={id}>{title}</h3>
      </summary>
      {(made || paper) && <div class="fold-content">{children}</div>}
    </details>
  );
}
