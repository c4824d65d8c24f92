// Whether what lies in the browser's storage is what this page writes there. Storage outlives the page's versions, and
// other tools can write to it: shapes, kinds and sizes are looked at before anything is used.
import { TASKS } from '../state/pretext-tasks.js';
import { isOwnNote } from './own-note.js';

/**
 * @typedef {object} KeptRun
 * @property {2} version
 * @property {number} time
 * @property {string} search the part of the address that has its settings
 * @property {{ phase: import('../engine/types').Phase, share: number } | null} place where it stands, and
 *   the share of that part that is done; null: unknown
 * @property {number} seed
 * @property {string} source the name of its data
 * @property {Uint8Array} bytes the engine's checkpoint
 * @property {boolean | null} fused
 * @property {import('./sources.js').OwnNote | null} [own] the visitor's files that it learns from
 * @property {Track} [track] probes along its way; records of earlier versions of the page have none
 */

/** Whose features a probe reads. @typedef {'pretext' | 'untrained' | 'pixels' | 'supervised'} Features */
/** `at`: epochs done; `right`: test images read right with each number of labels. @typedef {{ at: number, right: number[] }} TrackPoint */
/**
 * Probes of the pretext network along its training.
 * @typedef {{ labels: number[], of: number, points: TrackPoint[] }} Track `labels`: ascending; `of`: test images
 */
/**
 * Probes of a run at its end: of each kind of features the test images read right with each number of labels.
 * @typedef {{ labels: number[], of: number, right: Partial<Record<Features, number[]>> }} RunProbes
 */

/** @typedef {import('../engine/types').Arm} Arm */
/** @typedef {{ correct: number, count: number }} Count */

/**
 * One finished run. Plain data: it is kept in the browser and exported.
 * @typedef {object} RunRow
 * @property {string} id
 * @property {number} time milliseconds since 1970
 * @property {string} data where the digits came from
 * @property {number} train images in the training set
 * @property {import('../engine/types').ExperimentSettings} settings
 * @property {Record<import('../engine/types').Run, number>} epochs
 * @property {Record<Arm, number>} stoppedEarly epoch after which early stopping ended the run; 0: it did not
 * @property {Count} rotation
 * @property {Record<Arm, { few: Count, full: Count }>} tests
 * @property {string} signature
 * @property {boolean | null} fused null: both kinds of arithmetic
 * @property {string} command the native one; empty where there is none
 * @property {RunProbes} [probes] rows of earlier versions of the page have none
 */

/**
 * What one pretext task of a comparison has come to.
 * @typedef {object} TaskRow
 * @property {string} run the id of its row in the table of runs; empty: of no run
 * @property {import('../engine/types').PretextTask | 'untrained'} task
 * @property {number} answers of the task; 0: there is none
 * @property {Count | null} pretext how its own answers were tested
 * @property {MarkedBudget[]} budgets
 */
/**
 * A probe with a number of labels; `marks`: the class that it reads of each test image.
 * @typedef {{ labels: number, right: number, of: number, accuracy: number, low: number, high: number,
 *   marks: Uint8Array }} MarkedBudget
 */
/**
 * All pretext tasks with the same settings, seed and pictures.
 * @typedef {object} Comparison
 * @property {TaskRow[]} rows
 * @property {Uint8Array} truth classes of the test images
 * @property {{ epochs: number, seed: number, pixels: 'unit' | 'notebook', tests: number, source: string }} made
 */

/** @typedef {import('../engine/types').Snapshot} Snapshot */

/** Of the record of a run. */
export const VERSION = /** @type {const} */ (2);
/** A checkpoint takes some 400 KB, and 64 bytes for each epoch; the engine's whole memory is 64 MiB. */
const MOST_BYTES = 16 * 2 ** 20;
const MOST_LETTERS = 4096;
/** The last moment that a Date can hold. */
const LAST_TIME = 8.64e15;
/** The two convolutions that all networks share. */
export const TRUNK_WEIGHTS = 640 + 18_464;
const MOST_MOMENTS = 64;
export const ARMS = /** @type {const} */ (['self_supervised', 'random', 'supervised']);
const RUNS = /** @type {const} */ (['pretext', ...ARMS]);
const PHASES = [...RUNS, 'finished', 'failed'];

