// What uPlot draws and says beyond its lines: fetched with it.
import { plain } from '../messages/intl.js';
import { t } from '../messages/messages.js';
import { DataTable } from './data-table.jsx';

/** @import uPlot from 'uplot' */
/** @typedef {import('./chart.jsx').Series} Series */

/**
 * @param {uPlot} u
 * @param {{ at: number, text: string } | undefined} level
 * @param {string} colour
 * @param {number} size of its letters @param {string} family
 */
export function drawLevel(u, level, colour, size, family) {
  if (!level) return;
  const [low, high] = [u.scales.y.min ?? 0, u.scales.y.max ?? 1];
  if (level.at < low || level.at > high) return;
  const { ctx } = u;
  const y = Math.round(u.valToPos(level.at, 'y', true));
  const ratio = devicePixelRatio;
  ctx.save();
  ctx.strokeStyle = ctx.fillStyle = colour;
  ctx.setLineDash([2 * ratio, 4 * ratio]);
  ctx.lineWidth = ratio;
  ctx.beginPath();
  ctx.moveTo(u.bbox.left, y);
  ctx.lineTo(u.bbox.left + u.bbox.width, y);
  ctx.stroke();
  ctx.font = `${size * ratio}px ${family}`;
  ctx.textAlign = 'right';
  // The curves are above it, as a rule.
  const below = u.bbox.top + u.bbox.height - y > 1.2 * size * ratio;
  ctx.textBaseline = below ? 'top' : 'bottom';
  ctx.fillText(level.text, u.bbox.left + u.bbox.width - 4 * ratio, y + (below ? 2 : -2) * ratio);
  ctx.restore();
}

/** A ring around one point of a series. @param {uPlot} u @param {(number | undefined)[]} marks x for each series @param {string} colour */
export function drawMarks(u, marks, colour) {
  const { ctx } = u;
  marks.forEach((x, i) => {
    const place = x === undefined ? -1 : u.data[0].indexOf(x);
    const y = place < 0 ? null : u.data[i + 1][place];
    if (x === undefined || y === null || y === undefined) return;
    ctx.save();
    ctx.strokeStyle = colour;
    ctx.lineWidth = 2 * devicePixelRatio;
    ctx.beginPath();
    ctx.arc(u.valToPos(x, 'x', true), u.valToPos(y, 'y', true), 7 * devicePixelRatio, 0, 2 * Math.PI);
    ctx.stroke();
    ctx.restore();
  });
}

/**
 * The numbers that series have in the legend, each at another part of its line.
 * @param {uPlot} u @param {readonly Series[]} series @param {{ ink: string, card: string, font: string }} look
 */
export function drawNumbers(u, series, { ink, card, font }) {
  const named = series.flatMap(({ quiet }, i) => (quiet ? [] : [u.data[i + 1]]));
  const ratio = devicePixelRatio;
  const { ctx } = u;
  ctx.save();
  ctx.font = font.replace(/^[\d.]+/, (size) => String(Number(size) * ratio));
  ctx.textAlign = 'center';
  ctx.textBaseline = 'middle';
  ctx.lineWidth = 6 * ratio;
  ctx.strokeStyle = card;
  ctx.fillStyle = ink;
  named.forEach((column, k) => {
    const places = [...column.keys()].filter((i) => typeof column[i] === 'number');
    const place = places[Math.floor((places.length * (k + 0.5)) / named.length)];
    if (place === undefined) return;
    const [x, y] = [u.valToPos(u.data[0][place], 'x', true), u.valToPos(Number(column[place]), 'y', true)];
    ctx.strokeText(String(k + 1), x, y);
    ctx.fillText(String(k + 1), x, y);
  });
  ctx.restore();
}

/**
 * What can be heard: places where some curve has a value.
 * @param {{ entry: Series, column: uPlot.AlignedData[number] | undefined }[]} named @param {number} count @param {boolean} log
 */
export function audible(named, count, log) {
  const places = [...Array(count).keys()].filter((i) => named.some(({ column }) => typeof column?.[i] === 'number'));
  return named.map(({ entry, column }) => ({
    label: entry.label,
    values: places.map((i) => {
      const value = column?.[i];
      return typeof value !== 'number' ? null : log ? Math.log(value) : value;
    }),
  }));
}

/** @param {{ title: string, xTitle: string, series: Series[], data: uPlot.AlignedData, write: (value: number) => string }} props */
export function Values({ title, xTitle, series, data, write }) {
  const words = t.value.components.chart;
  // Running means inside an epoch are for the eye only.
  const columns = series
    .map(({ label, faint }, i) => ({ label, values: data[i + 1] ?? [], faint }))
    .filter(({ faint }) => !faint);
  const rows = [...data[0].keys()].filter((i) => columns.some(({ values }) => typeof values[i] === 'number'));
  if (rows.length === 0) return <p class="note">{words.nothing}</p>;
  return (
    <DataTable
      label={words.table({ title })}
      room="group"
      kind="narrow"
      rows={rows}
      keyOf={(i) => i}
      columns={[
        { key: 'x', title: xTitle, cell: (i) => plain(Number(data[0][i].toFixed(2))) },
        ...columns.map(({ label, values }) => ({
          key: label,
          title: label,
          number: true,
          cell: (/** @type {number} */ i) => (typeof values[i] === 'number' ? write(values[i]) : ''),
        })),
      ]}
    />
  );
}
