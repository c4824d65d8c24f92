// The result of a run as one line of text, to be pasted into a message, and many such lines as a table. Pure.
//
//   quarterturn/1 seed=3 task=turns ... signature=0257ae544a256d95 check=9ae0daaf
//
// Fields are name=value, in any order, values without blanks (percent-encoded). `check` is the CRC-32 of all before it, so
// that a line which was cut or mistyped is refused; it is no proof against a line that somebody makes up. That is what the
// signature is for: the same settings give it again. What stands before the line is the name of who sent it.
import { ARMS, FEATURES, taskOf } from '../../data/records.js';
import { summary } from '../../shared/lead.js';
import { rounded } from '../../shared/rate.js';
import { TASKS } from '../../state/pretext-tasks.js';

/** @typedef {import('../../data/records.js').RunRow} RunRow */
/** @typedef {import('../../data/records.js').RunProbes} RunProbes */
/** @typedef {import('../../data/records.js').Features} Features */
/** @typedef {import('../../engine/types').Arm} Arm */
/** @typedef {{ correct: number, count: number }} Count */

/** Of the format. Other fields are another version. */
export const LINE_VERSION = 1;
const MARK = 'quarterturn/';

/**
 * @typedef {object} Result
 * @property {number} seed
 * @property {(typeof TASKS)[number]} task
 * @property {'unit' | 'notebook'} preset
 * @property {number} labels
 * @property {{ epochs: number, batch: number, rate: number, shuffle: boolean }} pretext as wanted
 * @property {{ epochs: number, rate: number }} arm as wanted
 * @property {boolean} rateChanged a learning rate was changed on the way
 * @property {string} data name of the data
 * @property {number} train training images
 * @property {string} hash of the images, 16 hexadecimal digits
 * @property {'fused' | 'unfused' | 'mixed'} arithmetic
 * @property {Count} question the pretext task on images never seen
 * @property {Record<Arm, { few: Count, full: Count, epochs: number }>} arms
 * @property {RunProbes | null} probes
 * @property {string} signature
 */

/** CRC-32 as in zip files, of the text's UTF-8 bytes. @param {string} text @returns {string} 8 hexadecimal digits */
export function checksum(text) {
  let crc = ~0;
  for (const byte of new TextEncoder().encode(text)) {
    crc ^= byte;
    for (let bit = 0; bit < 8; bit++) crc = (crc >>> 1) ^ (crc & 1 ? 0xedb88320 : 0);
  }
  return (~crc >>> 0).toString(16).padStart(8, '0');
}

/**
 * What a line has of a finished run.
 * @param {RunRow} row
 * @param {string} hash of its images
 * @returns {Result}
 */
export function resultOf(row, hash) {
  const { settings, tests, epochs } = row;
  const arm = settings.arms.self_supervised;
  return {
    seed: Number(settings.seed),
    task: taskOf(settings),
    preset: settings.preset,
    labels: settings.labels,
    pretext: {
      epochs: settings.pretext.epochs,
      batch: settings.pretext.batch,
      rate: rounded(settings.pretext.learningRate),
      shuffle: settings.pretext.shuffle === true,
    },
    arm: { epochs: arm.epochs, rate: rounded(arm.learningRate) },
    rateChanged: settings.rateChangedMidway === true,
    data: row.data.replace(/\p{Surrogate}/gu, '\ufffd'), // which no address can hold
    train: row.train,
    hash,
    arithmetic: row.fused === null ? 'mixed' : row.fused ? 'fused' : 'unfused',
    question: row.rotation,
    arms: /** @type {Result['arms']} */ (
      Object.fromEntries(ARMS.map((name) => [name, { ...tests[name], epochs: epochs[name] }]))
    ),
    probes: row.probes ?? null,
    signature: row.signature,
  };
}

/** @param {Count} count */
const ratio = ({ correct, count }) => `${correct}/${count}`;

