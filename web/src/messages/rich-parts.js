/**
 * Cuts a message at its marks, which are not nested. A mark may say of what: '<term probe>linear probe</term>'.
 * @param {string} text such as 'Press <b>Train</b> at <time/>.'
 * @returns {(string | { name: string, inner: string, of?: string })[]} text between marks, and the marks with what they hold
 */
export function richParts(text) {
  /** @type {(string | { name: string, inner: string, of?: string })[]} */
  const parts = [];
  let place = 0;
  for (const mark of text.matchAll(/<([a-z]+)(?: ([a-z]+))?(?:\/>|>(.*?)<\/\1>)/gs)) {
    if (mark.index > place) parts.push(text.slice(place, mark.index));
    parts.push({ name: mark[1], inner: mark[3] ?? '', ...(mark[2] ? { of: mark[2] } : {}) });
    place = mark.index + mark[0].length;
  }
  if (place < text.length) parts.push(text.slice(place));
  return parts;
}
