// The rules of the quiz: ten test digits, each turned at random, and who names the turn more often.

/** @typedef {{ index: number, turn: number }} Question `turn`: quarter turns counter-clockwise */
/**
 * @typedef {object} Answer
 * @property {number} you a turn 0..3
 * @property {number} network the turn that it finds likeliest
 * @property {Float32Array} probabilities of the network, one a turn
 * @property {number} epochs rotation epochs that the network had behind it
 */

export const QUESTIONS = 10;

/**
 * @param {number} images in the set; no image comes twice while there are enough
 * @param {number} [count]
 * @param {() => number} [random] in [0, 1)
 * @returns {Question[]}
 */
export function makeQuestions(images, count = QUESTIONS, random = Math.random) {
  /** @type {Set<number>} */
  const used = new Set();
  return Array.from({ length: images > 0 ? count : 0 }, () => {
    let index = Math.floor(random() * images);
    // The next one that is free, so that any source of random numbers comes to an end.
    while (used.size < images && used.has(index)) index = (index + 1) % images;
    used.add(index);
    return { index, turn: Math.floor(random() * 4) };
  });
}

/** @param {readonly Question[]} questions @param {readonly Answer[]} answers */
export function score(questions, answers) {
  const right = (/** @type {'you' | 'network'} */ who) =>
    answers.filter((answer, i) => answer[who] === questions[i].turn).length;
  return { you: right('you'), network: right('network') };
}

/**
 * Who has won: a key of the messages' room `quiz`.
 * @param {{ you: number, network: number }} scored
 * @returns {'youWin' | 'networkWins' | 'draw'}
 */
export function verdict({ you, network }) {
  if (you > network) return 'youWin';
  return you < network ? 'networkWins' : 'draw';
}

/** The turn that a key names: the arrow shows where the digit's top points, 1 to 4 count the turns. */
const KEYS = new Map([
  ['ArrowUp', 0],
  ['ArrowLeft', 1],
  ['ArrowDown', 2],
  ['ArrowRight', 3],
  ...['1', '2', '3', '4'].map((key, turn) => /** @type {const} */ ([key, turn])),
]);

/** @param {string} key */
export const turnOfKey = (key) => KEYS.get(key);
