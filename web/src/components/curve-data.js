// Histories of runs as the columns that uPlot wants: one x for all, null where a run has nothing.

/** @typedef {import('../engine/types').Epoch} Epoch */
/** @typedef {{ epoch: number, loss: number, accuracy: number }} Point */

/**
 * Columns: x, then for each run its epochs, (where `validated`) its validation figures, and the running means inside
 * the present epoch.
 * @param {{ epochs: readonly Epoch[], trace: readonly Point[] }[]} runs
 * @param {'loss' | 'accuracy'} figure
 * @param {boolean} validated
 * @returns {[number[], ...(number | null)[][]]}
 */
export function curveData(runs, figure, validated) {
  const validation = figure === 'loss' ? 'validationLoss' : 'validationAccuracy';
  const xs = [...new Set(runs.flatMap(({ epochs, trace }) => [...epochs, ...trace].map(({ epoch }) => epoch)))].sort(
    (a, b) => a - b,
  );
  const place = new Map(xs.map((x, i) => [x, i]));
  /** @param {Iterable<readonly [number, number | null]>} points */
  const column = (points) => {
    const values = /** @type {(number | null)[]} */ (new Array(xs.length).fill(null));
    for (const [x, y] of points) values[/** @type {number} */ (place.get(x))] = y;
    return values;
  };
  const columns = runs.flatMap(({ epochs, trace }) => {
    const last = epochs.at(-1);
    // The running mean starts where the last epoch ended, so that the line does not break.
    const inside = trace.length > 0 && last ? [last, ...trace] : trace;
    return [
      column(epochs.map((epoch) => [epoch.epoch, epoch[figure]])),
      ...(validated ? [column(epochs.map((epoch) => [epoch.epoch, epoch[validation]]))] : []),
      column(inside.map((point) => [point.epoch, point[figure]])),
    ];
  });
  return [xs, ...columns];
}
