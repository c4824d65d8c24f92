// The claim of a table of confusions.

/**
 * The cell outside the diagonal with the highest share of its row; the first of several.
 * @param {number} classes
 * @param {(truth: number, said: number) => number} count
 * @returns {{ truth: number, said: number, count: number, of: number } | null} null: no wrong answer
 */
export function mostMixed(classes, count) {
  /** @type {{ truth: number, said: number, count: number, of: number } | null} */
  let found = null;
  const all = Array.from({ length: classes }, (_, each) => each);
  for (const truth of all) {
    const of = all.reduce((sum, said) => sum + count(truth, said), 0);
    for (const said of all) {
      const wrong = said === truth ? 0 : count(truth, said);
      if (wrong > 0 && (!found || wrong / of > found.count / found.of)) found = { truth, said, count: wrong, of };
    }
  }
  return found;
}
