// uPlot in Preact: lines over epochs with axes, values under the pointer, a logarithmic scale, colours of the theme.
import { signal } from '@preact/signals';
import { useEffect, useRef, useState } from 'preact/hooks';
import { t } from '../messages/messages.js';
import { FoldedTable } from './folded-table.jsx';
import { Frame } from './plot/frame.jsx';
import { whenIdle } from '../state/idle.js';
import { printing } from '../state/printing.js';
import { shownTheme } from '../state/settings.js';
import './chart.css';

/** @import uPlot from 'uplot' */

/** Colours tell no series apart where the system has few. */
const systemColours = matchMedia('(forced-colors: active)');

/** CSS pixels of a chart on paper, whose style scales it to the sheet. */
const PAPER = { width: 680, height: 240 };

/** Fetched when the page is at rest, which can train and answer without it. */
const library = signal(/** @type {{ Plot: typeof uPlot, more: typeof import('./chart-more.jsx') } | null} */ (null));
const libraryFailed = signal(false);
whenIdle(() =>
  Promise.all([import('uplot'), import('./chart-more.jsx'), import('uplot/dist/uPlot.min.css')]).then(
    ([module, more]) => (library.value = { Plot: module.default, more }),
    () => (libraryFailed.value = true),
  ),
);

/**
 * @typedef {object} Series
 * @property {string} label
 * @property {string} colour name of a CSS variable
 * @property {boolean} [dashed]
 * @property {boolean} [faint] thin and pale: the running mean inside an epoch
 * @property {boolean} [quiet] not named in the legend
 * @property {number} [mark] x of a point to be ringed
 */

/**
 * @param {{ title: string, xTitle: string, series: Series[], data: uPlot.AlignedData, log?: boolean, xMax?: number,
 *   write: (value: number) => string, writeTick?: (value: number) => string, range?: (low: number, high: number) => [number, number],
 *   level?: { at: number, text: string }, sync: string, place?: (x: number) => string }} props
 *   `write`: a value in words; `place`: an x in words; `level`: a horizontal line with its name; `sync`: charts of one name share the pointer
 */
