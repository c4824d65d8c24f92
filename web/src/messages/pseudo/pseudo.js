// A language for tests: English with accents, longer, and between marks. What a page shows without marks is in no table.

/** @type {Record<string, string>} */
const ACCENTS = { a: 'á', e: 'é', i: 'í', o: 'ö', u: 'ú', A: 'Á', E: 'É', I: 'Í', O: 'Ö', U: 'Ú', n: 'ñ', c: 'ç' };

/** Tags of rich messages stay as they are. @param {string} text */
const accented = (text) =>
  text.replace(/<[^>]*>|[aeiouAEIOUnc]/g, (found) => (found.length > 1 ? found : (ACCENTS[found] ?? found)));

export const [OPEN, CLOSE] = ['⟦', '⟧'];

/** @param {string} text */
export const pseudo = (text) => `${OPEN}${accented(text)}${CLOSE}`;

/** A whole table, of the same shape. @template T @param {T} table @returns {T} */
export function pseudoTable(table) {
  /** @param {unknown} each @returns {unknown} */
  const turn = (each) => {
    if (typeof each === 'string') return pseudo(each);
    if (typeof each === 'function') return (/** @type {unknown[]} */ ...values) => turn(each(...values));
    if (Array.isArray(each)) return each.map(turn);
    if (each !== null && typeof each === 'object')
      return Object.fromEntries(Object.entries(each).map(([key, value]) => [key, turn(value)]));
    return each;
  };
  return /** @type {T} */ (turn(table));
}
