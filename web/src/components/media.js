// The breakpoints of media.css, for scripts.
import css from './media.css?raw';

/** @param {string} name @returns {MediaQueryList} */
export function media(name) {
  const found = new RegExp(`@custom-media ${name} (.+);`).exec(css);
  if (!found) throw new Error(`media.css has no ${name}`);
  return matchMedia(found[1]);
}
