// The one table of everything that can be set: it makes the controls, the address of the page and the experiment. Words
// for a setting stand in the messages' room `settings`, under its name.
//
// `applies` says when a change takes effect:
//   'now'      at once
//   'restart'  with a fresh experiment
//   'data'     with a fresh data set (and so a fresh experiment)
//   'engine'   with a fresh engine

import { t } from '../messages/messages.js';
import { say } from '../messages/said.js';
import { TASKS } from './pretext-tasks.js';

/** The version of the generator of digits, as src/data/digits.hpp has it. A link to generated digits carries it. */
export const GENERATOR_VERSION = 2;

/**
 * @typedef {object} Common
 * @property {'now' | 'restart' | 'data' | 'engine'} applies
 * @property {true} [personal] the visitor's own taste, which has no part in a link
 *
 * @typedef {Common & { kind: 'integer' | 'number', initial: number, min: number, max: number, step?: number,
 *   slider?: boolean }} NumberProperty
 * @typedef {Common & { kind: 'choice', initial: string, choices: readonly string[] }} ChoiceProperty
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
    initial: 'auto',
    choices: ['auto', 'generated', 'mnist', 'own'],
    applies: 'data',
  },
  images: {
    kind: 'integer',
    initial: 11000,
    min: 110,
    max: 11000,
    applies: 'data',
  },
  tests: {
    kind: 'integer',
    initial: 10000,
    min: 100,
    max: 10000,
    applies: 'data',
  },
  preset: {
    kind: 'choice',
    initial: 'unit',
    choices: ['unit', 'notebook'],
    applies: 'restart',
  },
  seed: {
    kind: 'integer',
    initial: 1,
    min: 0,
    max: 4294967295,
    applies: 'restart',
  },
  task: {
    kind: 'choice',
    initial: 'turns',
    choices: TASKS,
    applies: 'restart',
  },
  epochs: { kind: 'integer', initial: 10, min: 1, max: 500, applies: 'restart' },
  batch: { kind: 'integer', initial: 192, min: 1, max: 1024, applies: 'restart' },
  shuffle: { kind: 'flag', initial: false, applies: 'restart' },
  rate: {
    kind: 'number',
    initial: 0.001,
    min: 0.00001,
    max: 1,
    applies: 'now',
  },
  // Steps a second: the same training, slow enough to be watched.
  pace: { kind: 'choice', initial: 'full', choices: ['full', '20', '5', '1'], applies: 'now' },
  armEpochs: { kind: 'integer', initial: 50, min: 1, max: 500, applies: 'restart' },
  labels: {
    kind: 'integer',
    initial: 1000,
    min: 10,
    max: 1000,
    applies: 'restart',
  },
  armRate: {
    kind: 'number',
    initial: 0.001,
    min: 0.00001,
    max: 1,
    applies: 'now',
  },
  repeats: {
    kind: 'integer',
    initial: 3,
    min: 1,
    max: 50,
    applies: 'now',
  },
  budgets: {
    kind: 'integers',
    initial: [10, 30, 100, 300, 1000],
    min: 10,
    max: 1000,
    applies: 'now',
  },
  probeLabels: {
    kind: 'choice',
    initial: '100',
    choices: ['10', '30', '100', '300', '1000'],
    applies: 'now',
  },
  threads: {
    kind: 'integer',
    initial: 0,
    min: 0,
    max: 32,
    applies: 'engine',
  },
  build: {
    kind: 'choice',
    initial: 'auto',
    choices: ['auto', 'threads-relaxed', 'threads-simd', 'single-relaxed', 'single-simd'],
    applies: 'engine',
  },
  // A 4 in the built-in digits and in MNIST, which nobody takes for another digit upside down.
  digit: { kind: 'integer', initial: 60, min: 0, max: 10999, applies: 'now' },
  digitSet: {
    kind: 'choice',
    initial: 'train',
    choices: ['train', 'test'],
    applies: 'now',
  },
  smoothing: {
    kind: 'number',
    initial: 0,
    min: 0,
    max: 0.95,
    step: 0.05,
    slider: true,
    applies: 'now',
  },
  log: { kind: 'flag', initial: false, applies: 'now' },
  latentDigits: { kind: 'digits', initial: [1, 5, 6], applies: 'now' },
  latentWeights: {
    kind: 'choice',
    initial: 'trained',
    choices: ['trained', 'random', 'both'],
    applies: 'now',
  },
  latentMethod: {
    kind: 'choice',
    initial: 'pca',
    choices: ['pca', 'lda'],
    applies: 'now',
  },
  mine: {
    kind: 'choice',
    initial: 'test',
    choices: ['test', 'train'],
    applies: 'data',
  },
  theme: {
    kind: 'choice',
    initial: 'auto',
    choices: ['auto', 'light', 'dark'],
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

/** @typedef {import('../messages/messages.js').Words['address']} FaultWords */
/**
 * Why a text is no value of a setting: a key of the messages' room `address` with what it takes beside the label.
 * @typedef {{ code: keyof FaultWords, values?: Record<string, unknown> }} ValueFault
 */

