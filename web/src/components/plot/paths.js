// Marks as SVG paths, from pixels.

/** @typedef {readonly [number, number]} Spot x and y */

const figure = (/** @type {number} */ value) => String(Math.round(value * 100) / 100);
const pair = (/** @type {Spot} */ [x, y]) => `${figure(x)} ${figure(y)}`;

/** A line through spots; broken where one is null. @param {readonly (Spot | null)[]} spots */
export function linePath(spots) {
  let pen = 'M';
  return spots
    .map((spot) => {
      const part = spot ? pen + pair(spot) : '';
      pen = spot ? 'L' : 'M';
      return part;
    })
    .join('');
}

/** From a line down to the base. @param {readonly Spot[]} spots @param {number} base y */
export function areaPath(spots, base) {
  if (spots.length === 0) return '';
  const [first, last] = [spots[0], spots[spots.length - 1]];
  return `${linePath([[first[0], base], ...spots, [last[0], base]])}Z`;
}

/** An interval as a bar with caps. @param {number} x @param {number} low y @param {number} high y @param {number} [cap] half its width */
export const intervalPath = (x, low, high, cap = 4) =>
  `M${pair([x, low])}V${figure(high)}M${pair([x - cap, low])}h${2 * cap}M${pair([x - cap, high])}h${2 * cap}`;

/** Columns that stand on the base. @param {readonly { from: number, to: number, y: number }[]} columns @param {number} base y */
export const columnsPath = (columns, base) =>
  columns.map(({ from, to, y }) => `M${pair([from, base])}V${figure(y)}H${figure(to)}V${figure(base)}Z`).join('');

/** Signs of points, about the origin: told apart without colours. */
export const SHAPES = {
  disc: 'M-5 0a5 5 0 1 0 10 0a5 5 0 1 0-10 0',
  square: 'M-5-5h10v10h-10z',
  triangle: 'M0-6L6 5H-6z',
  diamond: 'M0-6.5L6.5 0L0 6.5L-6.5 0z',
  wedge: 'M0 6L6-5H-6z',
  bar: 'M-6-2.5h12v5h-12z',
};
