// Which language the page begins with. The first script uses this (boot/boot.js), also in older browsers: no syntax stands
// here that the build cannot lower without helpers.

/** For tests alone. */
export const PSEUDO = 'en-XA';

/** By the name in the page's address and in `lang`; the first is for whoever wishes none of them. */
export const SPOKEN = ['en', 'ko'];

/**
 * @param {string | null} asked by the address
 * @param {readonly (string | null)[]} wished by the visitor and the browser, the most wanted first
 */
export function choose(asked, wished) {
  if (asked !== null && (asked === PSEUDO || SPOKEN.indexOf(asked) >= 0)) return asked;
  for (const wish of wished) {
    const found = SPOKEN.filter((name) => wish === name || (wish || '').indexOf(`${name}-`) === 0);
    if (found.length > 0) return found[0];
  }
  return SPOKEN[0];
}