/** @param {Result} result @returns {string} one line */
export function resultLine(result) {
  const { pretext, arm, arms, probes } = result;
  /** @type {Record<string, string | number>} */
  const fields = {
    seed: result.seed,
    task: result.task,
    pixels: result.preset,
    labels: result.labels,
    epochs: pretext.epochs,
    batch: pretext.batch,
    rate: pretext.rate,
    shuffle: Number(pretext.shuffle),
    arm_epochs: arm.epochs,
    arm_rate: arm.rate,
    rate_changed: Number(result.rateChanged),
    data: encodeURIComponent(result.data),
    train: result.train,
    hash: result.hash,
    arithmetic: result.arithmetic,
    question: ratio(result.question),
    ...Object.fromEntries(
      ARMS.map((name) => [name, [ratio(arms[name].few), ratio(arms[name].full), arms[name].epochs].join()]),
    ),
    ...(probes
      ? {
          probe_labels: probes.labels.join(),
          probe_of: probes.of,
          ...Object.fromEntries(
            FEATURES.flatMap((name) => (probes.right[name] ? [[`probe_${name}`, probes.right[name].join()]] : [])),
          ),
        }
      : {}),
    signature: result.signature,
  };
  const parts = Object.entries(fields).map(([name, value]) => `${name}=${value}`);
  const text = `${MARK}${LINE_VERSION} ${parts.join(' ')}`;
  return `${text} check=${checksum(text)}`;
}

/**
 * Why there is no result: a key of the messages' room `results.faults` with its parameters.
 * @typedef {{ code: 'noLine' } | { code: 'otherVersion', version: string } | { code: 'cut' } | { code: 'damaged' } |
 *   { code: 'field', name: string } | { code: 'twice', first: number }} LineFault
 */

class Unreadable extends Error {}

/** @param {Map<string, string>} fields */
function reader(fields) {
  const text = (/** @type {string} */ name, pattern = /./) => {
    const value = fields.get(name);
    if (value === undefined || !pattern.test(value)) throw new Unreadable(name);
    return value;
  };
  /** @param {string} name @param {number} [most] */
  const whole = (name, most = 2 ** 32) => {
    const value = Number(text(name, /^\d+$/));
    if (value > most) throw new Unreadable(name);
    return value;
  };
  /** @template {string} T @param {string} name @param {readonly T[]} words @returns {T} */
  const word = (name, words) => {
    const found = words.find((each) => each === fields.get(name));
    if (found === undefined) throw new Unreadable(name);
    return found;
  };
  const rate = (/** @type {string} */ name) => {
    const value = Number(text(name));
    if (!(value > 0 && Number.isFinite(value))) throw new Unreadable(name);
    return value;
  };
  const flag = (/** @type {string} */ name) => whole(name, 1) === 1;
  /** @param {string} name @param {string} value @returns {Count} */
  const count = (name, value) => {
    const found = /^(\d+)\/(\d+)$/.exec(value);
    const [correct, all] = [Number(found?.[1]), Number(found?.[2])];
    if (!found || correct > all || all === 0) throw new Unreadable(name);
    return { correct, count: all };
  };
  /** @param {string} name */
  const list = (name) =>
    text(name, /^\d+(,\d+)*$/)
      .split(',')
      .map(Number);
  return { text, whole, word, rate, flag, count, list };
}

/** @param {Map<string, string>} fields @returns {Result} */
function read(fields) {
  const { text, whole, word, rate, flag, count, list } = reader(fields);
  const arms = Object.fromEntries(
    ARMS.map((name) => {
      const [few = '', full = '', epochs = ''] = text(name, /^[^,]+,[^,]+,\d+$/).split(',');
      return [name, { few: count(name, few), full: count(name, full), epochs: Number(epochs) }];
    }),
  );
  return {
    seed: whole('seed'),
    task: word('task', TASKS),
    preset: word('pixels', ['unit', 'notebook']),
    labels: whole('labels'),
    pretext: { epochs: whole('epochs'), batch: whole('batch'), rate: rate('rate'), shuffle: flag('shuffle') },
    arm: { epochs: whole('arm_epochs'), rate: rate('arm_rate') },
    rateChanged: flag('rate_changed'),
    data: decoded(text('data')),
    train: whole('train'),
    hash: text('hash', /^[0-9a-f]{16}$/),
    arithmetic: word('arithmetic', ['fused', 'unfused', 'mixed']),
    question: count('question', text('question')),
    arms: /** @type {Result['arms']} */ (arms),
    probes: fields.has('probe_labels') ? readProbes(list, whole, fields) : null,
    signature: text('signature', /^[0-9a-f]{16}$/),
  };
}

/** @param {string} text */
function decoded(text) {
  try {
    return decodeURIComponent(text);
  } catch {
    throw new Unreadable('data');
  }
}

