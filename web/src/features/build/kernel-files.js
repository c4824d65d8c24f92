// The engine's source of the two convolutions, as the build that made this page found it in src/.

/** `at`: what the line begins with, but for its indent, where the forward pass begins. */
export const KERNELS = /** @type {const} */ ({
  conv1: {
    path: 'src/layers/first_convolution.hpp',
    at: 'static void forward(',
    load: () => import('../../../../src/layers/first_convolution.hpp?raw'),
  },
  conv2: {
    path: 'src/layers/winograd_convolution.hpp',
    at: 'static void multiply_forward(',
    load: () => import('../../../../src/layers/winograd_convolution.hpp?raw'),
  },
});
/** @typedef {keyof typeof KERNELS} KernelName */

/** The line, from 0, where a text has the beginning; the first where it has none. @param {string} text @param {string} begin */
export const lineOf = (text, begin) =>
  Math.max(
    0,
    text.split('\n').findIndex((line) => line.trimStart().startsWith(begin)),
  );
