// Points along a training run.

/** @typedef {import('../data/records.js').TrackPoint} TrackPoint */

/** More than a chart can show; when there are more, every second one goes. */
export const MOST_POINTS = 400;

/** @param {readonly TrackPoint[]} points */
const thinned = (points) =>
  points.length <= MOST_POINTS ? [...points] : points.filter((_, i) => i % 2 === 0 || i === points.length - 1);

/**
 * With one point more. What lies behind it is of an earlier life of the run, and goes; the beginning, which is the same for
 * all, takes nothing away: a run that is begun again is at its beginning only until it is restored.
 * @param {readonly TrackPoint[]} points
 * @param {TrackPoint} point
 */
export const after = (points, point) =>
  point.at === 0
    ? [point, ...points.filter(({ at }) => at > 0)]
    : thinned([...points.filter(({ at }) => at < point.at), point]);

/** Those up to a place. @param {readonly TrackPoint[]} points @param {number} place */
export const upTo = (points, place) => points.filter(({ at }) => at <= place + 1e-9);

/** Two tracks of one run; where both have a point, the later one's. @param {readonly TrackPoint[]} earlier @param {readonly TrackPoint[]} later */
export function merged(earlier, later) {
  const places = new Map([...earlier, ...later].map((point) => [point.at, point]));
  return thinned([...places.values()].sort((a, b) => a.at - b.at));
}
