// The one table of everything that can be set: it makes the controls, the address of the page and the experiment.
//
// `applies` says when a change takes effect:
//   'now'      at once
//   'restart'  with a fresh experiment
//   'data'     with a fresh data set (and so a fresh experiment)
//   'engine'   with a fresh engine

/**
 * @typedef {object} Common
 * @property {string} label
 * @property {string} [hint] one line under the control
 * @property {'now' | 'restart' | 'data' | 'engine'} applies
 * @property {true} [personal] the visitor's own taste, which has no part in a link
 *
 * @typedef {Common & { kind: 'integer' | 'number', initial: number, min: number, max: number, step?: number,
 *   slider?: boolean }} NumberProperty
 * @typedef {Common & { kind: 'choice', initial: string, choices: Record<string, string> }} ChoiceProperty
 * @typedef {Common & { kind: 'flag', initial: boolean }} FlagProperty
 * @typedef {Common & { kind: 'digits', initial: number[] }} DigitsProperty
 * @typedef {Common & { kind: 'integers', initial: number[], min: number, max: number }} IntegersProperty ascending
 * @typedef {NumberProperty | ChoiceProperty | FlagProperty | DigitsProperty | IntegersProperty} Property
 */

/** @template {Record<string, Property>} T @param {T} table @returns {T} */
const define = (table) => table;

export const PROPERTIES = define({
  data: {
    kind: 'choice',
    label: 'Data',
    initial: 'auto',
    choices: { auto: 'best here', generated: 'built-in', mnist: 'MNIST', own: 'my files' },
    applies: 'data',
  },
  images: {
    kind: 'integer',
    label: 'Training images',
    hint: 'Of eleven, ten teach rotation and one is labelled.',
    initial: 11000,
    min: 110,
    max: 11000,
    applies: 'data',
  },
  tests: {
    kind: 'integer',
    label: 'Test images',
    initial: 10000,
    min: 100,
    max: 10000,
    applies: 'data',
  },
  preset: {
    kind: 'choice',
    label: 'Pixels',
    hint: 'The notebook feeds raw 0–255; dividing by 255 is the normal practice.',
    initial: 'unit',
    choices: { unit: '0 to 1', notebook: '0 to 255' },
    applies: 'restart',
  },
  seed: {
    kind: 'integer',
    label: 'Seed',
    hint: 'Same seed, same result, to the last bit.',
    initial: 1,
    min: 0,
    max: 4294967295,
    applies: 'restart',
  },
  epochs: { kind: 'integer', label: 'Rotation epochs', initial: 10, min: 1, max: 500, applies: 'restart' },
  batch: { kind: 'integer', label: 'Rotation batch', initial: 192, min: 1, max: 1024, applies: 'restart' },
  shuffle: { kind: 'flag', label: 'Rotation shuffle', initial: false, applies: 'restart' },
  rate: {
    kind: 'number',
    label: 'Rotation learning rate',
    hint: 'Applies at once, even while training.',
    initial: 0.001,
    min: 0.00001,
    max: 1,
    applies: 'now',
  },
  armEpochs: { kind: 'integer', label: 'Reader epochs', initial: 50, min: 1, max: 500, applies: 'restart' },
  labels: {
    kind: 'integer',
    label: 'Labelled images',
    hint: 'One fifth of them is kept for validation.',
    initial: 1000,
    min: 10,
    max: 1000,
    applies: 'restart',
  },
  armRate: {
    kind: 'number',
    label: 'Reader learning rate',
    hint: 'Applies at once, even while training.',
    initial: 0.001,
    min: 0.00001,
    max: 1,
    applies: 'now',
  },
  repeats: {
    kind: 'integer',
    label: 'Repeats',
    hint: 'Each with the next seed.',
    initial: 3,
    min: 1,
    max: 50,
    applies: 'now',
  },
  budgets: {
    kind: 'integers',
    label: 'Label budgets',
    hint: 'Numbers of labelled images, such as 10, 100, 1000.',
    initial: [10, 30, 100, 300, 1000],
    min: 10,
    max: 1000,
    applies: 'now',
  },
  threads: {
    kind: 'integer',
    label: 'Threads',
    hint: '0: as many as the machine offers. The result does not depend on it.',
    initial: 0,
    min: 0,
    max: 32,
    applies: 'engine',
  },
  build: {
    kind: 'choice',
    label: 'Engine build',
    initial: 'auto',
    choices: {
      auto: 'best here',
      'threads-relaxed': 'threads, relaxed SIMD',
      'threads-simd': 'threads, SIMD',
      'single-relaxed': 'one thread, relaxed SIMD',
      'single-simd': 'one thread, SIMD',
    },
    applies: 'engine',
  },
  digit: { kind: 'integer', label: 'Image number', initial: 4, min: 0, max: 10999, applies: 'now' },
  digitSet: {
    kind: 'choice',
    label: 'Image from',
    initial: 'train',
    choices: { train: 'training', test: 'test' },
    applies: 'now',
  },
  smoothing: {
    kind: 'number',
    label: 'Smoothing',
    initial: 0,
    min: 0,
    max: 0.95,
    step: 0.05,
    slider: true,
    applies: 'now',
  },
  log: { kind: 'flag', label: 'Log scale', initial: false, applies: 'now' },
  latentDigits: { kind: 'digits', label: 'Digits on the map', initial: [1, 5, 6], applies: 'now' },
  latentWeights: {
    kind: 'choice',
    label: 'Features',
    initial: 'trained',
    choices: { trained: 'trained on rotation', random: 'random weights', both: 'both side by side' },
    applies: 'now',
  },
  latentMethod: {
    kind: 'choice',
    label: 'Axes',
    initial: 'pca',
    choices: { pca: 'largest spread (PCA)', lda: 'best apart (LDA)' },
    applies: 'now',
  },
  mine: {
    kind: 'choice',
    label: 'My digits',
    initial: 'test',
    choices: { test: 'only for testing', train: 'among the labelled ones' },
    applies: 'data',
  },
  theme: {
    kind: 'choice',
    label: 'Colours',
    initial: 'auto',
    choices: { auto: 'as the system', light: 'light', dark: 'dark' },
    applies: 'now',
    personal: true,
  },
});

