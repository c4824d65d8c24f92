// A small picture that stretches with its room: marks without axes, drawn in units of its own.
import { areaPath, linePath } from './paths.js';
import { linear } from './scale.js';
import './spark.css';

const [WIDTH, HEIGHT] = [100, 40];

/** @typedef {{ across: import('./scale.js').Scale, up: import('./scale.js').Scale }} Scales */

/** The scales of a picture. @param {readonly [number, number]} x domain @param {readonly [number, number]} y domain @returns {Scales} */
export const sparkScales = (x, y) => ({ across: linear(x, [0, WIDTH]), up: linear(y, [HEIGHT, 0]) });

/** @param {{ children: import('preact').ComponentChildren }} props `children`: the marks below */
export const Spark = ({ children }) => (
  <svg class="spark" viewBox={`0 0 ${WIDTH} ${HEIGHT}`} preserveAspectRatio="none" aria-hidden="true">
    {children}
  </svg>
);

/** @typedef {{ scales: Scales, points: readonly (readonly [number, number])[] }} MarkProps `points`: x and y in values */

/** @param {Scales} scales @param {MarkProps['points']} points */
const spots = ({ across, up }, points) => points.map(([x, y]) => /** @type {const} */ ([across.at(x), up.at(y)]));

/** @param {MarkProps} props */
export const SparkLine = ({ scales, points }) => (
  <path class="spark-line" d={points.length > 1 ? linePath(spots(scales, points)) : ''} />
);

/** @param {MarkProps} props */
export const SparkArea = ({ scales, points }) => (
  <path class="spark-area" d={areaPath(spots(scales, points), HEIGHT)} />
);

/**
 * A straight line over the whole picture.
 * @param {{ scales: Scales, x?: number, y?: number, kind?: 'base' | 'level' | 'home' | 'now' }} props at one of both;
 *   `level`: dotted, `home`: dashed, `now`: strong
 */
export function SparkRule({ scales: { across, up }, x, y, kind = 'base' }) {
  const [left, right] = x === undefined ? [0, WIDTH] : [across.at(x), across.at(x)];
  const [top, bottom] = y === undefined ? [0, HEIGHT] : [up.at(y), up.at(y)];
  return <line class={`spark-rule ${kind}`} x1={left} x2={right} y1={top} y2={bottom} />;
}