export function Chart({
  title,
  xTitle,
  series,
  data,
  log = false,
  xMax = 1,
  write,
  writeTick = write,
  range,
  level,
  sync,
  place = (x) => t.value.components.chart.at({ x: xTitle, value: Number(x.toFixed(2)) }),
}) {
  const holder = useRef(/** @type {HTMLDivElement | null} */ (null));
  const plot = useRef(/** @type {uPlot | null} */ (null));
  const [pointer, setPointer] = useState(/** @type {number | null} */ (null));
  const theme = shownTheme.value;
  const paper = printing.value;
  const { Plot, more } = library.value ?? {};
  const marks = series.map(({ mark }) => mark);
  const numbered = systemColours.matches && series.filter(({ quiet }) => !quiet).length > 1;
  const newest = useRef({ data, xMax, marks });
  newest.current = { data, xMax, marks };

  useEffect(() => {
    const element = holder.current;
    if (!element || !Plot) return;
    const style = getComputedStyle(element);
    const css = (/** @type {string} */ name) => style.getPropertyValue(name).trim();
    // A canvas does not grow with the letters of the page, as on a projector.
    const rem = parseFloat(getComputedStyle(document.documentElement).fontSize);
    const font = `${0.75 * rem}px ${style.fontFamily}`;
    /** @type {uPlot.Axis} */
    const axis = {
      stroke: css('--ink-soft'),
      font,
      grid: { stroke: css('--line'), width: 1 },
      ticks: { show: false },
    };
    const made = new Plot(
      {
        width: paper ? PAPER.width : element.clientWidth,
        height: paper ? PAPER.height : element.clientHeight,
        legend: { show: false },
        cursor: { sync: { key: sync }, y: false, points: { size: 7 }, drag: { x: false, y: false } },
        scales: {
          x: { time: false, range: () => [0, newest.current.xMax] },
          y: log
            ? { distr: 3, log: 10 }
            : { range: (_, low, high) => (range ? range(low ?? 0, high ?? 1) : [0, high > 0 ? high * 1.05 : 1]) },
        },
        axes: [
          { ...axis, size: 1.875 * rem, gap: 6, incrs: [1, 2, 5, 10, 20, 50, 100], space: 2.25 * rem },
          {
            ...axis,
            size: 3.25 * rem,
            gap: 6,
            space: 2.25 * rem,
            values: (_, ticks) => ticks.map((tick) => (tick === null ? '' : writeTick(tick))),
          },
        ],
        series: [
          {},
          ...series.map(({ label, colour, dashed, faint }) => ({
            label,
            stroke: css(colour),
            width: faint ? 1 : rem / 8,
            alpha: faint ? 0.7 : 1,
            dash: dashed ? [5, 4] : undefined,
            spanGaps: true,
            // Left to uPlot: where they have room, and so a single epoch is seen.
            points: faint || dashed ? { show: false } : { size: rem / 3 },
          })),
        ],
        hooks: {
          setCursor: [(u) => setPointer(u.cursor.idx ?? null)],
          draw: [
            (u) => more?.drawLevel(u, level, css('--ink-soft'), 0.6875 * rem, style.fontFamily),
            (u) => more?.drawMarks(u, newest.current.marks, css('--ink')),
            (u) => numbered && more?.drawNumbers(u, series, { ink: css('--ink'), card: css('--card'), font }),
          ],
        },
      },
      newest.current.data,
      element,
    );
    plot.current = made;
    const watcher = new ResizeObserver(() =>
      made.setSize({ width: element.clientWidth, height: element.clientHeight }),
    );
    if (!paper) watcher.observe(element);
    return () => {
      watcher.disconnect();
      made.destroy();
      plot.current = null;
    };
  }, [Plot, theme, paper, log, sync, series.map(({ label }) => label).join()]);

  useEffect(() => plot.current?.setData(data), [data, xMax, marks.join()]);

  const shown = pointer !== null && pointer < data[0].length ? pointer : null;
  const named = series.map((entry, i) => ({ entry, column: data[i + 1] })).filter(({ entry }) => !entry.quiet);
  /** @param {typeof named[number]} one @param {number | null} at */
  const said = ({ column }, at) => {
    const value = valueAt(column, at);
    return value === null ? null : write(value);
  };
  const words = t.value.components.chart;
  /** All named series at a place, or at their last values. @param {number | null} at */
  const all = (at) =>
    named.map((one) => {
      const [{ label }, value] = [one.entry, said(one, at)];
      return value === null ? words.noValue({ label }) : words.value({ label, value });
    });
  /** @param {number | null} next */
  const go = (next) =>
    plot.current?.setCursor(
      next === null ? { left: -10, top: -10 } : { left: plot.current.valToPos(data[0][next], 'x'), top: 10 },
    );
  return (
    <Frame
      title={title}
      where={shown === null ? words.latest : place(data[0][shown])}
      name={words.over({ title, x: xTitle })}
      latest={words.values({ values: all(null) })}
      hint={words.hint}
      count={data[0].length}
      place={shown}
      onPlace={go}
      read={(at) => words.read({ place: place(data[0][at]), values: all(at) })}
      curves={() => more?.audible(named, data[0].length, log) ?? []}
      plotClass="curve-plot"
      plotRef={holder}
      legend={named.map((one, i) => ({
        ...one.entry,
        sign: numbered ? <span class="chart-number">{i + 1}</span> : undefined,
        value: said(one, shown) ?? '–',
      }))}
      before={data[0].length === 0 && <p class="note chart-empty">{words.empty}</p>}
      after={
        <>
          {libraryFailed.value && <p role="alert">{words.noLibrary}</p>}
          <FoldedTable title={words.table({ title })} class="chart-table" onPaper>
            {() => more && <more.Values title={title} xTitle={xTitle} series={series} data={data} write={write} />}
          </FoldedTable>
        </>
      }
    />
  );
}

/** The value at a place, or the last one there is. @param {uPlot.AlignedData[number] | undefined} column @param {number | null} place */
function valueAt(column, place) {
  if (!column) return null;
  if (place !== null) return column[place] ?? null;
  for (let i = column.length - 1; i >= 0; i--) {
    const value = column[i];
    if (value !== null && value !== undefined) return value;
  }
  return null;
}
