// Ready lessons: what a link sets, locks and hides, by name. Their titles and tasks stand in the messages' room `lessons`,
// so that a link speaks the language of who opens it. The material in docs/lesson links to them.
import { PROPERTIES, PROPERTY_NAMES } from './properties.js';

/** @typedef {import('./properties.js').PropertyName} PropertyName */

/**
 * @typedef {object} Lesson
 * @property {Partial<Record<PropertyName, unknown>>} values what differs from the usual settings
 * @property {readonly PropertyName[]} lock
 * @property {readonly string[]} hide names of sections and of settings
 */

/** Everything that the result depends on, but for the seed. @type {readonly PropertyName[]} */
const TRAINING = ['preset', 'task', 'epochs', 'batch', 'shuffle', 'rate', 'labels', 'armEpochs', 'armRate'];
/** What an hour in class has no time for. */
const ASIDE = ['map', 'inside', 'data', 'speed'];

/** @template {Record<string, Lesson>} T @param {T} table @returns {T} */
const define = (table) => table;

export const LESSONS = define({
  /** Play the game, before anything is trained. */
  guess: { values: {}, lock: TRAINING, hide: ['probe', 'tasks', 'duel', 'draw', 'keep', ...ASIDE] },
  /** Train, and see what the features are worth. */
  learn: { values: {}, lock: TRAINING, hide: ['tasks', 'duel', 'draw', 'keep', ...ASIDE] },
  /** The notebook's three networks, with the number of labels to be changed. */
  labels: {
    values: { labels: 100 },
    lock: TRAINING.filter((name) => name !== 'labels'),
    hide: ['quiz', 'tasks', 'draw', 'keep', ...ASIDE],
  },
  /** A question that can be answered without seeing a stroke. */
  control: {
    values: { task: 'shuffles', probeLabels: '1000' }, // with few labels the difference is within the spread
    lock: TRAINING,
    hide: ['quiz', 'tasks', 'duel', 'draw', 'keep', ...ASIDE],
  },
  /** A seed for each student; the lines are collected. */
  seeds: { values: {}, lock: TRAINING, hide: ['quiz', 'tasks', 'draw', ...ASIDE] },
  /** Homework: the notebook as it stands. */
  notebook: { values: { preset: 'notebook', epochs: 50 }, lock: TRAINING, hide: [] },
});

/** With every name that the address may have. @type {Record<import('./lesson-text.js').LessonName, Lesson>} */
const named = LESSONS;

/** The usual values, and in their place those of a ready lesson; the visitor's own taste stays. @param {keyof typeof LESSONS} name */
export const lessonValues = (name) => ({
  ...Object.fromEntries(
    PROPERTY_NAMES.filter((each) => !('personal' in PROPERTIES[each])).map((each) => [each, PROPERTIES[each].initial]),
  ),
  ...named[name].values,
});

/** A ready lesson as a link. @param {keyof typeof LESSONS} name */
export const readyLink = (name) => ({
  ready: name,
  lock: new Set(named[name].lock),
  hide: new Set(named[name].hide),
});
