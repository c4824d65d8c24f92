// A table that is folded until it is wanted.
import { useState } from 'preact/hooks';
import { printing } from '../state/printing.js';
import './folded-table.css';

/**
 * A table behind its name: made only while it is open, or (`onPaper`) printed.
 * @param {{ title: string, class?: string, onPaper?: boolean, open?: import('@preact/signals').Signal<boolean>,
 *   children: () => import('preact').ComponentChildren }} props `open`: where it is to be known outside whether it is open
 */
export function FoldedTable({ title, class: className = '', onPaper = false, open: outside, children }) {
  const [inside, setInside] = useState(false);
  const asked = outside ? outside.value : inside;
  const open = asked || (onPaper && printing.value);
  return (
    <details
      class={`folded-table ${className}`}
      open={open}
      onToggle={(event) => {
        if (printing.peek()) return;
        if (outside) outside.value = event.currentTarget.open;
        else setInside(event.currentTarget.open);
      }}
    >
      <summary>{title}</summary>
      {open && children()}
    </details>
  );
}