/** @typedef {keyof typeof PROPERTIES} PropertyName */
/**
 * @template {PropertyName} N
 * @typedef {(typeof PROPERTIES)[N] extends { kind: 'integer' | 'number' } ? number
 *   : (typeof PROPERTIES)[N] extends { kind: 'flag' } ? boolean
 *   : (typeof PROPERTIES)[N] extends { kind: 'digits' | 'integers' } ? number[] : string} ValueOf
 */

export const PROPERTY_NAMES = /** @type {PropertyName[]} */ (Object.keys(PROPERTIES));

/**
 * Reads a value as it stands in the page's address or in a field.
 * @param {Property} property
 * @param {string} text
 * @returns {{ value: number | string | boolean | number[] } | { error: string }}
 */
export function parse(property, text) {
  switch (property.kind) {
    case 'choice':
      return Object.hasOwn(property.choices, text)
        ? { value: text }
        : { error: `${property.label}: “${text}” is not one of ${Object.keys(property.choices).join(', ')}` };
    case 'flag':
      return text === '1' || text === '0' ? { value: text === '1' } : { error: `${property.label}: write 1 or 0` };
    case 'digits': {
      const digits = [...new Set(text)].filter((digit) => digit >= '0' && digit <= '9').map(Number);
      return digits.length === new Set(text).size && digits.length > 0
        ? { value: digits.sort((a, b) => a - b) }
        : { error: `${property.label}: write digits, such as 156` };
    }
    case 'integers': {
      const values = text.split(/[\s,;]+/).filter(Boolean);
      for (const each of values) {
        const read = parse({ ...property, kind: 'integer', initial: property.min }, each);
        if ('error' in read) return read;
      }
      return values.length > 0
        ? { value: [...new Set(values.map(Number))].sort((a, b) => a - b) }
        : { error: `${property.label}: numbers, please, such as ${property.initial.join(', ')}` };
    }
    default: {
      const value = text.trim() === '' ? NaN : Number(text) + 0; // -0 would not be written as it was read
      if (property.kind === 'integer' && !Number.isInteger(value)) {
        return { error: `${property.label}: a whole number, please` };
      }
      if (!Number.isFinite(value)) return { error: `${property.label}: a number, please` };
      if (value < property.min || value > property.max) {
        return { error: `${property.label}: from ${property.min} to ${property.max}, please` };
      }
      return { value };
    }
  }
}

/** The inverse of parse. @param {Property} property @param {unknown} value */
export function format(property, value) {
  if (property.kind === 'flag') return value ? '1' : '0';
  if (property.kind === 'digits') return /** @type {number[]} */ (value).join('');
  return String(value); // a list gets commas
}