/** @param {keyof FaultWords} code @param {Record<string, unknown>} [values] @returns {{ fault: ValueFault }} */
const refused = (code, values) => ({ fault: { code, values } });

/**
 * Reads a value as it stands in the page's address or in a field.
 * @param {Property} property
 * @param {string} text
 * @returns {{ value: number | string | boolean | number[] } | { fault: ValueFault }}
 */
export function parse(property, text) {
  switch (property.kind) {
    case 'choice':
      return property.choices.includes(text)
        ? { value: text }
        : refused('notOneOf', { text, choices: property.choices });
    case 'flag':
      return text === '1' || text === '0' ? { value: text === '1' } : refused('notFlag');
    case 'digits': {
      const digits = [...new Set(text)].filter((digit) => digit >= '0' && digit <= '9').map(Number);
      return digits.length === new Set(text).size && digits.length > 0
        ? { value: digits.sort((a, b) => a - b) }
        : refused('notDigits');
    }
    case 'integers': {
      const values = text.split(/[\s,;]+/).filter(Boolean);
      for (const each of values) {
        const read = parse({ ...property, kind: 'integer', initial: property.min }, each);
        if ('fault' in read) return read;
      }
      return values.length > 0
        ? { value: [...new Set(values.map(Number))].sort((a, b) => a - b) }
        : refused('notNumbers', { such: property.initial });
    }
    default: {
      const value = text.trim() === '' ? NaN : Number(text) + 0; // -0 would not be written as it was read
      if (property.kind === 'integer' && !Number.isInteger(value)) return refused('notWhole');
      if (!Number.isFinite(value)) return refused('notNumber');
      const { min, max } = property;
      return value < min || value > max ? refused('outside', { min, max }) : { value };
    }
  }
}

/**
 * Words for a setting in the page's language.
 * @param {PropertyName} name
 * @returns {{ label: string, hint?: string, brief?: string, choices?: Record<string, string>,
 *   ofKind?: (of: import('../messages/en/first.js').OfKind) => string,
 *   ofTask?: (of: { task: import('../messages/en/first.js').Task, brief: boolean }) => string }}
 */
export const settingWords = (name) => t.value.settings[name];

/** A fault in words. @param {PropertyName} name @param {ValueFault} fault @param {string} [label] of the control that shows it */
export const faultText = (name, { code, values = {} }, label = settingWords(name).label) =>
  say({ room: 'address', code, values: { ...values, label } });

/** The inverse of parse. @param {Property} property @param {unknown} value */
export function format(property, value) {
  if (property.kind === 'flag') return value ? '1' : '0';
  if (property.kind === 'digits') return /** @type {number[]} */ (value).join('');
  return String(value); // a list gets commas
}
