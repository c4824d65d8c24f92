// The rules of the quiz: ten test digits, each changed at random as the pretext task does it, and who says more often how.

/** @typedef {{ index: number, variant: number }} Question `variant`: the class of the pretext task that is shown */
/**
 * @typedef {object} Answer
 * @property {number} you a class
 * @property {number} network the class that it finds likeliest of those that are asked about
 * @property {Float32Array} probabilities of the network, one for each class that is asked about
 * @property {number} epochs of the pretext task that the network had behind it
 */

export const QUESTIONS = 10;

/**
 * @param {number} images in the set; no image comes twice while there are enough
 * @param {number} [count]
 * @param {() => number} [random] in [0, 1)
 * @param {readonly number[]} [classes] that are asked about
 * @returns {Question[]}
 */
export function makeQuestions(images, count = QUESTIONS, random = Math.random, classes = [0, 1, 2, 3]) {
  /** @type {Set<number>} */
  const used = new Set();
  return Array.from({ length: images > 0 ? count : 0 }, () => {
    let index = Math.floor(random() * images);
    // The next one that is free, so that any source of random numbers comes to an end.
    while (used.size < images && used.has(index)) index = (index + 1) % images;
    used.add(index);
    return { index, variant: classes[Math.floor(random() * classes.length)] };
  });
}

/** @param {readonly Question[]} questions @param {readonly Answer[]} answers */
export function score(questions, answers) {
  const right = (/** @type {'you' | 'network'} */ who) =>
    answers.filter((answer, i) => answer[who] === questions[i].variant).length;
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

/** Of turns: the arrow shows where the digit's top points. */
const ARROWS = ['ArrowUp', 'ArrowLeft', 'ArrowDown', 'ArrowRight'];

/**
 * The class that a key names, if any: 1, 2, 3... count those that are asked about.
 * @param {string} key
 * @param {readonly number[]} classes
 * @param {boolean} turns the pretext task is that of turns
 * @returns {number | undefined}
 */
export function variantOfKey(key, classes, turns) {
  const arrow = turns ? ARROWS.indexOf(key) : -1;
  return arrow >= 0 ? arrow : /^[1-9]$/.test(key) ? classes[Number(key) - 1] : undefined;
}

/**
 * What the network says where only some of its classes are asked about: their probabilities, which sum to 1 again, and the
 * likeliest of them, -1 where its weights are no numbers.
 * @param {Float32Array} all
 * @param {readonly number[]} classes
 */
export function amongAsked(all, classes) {
  const sum = classes.reduce((part, variant) => part + all[variant], 0);
  // As they are where all are asked about: rounding them again would change the last digit.
  const probabilities = Float32Array.from(classes, (variant) =>
    classes.length === all.length ? all[variant] : all[variant] / sum,
  );
  return { probabilities, said: classes[probabilities.indexOf(Math.max(...probabilities))] ?? -1 };
}
