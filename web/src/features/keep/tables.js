// Curves and runs as CSV (RFC 4180, with a header line) and JSON.
import { taskOf } from '../../data/records.js';
import { dataTitle } from '../../messages/data-title.js';

/** @typedef {import('../../engine/types').Epoch} Epoch */
/** @typedef {import('../../shared/runs.js').RunRow} RunRow */

/** @param {unknown} value */
function cell(value) {
  const text = value === null || value === undefined ? '' : String(value);
  return /[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}
/** @param {unknown[][]} rows */
export const csv = (rows) => rows.map((row) => `${row.map(cell).join(',')}\r\n`).join('');

/** One line for each finished epoch. @param {Epoch[]} epochs */
export const curvesCsv = (epochs) =>
  csv([
    ['run', 'epoch', 'loss', 'accuracy', 'validation_loss', 'validation_accuracy', 'seconds'],
    ...epochs.map((e) => [e.run, e.epoch, e.loss, e.accuracy, e.validationLoss, e.validationAccuracy, e.seconds]),
  ]);

const ARMS = /** @type {const} */ (['self_supervised', 'random', 'supervised']);

/** One line for each run. @param {readonly RunRow[]} rows */
export const runsCsv = (rows) =>
  csv([
    [
      ...[
        'finished',
        'data',
        'train_images',
        'seed',
        'preset',
        'labels',
        'pretext_correct',
        'pretext_count',
        'pretext_task',
      ],
      ...ARMS.flatMap((arm) => [
        `${arm}_correct`,
        `${arm}_count`,
        `${arm}_few_correct`,
        `${arm}_few_count`,
        `${arm}_epochs`,
        `${arm}_stopped_early`,
      ]),
      ...['pretext_epochs', 'signature', 'arithmetic', 'command'],
    ],
    ...rows.map((row) => [
      ...[new Date(row.time).toISOString(), dataTitle(row.data), row.train, row.settings.seed, row.settings.preset],
      ...[row.settings.labels, row.rotation.correct, row.rotation.count, taskOf(row.settings)],
      ...ARMS.flatMap((arm) => [
        ...[
          row.tests[arm].full.correct,
          row.tests[arm].full.count,
          row.tests[arm].few.correct,
          row.tests[arm].few.count,
        ],
        ...[row.epochs[arm], row.stoppedEarly[arm]],
      ]),
      ...[
        row.epochs.pretext,
        row.signature,
        row.fused === null ? 'mixed' : row.fused ? 'fused' : 'unfused',
        row.command,
      ],
    ]),
  ]);
