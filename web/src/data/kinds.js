// MNIST's relatives: known by a part of their files' names. Words for them stand in the messages' room `common.kinds`.

/** @typedef {'digits' | 'fashion' | 'kmnist' | 'letters' | 'numbers'} Kind */

const DIGITS = ['0', '1', '2', '3', '4', '5', '6', '7', '8', '9'];

/** `marks`: a sign for each class, where there is no room for its name. @type {Record<Kind, { marks: readonly string[] }>} */
export const KINDS = {
  digits: { marks: DIGITS },
  fashion: { marks: ['T', 'Tr', 'Pu', 'Dr', 'Co', 'Sa', 'Sh', 'Sn', 'Ba', 'An'] },
  // The Kuzushiji data set's ten hiragana, in the order of its labels.
  kmnist: { marks: ['お', 'き', 'す', 'つ', 'な', 'は', 'ま', 'や', 'れ', 'を'] },
  // EMNIST counts letters from 1; ten classes reach to the ninth.
  letters: { marks: ['–', 'A', 'B', 'C', 'D', 'E', 'F', 'G', 'H', 'I'] },
  numbers: { marks: DIGITS },
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