/**
 * @param {(name: string) => number[]} list
 * @param {(name: string) => number} whole
 * @param {Map<string, string>} fields
 * @returns {RunProbes}
 */
function readProbes(list, whole, fields) {
  const [labels, of] = [list('probe_labels'), whole('probe_of')];
  const right = FEATURES.flatMap((name) => {
    if (!fields.has(`probe_${name}`)) return [];
    const values = list(`probe_${name}`);
    if (values.length !== labels.length || values.some((value) => value > of)) throw new Unreadable(`probe_${name}`);
    return [[name, values]];
  });
  return { labels, of, right: Object.fromEntries(right) };
}

/** One line, its blanks as they were written. @param {string} text @returns {{ result: Result } | { fault: LineFault }} */
export function readResultLine(text) {
  const version = /^quarterturn\/(\S+)/.exec(text)?.[1] ?? '';
  if (version !== String(LINE_VERSION)) return { fault: { code: 'otherVersion', version } };
  const whole = /^(.*) check=([0-9a-f]{8})$/.exec(text);
  if (!whole) return { fault: { code: 'cut' } };
  if (checksum(whole[1]) !== whole[2]) return { fault: { code: 'damaged' } };
  const fields = whole[1].split(' ').slice(1);
  try {
    return { result: read(new Map(fields.map((field) => /** @type {[string, string]} */ (halves(field))))) };
  } catch (error) {
    if (error instanceof Unreadable) return { fault: { code: 'field', name: error.message } };
    throw error;
  }
}

/** @param {string} field */
function halves(field) {
  const at = field.indexOf('=');
  return at < 0 ? [field, ''] : [field.slice(0, at), field.slice(at + 1)];
}

/** @typedef {{ line: number, who: string, result: Result }} Collected `line`: counted from 1 */
/** @typedef {{ line: number, who: string, fault: LineFault }} Refused */

/**
 * Reads what was pasted: messages of many, one result each. A mail program may have broken a line, or put marks of a
 * quotation before it.
 * @param {string} text
 * @returns {{ rows: Collected[], refused: Refused[] }} in the order of the lines
 */
export function collect(text) {
  /** @type {Collected[]} */
  const rows = [];
  /** @type {Refused[]} */
  const refused = [];
  /** Lines by their text. @type {Map<string, number>} */
  const seen = new Map();
  const lines = text.split(/\r\n|\r|\n/).map((line) => line.replace(/^[>\s]+/, '').replace(/\s+$/, ''));
  for (let i = 0; i < lines.length; i++) {
    const line = i + 1;
    const at = lines[i].indexOf(MARK);
    if (at < 0) {
      if (lines[i] !== '') refused.push({ line, who: '', fault: { code: 'noLine' } });
      continue;
    }
    const who = lines[i].slice(0, at).replace(/[\s:;,|\-–—]+$/, '');
    let whole = lines[i].slice(at);
    // Broken in several: all up to its end, as far as no other one begins.
    const isWhole = () => / check=[0-9a-f]{8}\b/.test(whole);
    let last = i;
    while (!isWhole() && last + 1 < lines.length && lines[last + 1] !== '' && !lines[last + 1].includes(MARK)) {
      last++;
      whole = `${whole} ${lines[last]}`;
    }
    if (isWhole()) i = last;
    else whole = lines[i].slice(at);
    const clean = whole.replace(/\s+/g, ' ').replace(/( check=[0-9a-f]{8})\b.*$/, '$1');
    const found = readResultLine(clean);
    const first = seen.get(clean);
    if ('fault' in found) refused.push({ line, who, fault: found.fault });
    else if (first !== undefined) refused.push({ line, who, fault: { code: 'twice', first } });
    else {
      seen.set(clean, line);
      rows.push({ line, who, result: found.result });
    }
  }
  return { rows, refused };
}

/** Everything that was set but the seed, and the images. @param {Result} result */
const conditions = ({ task, preset, labels, pretext, arm, rateChanged, hash }) =>
  JSON.stringify([task, preset, labels, pretext, arm, rateChanged, hash]);

/** Whether the runs differ in nothing but their seeds, so that a mean says something. @param {readonly Collected[]} rows */
export const isOneExperiment = (rows) => new Set(rows.map(({ result }) => conditions(result))).size === 1;