/** @param {unknown} value @param {number} [most] */
const isText = (value, most = MOST_LETTERS) => typeof value === 'string' && value.length <= most;
/** @param {unknown} value @param {number} [most] */
const isCount = (value, most = 2 ** 32) => Number.isInteger(value) && Number(value) >= 0 && Number(value) <= most;
/** @param {unknown} value */
const isTime = (value) => Number.isFinite(value) && Number(value) > 0 && Number(value) <= LAST_TIME;
/** @param {unknown} value */
const isArithmetic = (value) => value === null || typeof value === 'boolean';

/** Where a run stands. @param {any} place */
const isPlace = (place) =>
  PHASES.includes(place?.phase) && Number.isFinite(place.share) && place.share >= 0 && place.share <= 1;

export const FEATURES = /** @type {const} */ (['pretext', 'untrained', 'pixels', 'supervised']);
const MOST_BUDGETS = 16;
const MOST_TRACK_POINTS = 1000;

/** @param {any} labels */
const areBudgets = (labels) =>
  Array.isArray(labels) &&
  labels.length <= MOST_BUDGETS &&
  labels.every((each, i) => isCount(each) && each > 0 && (i === 0 || each > labels[i - 1]));

/** @param {any} right @param {{ labels: number[], of: number }} among */
const areRight = (right, { labels, of }) =>
  Array.isArray(right) && right.length === labels.length && right.every((each) => isCount(each, of));

/** @param {any} track @returns {track is Track} */
export const isTrack = (track) =>
  areBudgets(track?.labels) &&
  isCount(track.of) &&
  Array.isArray(track.points) &&
  track.points.length <= MOST_TRACK_POINTS &&
  track.points.every(
    (/** @type {any} */ point, /** @type {number} */ i) =>
      Number.isFinite(point?.at) &&
      point.at >= 0 &&
      (i === 0 || point.at > track.points[i - 1].at) &&
      areRight(point.right, track),
  );

/** @param {any} probes @returns {probes is RunProbes} */
function areProbes(probes) {
  const right = Object.entries(probes?.right ?? {});
  return (
    areBudgets(probes?.labels) &&
    isCount(probes.of) &&
    right.length > 0 &&
    right.every(([features, each]) => FEATURES.some((name) => name === features) && areRight(each, probes))
  );
}

/** @param {any} record @returns {record is KeptRun} */
export const isRun = (record) =>
  record?.version === VERSION &&
  isTime(record.time) &&
  isText(record.search) &&
  (record.place === null || isPlace(record.place)) &&
  isCount(record.seed) &&
  isText(record.source) &&
  record.bytes instanceof Uint8Array &&
  record.bytes.length > 0 &&
  record.bytes.length <= MOST_BYTES &&
  isArithmetic(record.fused) &&
  (record.own == null || isOwnNote(record.own)) &&
  (record.track === undefined || isTrack(record.track));

/** Titles in the sentences that records of version 1 held. @type {Record<string, string>} */
const TITLES_1 = {
  Rotation: 'pretext',
  'Self-supervised': 'self_supervised',
  'Random features': 'random',
  Supervised: 'supervised',
};

/**
 * A record of version 1, which held a sentence, as one of the present version; anything else as it is.
 * @param {any} record
 */
export function runOfVersion1(record) {
  if (record?.version !== 1 || typeof record.text !== 'string') return record;
  const { text, ...others } = record;
  const [, title, percent, over, seed, source] =
    /^(?:([\w -]+), ([\d.]+)\s?% done|(finished|failed)) · seed (\d+) · (.*)$/s.exec(text) ?? [];
  const phase = over ?? TITLES_1[title];
  const place = phase ? { phase, share: over ? 1 : Math.min(1, Number(percent) / 100) } : null;
  const given = new URLSearchParams(String(record.search)).get('seed');
  return { ...others, version: VERSION, place, seed: Number(seed ?? given ?? 1), source: source ?? '' };
}

/**
 * The name of data as the engine has it. Earlier records held the generated digits' in English.
 * @param {string} name
 */
export const sourceOf = (name) =>
  name.replace(/^built-in generated digits, seed (\d+) \(not handwriting\)/, 'generated:1:$1');

