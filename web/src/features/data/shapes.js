// The arrays of the notebook, as they are after loading, on the data at hand.

/**
 * @typedef {object} ArrayRow
 * @property {string} name as the notebook prints it; empty: an array of this page alone
 * @property {string} slice of the data, as Python writes it; empty: made from another array
 * @property {string} shape as NumPy prints it
 * @property {'pretext' | 'pretextLabels' | 'labelled' | 'labels' | 'setAside' | 'test' | 'turned' | 'turns' | 'changed' | 'answers' | 'whole'} use
 */

const SIDE = 28;
/** Of the notebook's own task. */
const TURNS = { name: 'turns', answers: 4 };

/** @param {string} set @param {readonly [number, number]} slice */
const slice = (set, [first, last]) => `${set}[${first}:${last}]`;
/** @param {readonly number[]} sizes */
const shape = (...sizes) => (sizes.length === 1 ? `(${sizes[0]},)` : `(${sizes.join(', ')})`);

/**
 * @param {import('../../engine/types').Splits} splits
 * @param {number} tests images of the test set
 * @param {{ name: string, answers: number }} [task] the pretext task
 * @returns {ArrayRow[]}
 */
export function arrays({ pretext, downstream, test }, tests, { name: task, answers } = TURNS) {
  const aside = /** @type {[number, number]} */ ([0, test[0]]);
  const size = (/** @type {readonly [number, number]} */ [first, last]) => last - first;
  /** @param {string} name @param {string} set @param {readonly [number, number]} range @param {[ArrayRow['use'], ArrayRow['use']]} uses @returns {ArrayRow[]} */
  const both = (name, set, range, [images, labels]) => [
    {
      name,
      slice: slice(set, range),
      shape: shape(size(range), SIDE, SIDE),
      use: images,
    },
    { name: name.replaceAll('x', 'y'), slice: slice(set, range), shape: shape(size(range)), use: labels },
  ];
  const forms = answers * size(pretext);
  /** @type {ArrayRow[]} */
  const seen =
    task === TURNS.name
      ? [
          { name: 'X_rotate', slice: '', shape: shape(forms, SIDE, SIDE, 1), use: 'turned' },
          { name: 'Y_rotate', slice: '', shape: shape(forms, answers), use: 'turns' },
        ]
      : [
          { name: 'X_pretext', slice: '', shape: shape(forms, SIDE, SIDE, 1), use: 'changed' },
          { name: 'Y_pretext', slice: '', shape: shape(forms, answers), use: 'answers' },
        ];
  return [
    ...both('x_train', 'train', pretext, ['pretext', 'pretextLabels']),
    ...both('xx_train', 'train', downstream, ['labelled', 'labels']),
    ...both('x_test', 'test', aside, ['setAside', 'setAside']),
    ...both('xx_test', 'test', test, ['test', 'test']),
    ...seen,
    { name: '', slice: slice('test', [0, tests]), shape: shape(tests, SIDE, SIDE), use: 'whole' },
  ];
}