/**
 * Lines that say another result than an earlier one of the same settings, seed, images and arithmetic: one of the two is
 * not what the program gives.
 * @param {readonly Collected[]} rows
 * @returns {{ line: number, who: string, first: number }[]}
 */
export function contradictions(rows) {
  /** @type {Map<string, Collected>} */
  const known = new Map();
  return rows.flatMap((row) => {
    const { result, line, who } = row;
    if (result.arithmetic === 'mixed' || result.rateChanged) return [];
    const key = `${conditions(result)} ${result.seed} ${result.arithmetic}`;
    const before = known.get(key);
    if (!before) known.set(key, row);
    return before && before.result.signature !== result.signature ? [{ line, who, first: before.line }] : [];
  });
}

/** @param {Count} count */
const share = ({ correct, count }) => correct / count;

/**
 * The share that a probe of these features has correct with this number of labels; null: it is not in the line.
 * @param {Result} result @param {Features} features @param {number} labels
 */
export function probed({ probes }, features, labels) {
  const place = probes?.labels.indexOf(labels) ?? -1;
  const right = probes?.right[features]?.[place];
  return probes && right !== undefined ? right / probes.of : null;
}

/** Few labels: where a probe shows most. */
export const PROBE_LABELS = 100;

/** The figures that the table shows, as shares. @type {Record<string, (result: Result) => number | null>} */
export const FIGURES = {
  question: ({ question }) => share(question),
  self_supervised: ({ arms }) => share(arms.self_supervised.full),
  random: ({ arms }) => share(arms.random.full),
  supervised: ({ arms }) => share(arms.supervised.full),
  taught: (result) => probed(result, 'pretext', PROBE_LABELS),
  untrained: (result) => probed(result, 'untrained', PROBE_LABELS),
};

/**
 * Mean and standard deviation (of a sample: divided by n - 1) of a figure; null: no line has it.
 * @param {readonly Collected[]} rows
 * @param {(result: Result) => number | null} figure
 * @returns {{ mean: number, deviation: number | null } | null} no deviation of a single one
 */
export function spread(rows, figure) {
  const values = rows.map(({ result }) => figure(result)).filter((value) => value !== null);
  if (values.length === 0) return null;
  const { mean, deviation } = summary(values);
  return { mean, deviation };
}

/** Cells of a CSV file: a header, then a line for each result. @param {readonly Collected[]} rows @returns {unknown[][]} */
export function resultTable(rows) {
  const labels = [...new Set(rows.flatMap(({ result }) => result.probes?.labels ?? []))].sort((a, b) => a - b);
  const probes = FEATURES.flatMap((features) => labels.map((count) => ({ features, count })));
  return [
    [
      ...['from', 'line', 'seed', 'pretext_task', 'preset', 'labels', 'pretext_epochs', 'pretext_batch'],
      ...['pretext_learning_rate', 'pretext_shuffle', 'arm_epochs', 'arm_learning_rate', 'learning_rate_changed'],
      ...['data', 'train_images', 'data_hash', 'arithmetic', 'pretext_correct', 'pretext_count'],
      ...ARMS.flatMap((arm) =>
        ['few_correct', 'few_count', 'correct', 'count', 'epochs'].map((name) => `${arm}_${name}`),
      ),
      ...probes.map(({ features, count }) => `probe_${features}_${count}_accuracy`),
      'signature',
    ],
    ...rows.map(({ who, line, result }) => [
      ...[safe(who), line, result.seed, result.task, result.preset, result.labels],
      ...[result.pretext.epochs, result.pretext.batch, result.pretext.rate, Number(result.pretext.shuffle)],
      ...[result.arm.epochs, result.arm.rate, Number(result.rateChanged)],
      ...[safe(result.data), result.train, result.hash, result.arithmetic],
      ...[result.question.correct, result.question.count],
      ...ARMS.flatMap((arm) => {
        const { few, full, epochs } = result.arms[arm];
        return [few.correct, few.count, full.correct, full.count, epochs];
      }),
      ...probes.map(({ features, count }) => probed(result, features, count)),
      result.signature,
    ]),
  ];
}

/** A text that spreadsheets would take for a formula gets a mark before it. @param {string} text */
const safe = (text) => (/^[=+\-@\t\r]/.test(text) ? `'${text}` : text);