/** When a run was kept, where its record still says so; else now. @param {any} record @returns {number} */
export const timeOf = (record) => (isTime(record?.time) ? record.time : Date.now());

/** The moments of a run, in the order of time and of one length of epochs. @param {any} value @returns {value is Snapshot[]} */
export const areMoments = (value) =>
  Array.isArray(value) &&
  value.length <= MOST_MOMENTS &&
  value.every(
    (each, i) =>
      isCount(each?.moment?.done) &&
      isCount(each.moment.steps) &&
      each.moment.steps > 0 &&
      each.moment.steps === value[0].moment.steps &&
      (i === 0 || each.moment.done > value[i - 1].moment.done) &&
      each.weights instanceof Float32Array &&
      each.weights.length === TRUNK_WEIGHTS &&
      each.weights.every(Number.isFinite),
  );

/** @param {any} test */
const isScore = (test) => isCount(test?.count) && isCount(test.correct, test.count);

/** @param {any} fit */
const isFit = (fit) => isCount(fit?.batch) && isCount(fit.epochs) && Number.isFinite(fit.learningRate);

/** The pretext task; rows of earlier versions have none. @param {any} task */
const isTask = (task) => task === undefined || TASKS.some((name) => name === task?.name);

/**
 * The pretext task of a run; records from before there was a choice have none.
 * @param {RunRow['settings'] | null} settings
 * @returns {import('../engine/types').PretextTask}
 */
export const taskOf = (settings) => settings?.task?.name ?? 'turns';

/** A row of the table of runs. @param {any} row @returns {row is RunRow} */
export const isRow = (row) =>
  isText(row?.id) &&
  isTime(row.time) &&
  isText(row.data) &&
  isCount(row.train) &&
  isCount(row.settings?.seed) &&
  (row.settings.preset === 'unit' || row.settings.preset === 'notebook') &&
  isTask(row.settings.task) &&
  isCount(row.settings.labels) &&
  isFit(row.settings.pretext) &&
  ARMS.every((arm) => isFit(row.settings.arms?.[arm])) &&
  RUNS.every((run) => isCount(row.epochs?.[run])) &&
  ARMS.every((arm) => isCount(row.stoppedEarly?.[arm])) &&
  isScore(row.rotation) &&
  ARMS.every((arm) => isScore(row.tests?.[arm]?.few) && isScore(row.tests[arm].full)) &&
  isText(row.signature, 16) &&
  isArithmetic(row.fused) &&
  isText(row.command) &&
  (row.probes === undefined || areProbes(row.probes));

const MOST_TASK_ROWS = 16;
const MOST_TESTS = 100_000;
/** @param {any} share */
const isShare = (share) => Number.isFinite(share) && share >= 0 && share <= 1;

/** @param {any} budget @param {Uint8Array} truth */
const isMarked = (budget, truth) =>
  isCount(budget?.labels) &&
  budget.of === truth.length &&
  isCount(budget.right, budget.of) &&
  [budget.accuracy, budget.low, budget.high].every(isShare) &&
  budget.marks instanceof Uint8Array &&
  budget.marks.length === truth.length;

/** @param {any} value @returns {value is Comparison} */
export const isComparison = (value) =>
  value?.truth instanceof Uint8Array &&
  value.truth.length > 0 &&
  value.truth.length <= MOST_TESTS &&
  isCount(value.made?.epochs) &&
  isCount(value.made.seed) &&
  (value.made.pixels === 'unit' || value.made.pixels === 'notebook') &&
  isCount(value.made.tests) &&
  isText(value.made.source) &&
  Array.isArray(value.rows) &&
  value.rows.length > 0 &&
  value.rows.length <= MOST_TASK_ROWS &&
  value.rows.every(
    (/** @type {any} */ row) =>
      isText(row?.run) &&
      (row.task === 'untrained' || TASKS.some((name) => name === row.task)) &&
      isCount(row.answers) &&
      (row.pretext === null || isScore(row.pretext)) &&
      Array.isArray(row.budgets) &&
      areBudgets(row.budgets.map((/** @type {any} */ budget) => budget?.labels)) &&
      row.budgets.length === value.rows[0].budgets.length &&
      row.budgets.every((/** @type {any} */ budget) => isMarked(budget, value.truth)),
  );
