// Histories of runs as the columns that uPlot wants: one x for all, null where a run has nothing.

/** @typedef {import('../engine/types').Epoch} Epoch */
/** @typedef {{ epoch: number, loss: number, accuracy: number }} Point */

/**
 * Exponential moving average, without the bias that starting from nothing would give:
 * a_t = w a_{t-1} + (1 - w) x_t, shown as a_t / (1 - w^t).
 * @param {readonly (number | null)[]} values
 * @param {number} weight 0: nothing is smoothed
 * @returns {(number | null)[]} null where the value is null or not finite
 */
export function smooth(values, weight) {
  let average = 0;
  let rest = 1;
  return values.map((value) => {
    if (value === null || !Number.isFinite(value)) return null;
    average = weight * average + (1 - weight) * value;
    rest *= weight;
    return average / (1 - rest);
  });
}

/**
 * Columns: x, then for each run its epochs, (where `validated`) its validation figures, and the running means inside
 * the present epoch. Where the epochs are smoothed, the last of these holds them as they are.
 * @param {{ epochs: readonly Epoch[], trace: readonly Point[] }[]} runs
 * @param {'loss' | 'accuracy'} figure
 * @param {boolean} validated
 * @param {number} [smoothing] weight of the past, 0..1
 * @returns {[number[], ...(number | null)[][]]}
 */
export function curveData(runs, figure, validated, smoothing = 0) {
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
    const before = smoothing > 0 ? epochs : trace.length > 0 && last ? [last] : [];
    /** @param {(number | null)[]} values one an epoch */
    const smoothed = (values) => column(smooth(values, smoothing).map((value, i) => [epochs[i].epoch, value]));
    return [
      smoothed(epochs.map((epoch) => epoch[figure])),
      ...(validated ? [smoothed(epochs.map((epoch) => epoch[validation]))] : []),
      column([...before, ...trace].map((point) => [point.epoch, point[figure]])),
    ];
  });
  return [xs, ...columns];
}
