// A chart with axes in SVG: lines, points with intervals and columns of named series over a linear or logarithmic axis.
// It is drawn in the page's own pixels, so that its letters are as large as the others.
import { useLayoutEffect, useRef, useState } from 'preact/hooks';
import { plain as inDigits } from '../../messages/intl.js';
import { t } from '../../messages/messages.js';
import { Frame } from './frame.jsx';
import { SHAPES, columnsPath, intervalPath, linePath } from './paths.js';
import { SCALES } from './scale.js';
import { TICKS, withRoom } from './ticks.js';
import { nearest } from './walk.js';
import './plot.css';

/** @typedef {{ x: number, y: number | null, low?: number, high?: number }} Point `low` and `high`: ends of an interval */

/**
 * @template {Point} P
 * @typedef {object} Series
 * @property {string} label
 * @property {string} colour name of a CSS variable
 * @property {readonly P[]} points in ascending order of x
 * @property {keyof typeof SHAPES} [shape] sign of its points
 * @property {boolean} [dashed]
 * @property {boolean} [plain] a line without signs
 * @property {boolean} [columns] columns from the base instead of a line: each reaches half-way to its neighbours
 * @property {boolean} [earlier] of an earlier run: thin and grey, behind the others, with hollow signs
 * @property {boolean} [quiet] neither in the legend nor read
 */

/**
 * @typedef {object} Axis
 * @property {'linear' | 'log'} [kind]
 * @property {readonly [number, number]} domain
 * @property {readonly number[]} [ticks] else round values; those without room are left out
 * @property {(value: number) => string} [write]
 * @property {string} [title]
 */

/** Until it is measured, and on paper, whose width it follows. */
const USUAL_WIDTH = 640;
/** In the page's letters, of a chart whose height is read. */
const LEAST_HEIGHT = 11;
const LETTER = 0.8125;
/** Of the height of a letter: from tick to tick, at least. */
const TICK_ROOM = 4;
/** Of a digit, by the height of letters. */
const DIGIT_WIDTH = 0.6;
/** Of the height of a letter: from the axis to its figures, and from line to line. */
const LINE = 1.55;

/** Width of an element and the size of the page's letters, in pixels. @param {{ current: HTMLElement | null }} place */
function useSize(place) {
  const [size, setSize] = useState({ width: USUAL_WIDTH, rem: 16 });
  useLayoutEffect(() => {
    const element = place.current;
    if (!element) return undefined;
    const measure = () => {
      const { clientWidth: width } = element;
      const rem = parseFloat(getComputedStyle(document.documentElement).fontSize);
      if (width > 0) setSize((before) => (before.width === width && before.rem === rem ? before : { width, rem }));
    };
    measure();
    const watcher = new ResizeObserver(measure);
    watcher.observe(element);
    return () => watcher.disconnect();
  }, []);
  return size;
}

/**
 * @template {Point} P
 * @param {{ title: import('preact').ComponentChildren, name: string, hint: string, series: readonly Series<P>[], x: Axis,
 *   y: Axis, where: (x: number) => string, write: (point: P, series: Series<P>) => string, ratio?: number,
 *   class?: string, details?: string, single?: boolean, rest?: number,
 *   after?: import('preact').ComponentChildren }} props
 *   `name`: the beginning of its accessible name, `hint`: what keys do, its end; `where`: a place in words; `write`: a
 *   value in words; `ratio`: height by width; `details`: id of the table of these figures; `single`: it is about one
 *   series only, which needs no legend: its value stands beside the title while one is read; `rest`: the x whose values
 *   stand in the legend while none is pointed at, else the last
 */
