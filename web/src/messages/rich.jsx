// A message with marked parts: “Press <b>Train</b>.” The translator places the marks, the page says what they are.
import { richParts } from './rich-parts.js';

/**
 * @param {object} props
 * @param {string} props.text a message with marks such as <a>…</a> or <figure/>
 * @param {Record<string, (inner: import('preact').ComponentChildren, of?: string) => import('preact').ComponentChildren>} props.parts
 */
export function Rich({ text, parts }) {
  return (
    <>{richParts(text).map((part) => (typeof part === 'string' ? part : parts[part.name]?.(part.inner, part.of)))}</>
  );
}
