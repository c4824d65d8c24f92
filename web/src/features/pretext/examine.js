// A test of the pretext network: from probabilities to a table of confusions and the surest mistakes.

/** @typedef {{ index: number, variant: number, guess: number, probability: number }} Mistake `index`: of the test image */
/**
 * @typedef {object} Examination
 * @property {number} images
 * @property {number} right
 * @property {number} rows pictures, one a class of each image
 * @property {number[][]} confusion [true class][said class]
 * @property {Mistake[]} mistakes the surest first
 * @property {boolean} finite false: the network has diverged and says nothing
 */

/** @param {number} classes of the pretext task @returns {Examination} */
export const nothingYet = (classes) => ({
  images: 0,
  right: 0,
  rows: 0,
  confusion: Array.from({ length: classes }, () => new Array(classes).fill(0)),
  mistakes: [],
  finite: true,
});

/**
 * The examination with some images more.
 * @param {Examination} so
 * @param {number} first index of the first image
 * @param {Float32Array} probabilities [images][class][said]
 * @param {number} most mistakes to keep
 * @returns {Examination}
 */
export function examine(so, first, probabilities, most) {
  const confusion = so.confusion.map((row) => [...row]);
  const mistakes = [...so.mistakes];
  const classes = confusion.length;
  const rows = probabilities.length / classes;
  let right = so.right;
  for (let row = 0; row < rows; row++) {
    const said = probabilities.subarray(classes * row, classes * (row + 1));
    const probability = Math.max(...said);
    const [variant, guess] = [row % classes, said.indexOf(probability)];
    if (guess < 0) return { ...so, finite: false }; // a NaN
    confusion[variant][guess]++;
    if (guess === variant) right++;
    else mistakes.push({ index: first + Math.floor(row / classes), variant, guess, probability });
  }
  mistakes.sort((a, b) => b.probability - a.probability || a.index - b.index || a.variant - b.variant);
  return {
    images: so.images + rows / classes,
    right,
    rows: so.rows + rows,
    confusion,
    mistakes: mistakes.slice(0, most),
    finite: so.finite,
  };
}