export function Plot({
  title,
  name,
  hint,
  series,
  x,
  y,
  where,
  write,
  ratio = 0.47,
  class: className = '',
  details,
  single = false,
  rest,
  after,
}) {
  const [place, setPlace] = useState(/** @type {number | null} */ (null));
  const room = useRef(/** @type {HTMLDivElement | null} */ (null));
  const { width, rem } = useSize(room);
  const letter = LETTER * rem;

  const writeX = x.write ?? inDigits;
  const writeY = y.write ?? inDigits;
  const high = Math.max(ratio * width, LEAST_HEIGHT * rem);
  const yTicks = y.ticks ?? TICKS[y.kind ?? 'linear'](y.domain, Math.min(5, Math.round(high / (TICK_ROOM * letter))));
  const height = Math.round(yTicks.length > 0 ? high : ratio * width);
  const widthOf = (/** @type {string} */ text) => text.length * DIGIT_WIDTH * letter;
  const left = yTicks.length > 0 ? Math.max(...yTicks.map((tick) => widthOf(writeY(tick)))) + letter : letter / 2;
  const top = letter;
  const bottom = height - letter * LINE * (x.title ? 2 : 1) - letter / 4;
  // The last figure of the axis stands under its place, half of it to the right.
  const right = Math.max(letter, widthOf(writeX(x.domain[1])) / 2 + letter / 4);
  const across = SCALES[x.kind ?? 'linear'](x.domain, [left + letter / 2, width - right]);
  const up = SCALES[y.kind ?? 'linear'](y.domain, [bottom, top]);
  const xTicks = withRoom(
    x.ticks ?? TICKS[x.kind ?? 'linear'](x.domain),
    across.at,
    (tick) => widthOf(writeX(tick)) + letter,
  );

  const read = series.filter(({ quiet }) => !quiet);
  const places = [...new Set(read.flatMap(({ points }) => points.map((point) => point.x)))].sort((a, b) => a - b);
  const atRest = rest !== undefined && places.includes(rest) ? places.indexOf(rest) : places.length - 1;
  const shown = places[Math.min(place ?? atRest, places.length - 1)];
  const at = (/** @type {Series<P>} */ entry) => entry.points.find((point) => point.x === shown);
  const said = (/** @type {Series<P>} */ entry, point = at(entry)) =>
    point && point.y !== null ? write(point, entry) : '–';
  const sentence = (/** @type {number} */ i) => {
    const words = t.value.components.chart;
    const values = read.map((entry) => {
      const point = entry.points.find((each) => each.x === places[i]);
      return words.value({ label: entry.label, value: point && point.y !== null ? write(point, entry) : '–' });
    });
    return words.read({ place: where(places[i]), values });
  };
  const present = Math.min(place ?? atRest, places.length - 1);
  /** @param {PointerEvent} event */
  const point = (event) => {
    const box = /** @type {HTMLElement} */ (room.current).getBoundingClientRect();
    const pixel = ((event.clientX - box.left) / box.width) * width;
    setPlace(nearest(places.map(across.at), pixel));
  };
  return (
    <Frame
      title={title}
      where={places.length === 0 ? '' : !single ? where(shown) : place === null ? '' : sentence(present)}
      name={name}
      latest={places.length > 0 ? sentence(present) : ''}
      hint={hint}
      count={places.length}
      place={place}
      onPlace={setPlace}
      read={sentence}
      class={`plot ${className}`}
      details={details}
      legend={
        single
          ? []
          : read.map((entry) => ({
              label: entry.label,
              colour: entry.earlier ? '--edge' : entry.colour,
              dashed: entry.dashed,
              sign: entry.shape && <Sign shape={entry.shape} />,
              value: said(entry),
            }))
      }
      curves={() =>
        read.map(({ label, points }) => ({
          label,
          values: places.map((each) => points.find((one) => one.x === each)?.y ?? null),
        }))
      }
      picture={
        <div
          ref={room}
          class="plot-picture"
          onPointerMove={point}
          onPointerDown={point}
          onPointerLeave={() => setPlace(null)}
        >
          <svg viewBox={`0 0 ${width} ${height}`} aria-hidden="true">
            {yTicks.map((tick) => (
              <g key={tick}>
                <line class="plot-grid" x1={left} x2={width} y1={up.at(tick)} y2={up.at(tick)} />
                <text x={left - letter / 2} y={up.at(tick) + letter / 3} text-anchor="end">
                  {writeY(tick)}
                </text>
              </g>
            ))}
            <line class="plot-base" x1={left} x2={width} y1={bottom} y2={bottom} />
            {xTicks.map((tick) => (
              <text key={tick} x={across.at(tick)} y={bottom + letter * 1.3} text-anchor="middle">
                {writeX(tick)}
              </text>
            ))}
            {x.title && (
              <text x={(left + width) / 2} y={height - letter / 3} text-anchor="middle">
                {x.title}
              </text>
            )}
            {places.length > 0 && (place !== null || !single) && (
              <line class="plot-place" x1={across.at(shown)} x2={across.at(shown)} y1={top} y2={bottom} />
            )}
            {[...series]
              .sort((a, b) => Number(b.earlier ?? false) - Number(a.earlier ?? false))
              .map((entry) => (
                <Marks key={entry.label} entry={entry} across={across} up={up} base={bottom} />
              ))}
          </svg>
        </div>
      }
      after={after}
    />
  );
}

/** @param {{ shape: keyof typeof SHAPES }} props */
function Sign({ shape }) {
  return (
    <svg class="plot-sign" viewBox="-7 -7 14 14" aria-hidden="true">
      <path d={SHAPES[shape]} />
    </svg>
  );
}

/** @param {{ entry: Series<Point>, across: import('./scale.js').Scale, up: import('./scale.js').Scale, base: number }} props */
function Marks({ entry, across, up, base }) {
  const { points, colour, shape = 'disc', dashed, plain: bare, earlier } = entry;
  const kind = ['plot-series', dashed ? 'dashed' : '', earlier ? 'earlier' : ''].filter(Boolean).join(' ');
  if (entry.columns) {
    const half = points.length > 1 ? Math.abs(across.at(points[1].x) - across.at(points[0].x)) / 2 : 10;
    const columns = points.map(({ x, y }) => ({
      from: across.at(x) - 0.9 * half,
      to: across.at(x) + 0.9 * half,
      y: up.at(y ?? 0),
    }));
    return (
      <g class={kind} style={{ '--series': `var(${colour})` }}>
        <path class="plot-columns" d={columnsPath(columns, base)} />
      </g>
    );
  }
  const spots = points.map(({ x, y }) => (y === null ? null : /** @type {const} */ ([across.at(x), up.at(y)])));
  return (
    <g class={kind} style={{ '--series': `var(${colour})` }}>
      <path class="plot-line" d={linePath(spots)} />
      {points.map(({ x, low, high }) =>
        low === undefined || high === undefined ? null : (
          <path key={x} class="plot-interval" d={intervalPath(across.at(x), up.at(low), up.at(high))} />
        ),
      )}
      {(!bare || spots.length === 1) &&
        spots.map((spot, i) =>
          spot ? (
            <path
              key={points[i].x}
              class="plot-point"
              d={SHAPES[shape]}
              transform={`translate(${spot[0]} ${spot[1]})`}
            />
          ) : null,
        )}
    </g>
  );
}
