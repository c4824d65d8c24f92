import { lesson } from '../state/settings.js';

/**
 * Words that lead to a section; where the lesson hides it they are words only.
 * @param {{ to: keyof import('../messages/messages.js').Words['page']['links'], children: import('preact').ComponentChildren }} props
 */
export const SectionLink = ({ to, children }) =>
  lesson.hide.has(to) ? <>{children}</> : <a href={`#${to}`}>{children}</a>;
