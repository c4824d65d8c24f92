// The breakpoints of styles/media.css, for scripts.
import css from '../styles/media.css?raw';

/** @param {string} name @returns {MediaQueryList} */
export function media(name) {
  const found = new RegExp(`@custom-media ${name} (.+);`).exec(css);
  if (!found) throw new Error(`styles/media.css has no ${name}`);
  return matchMedia(found[1]);
}
