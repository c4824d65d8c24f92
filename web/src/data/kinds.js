// MNIST's relatives: known by a part of their files' names, with the words for their ten classes.

/** @typedef {'digits' | 'fashion' | 'kmnist' | 'letters' | 'numbers'} Kind */

const DIGITS = ['0', '1', '2', '3', '4', '5', '6', '7', '8', '9'];

const LETTERS = ['–', 'A', 'B', 'C', 'D', 'E', 'F', 'G', 'H', 'I'];

/** Signs that somebody wrote. @param {string} one @param {string} many */
const written = (one, many) => ({ one, many, reads: 'read', parts: 'strokes and loops, most of what reading takes' });
/** Things that are seen. @param {string} one @param {string} many */
const seen = (one, many) => ({ one, many, reads: 'name', parts: 'edges and shapes, most of what naming them takes' });

/**
 * `marks`: a sign for each class where there is no room for its name; `one`, `many`: what the pictures show; `reads`: what
 * it is to tell the classes; `parts`: what there is to learn on the way.
 * @type {Record<Kind, { title: string, classes: readonly string[], marks: readonly string[], one: string, many: string,
 *   reads: string, parts: string }>}
 */
export const KINDS = {
  digits: { title: 'digits', classes: DIGITS, marks: DIGITS, ...written('digit', 'digits') },
  fashion: {
    ...seen('garment', 'garments'),
    title: 'Fashion-MNIST',
    classes: [
      ...['T-shirt', 'trousers', 'pullover', 'dress', 'coat'],
      ...['sandal', 'shirt', 'sneaker', 'bag', 'ankle boot'],
    ],
    marks: ['T', 'Tr', 'Pu', 'Dr', 'Co', 'Sa', 'Sh', 'Sn', 'Ba', 'An'],
  },
  // The Kuzushiji data set's ten hiragana, in the order of its labels.
  kmnist: {
    ...written('character', 'characters'),
    title: 'KMNIST',
    classes: ['お o', 'き ki', 'す su', 'つ tsu', 'な na', 'は ha', 'ま ma', 'や ya', 'れ re', 'を wo'],
    marks: ['お', 'き', 'す', 'つ', 'な', 'は', 'ま', 'や', 'れ', 'を'],
  },
  // EMNIST counts letters from 1; ten classes reach to the ninth.
  letters: { title: 'EMNIST letters', classes: LETTERS, marks: LETTERS, ...written('letter', 'letters') },
  numbers: {
    ...seen('picture', 'pictures'),
    title: 'no names',
    classes: DIGITS.map((digit) => `class ${digit}`),
    marks: DIGITS,
  },
};

/**
 * What the names of files say about their content.
 * @param {readonly string[]} names
 * @returns {{ kind: Kind, transpose: boolean }} `transpose`: stored with rows and columns swapped
 */
export function recognise(names) {
  const text = names.join(' ').toLowerCase();
  const emnist = text.includes('emnist');
  if (emnist && text.includes('letters')) return { kind: 'letters', transpose: true };
  if (emnist) return { kind: 'digits', transpose: true };
  if (text.includes('fashion')) return { kind: 'fashion', transpose: false };
  if (/kmnist|kuzushiji/.test(text)) return { kind: 'kmnist', transpose: false };
  return { kind: 'digits', transpose: false };
}
