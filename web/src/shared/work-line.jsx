// Where the work of a second engine stands, or what is to be known before it begins, and why it has failed.
import { wordsOf } from '../messages/faults.js';
import './work-line.css';

/**
 * @param {{ share: number | null, name: string, children: import('preact').ComponentChildren, idle: string, fault: unknown,
 *   class?: string }} props `share` 0..1 of the work, null: none is under way; `name`: of its bar; `children`: in words where
 *   it stands; `fault` null: none
 */
export function WorkLine({ share, name, children, idle, fault, class: className = '' }) {
  return (
    <div class={`work-line ${className}`}>
      {share === null ? (
        <span class="note">{idle}</span>
      ) : (
        <>
          <progress value={share} aria-label={name} />
          <span>{children}</span>
        </>
      )}
      {fault !== null && (
        <span class="note error" role="alert">
          {wordsOf(fault)}
        </span>
      )}
    </div>
  );
}
