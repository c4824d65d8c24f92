// A test of the rotation network: from probabilities to a table of confusions and the surest mistakes.

/** @typedef {{ index: number, turn: number, guess: number, probability: number }} Mistake `index`: of the test image */
/**
 * @typedef {object} Examination
 * @property {number} images
 * @property {number} right
 * @property {number} rows pictures, four an image
 * @property {number[][]} confusion [true turn][said turn]
 * @property {Mistake[]} mistakes the surest first
 * @property {boolean} finite false: the network has diverged and says nothing
 */

const TURNS = 4;

/** @returns {Examination} */
export const nothingYet = () => ({
  images: 0,
  right: 0,
  rows: 0,
  confusion: Array.from({ length: TURNS }, () => new Array(TURNS).fill(0)),
  mistakes: [],
  finite: true,
});

/**
 * The examination with some images more.
 * @param {Examination} so
 * @param {number} first index of the first image
 * @param {Float32Array} probabilities [images][turn][said]
 * @param {number} most mistakes to keep
 * @returns {Examination}
 */
export function examine(so, first, probabilities, most) {
  const confusion = so.confusion.map((row) => [...row]);
  const mistakes = [...so.mistakes];
  const rows = probabilities.length / TURNS;
  let right = so.right;
  for (let row = 0; row < rows; row++) {
    const said = probabilities.subarray(TURNS * row, TURNS * row + TURNS);
    const probability = Math.max(...said);
    const [turn, guess] = [row % TURNS, said.indexOf(probability)];
    if (guess < 0) return { ...so, finite: false }; // a NaN
    confusion[turn][guess]++;
    if (guess === turn) right++;
    else mistakes.push({ index: first + Math.floor(row / TURNS), turn, guess, probability });
  }
  mistakes.sort((a, b) => b.probability - a.probability || a.index - b.index || a.turn - b.turn);
  return {
    images: so.images + rows / TURNS,
    right,
    rows: so.rows + rows,
    confusion,
    mistakes: mistakes.slice(0, most),
    finite: so.finite,
  };
}
