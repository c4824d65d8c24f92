// Terms of the glossary in sentences. What shows their meaning is not of the first load: it comes with the glossary's words,
// and until then, or where it cannot be fetched, a term is plain text.
import { signal } from '@preact/signals';
import { t } from '../messages/messages.js';

/** @typedef {keyof import('../messages/messages.js').Words['glossary']} TermName */

const view = signal(/** @type {typeof import('./term-note.jsx').Term | null} */ (null));
let asked = false;

function fetchView() {
  if (asked) return;
  asked = true;
  import('./term-note.jsx').then(
    ({ Term }) => (view.value = Term),
    () => {},
  );
}

/**
 * A part of a message, for `Rich`: `<term probe>linear probe</term>`.
 * @param {import('preact').ComponentChildren} inner
 * @param {string} [of] its key in the room `glossary`
 * @returns {import('preact').ComponentChildren}
 */
export function term(inner, of) {
  if (!t.value.glossary) return inner;
  fetchView();
  const Term = view.value;
  return Term ? <Term of={/** @type {TermName} */ (of)}>{inner}</Term> : inner;
}
