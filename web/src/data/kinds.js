// MNIST's relatives: known by a part of their files' names, with the words for their ten classes.

/** @typedef {'digits' | 'fashion' | 'kmnist' | 'letters' | 'numbers'} Kind */

const DIGITS = ['0', '1', '2', '3', '4', '5', '6', '7', '8', '9'];

/** @type {Record<Kind, { title: string, classes: readonly string[] }>} */
export const KINDS = {
  digits: { title: 'digits', classes: DIGITS },
  fashion: {
    title: 'Fashion-MNIST',
    classes: [
      ...['T-shirt', 'trousers', 'pullover', 'dress', 'coat'],
      ...['sandal', 'shirt', 'sneaker', 'bag', 'ankle boot'],
    ],
  },
  // The Kuzushiji data set's ten hiragana, in the order of its labels.
  kmnist: {
    title: 'KMNIST',
    classes: ['お o', 'き ki', 'す su', 'つ tsu', 'な na', 'は ha', 'ま ma', 'や ya', 'れ re', 'を wo'],
  },
  // EMNIST counts letters from 1; ten classes reach to the ninth.
  letters: { title: 'EMNIST letters', classes: ['–', 'A', 'B', 'C', 'D', 'E', 'F', 'G', 'H', 'I'] },
  numbers: { title: 'no names', classes: DIGITS.map((digit) => `class ${digit}`) },
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
