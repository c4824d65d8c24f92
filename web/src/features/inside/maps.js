// Small square maps side by side in a grid, as one picture of a few pixels: where a cell lies, and its colour.

/**
 * @typedef {object} Grid
 * @property {number} count maps
 * @property {number} side cells of a map along each axis
 * @property {number} columns maps in a row of the grid
 */
/** @typedef {{ map: number, row: number, column: number }} Cell */
/** @typedef {[number, number, number]} Colour red, green, blue, 0..255 */

/** Cells of the picture, with one empty cell between two maps. @param {Grid} grid */
export function size({ count, side, columns }) {
  const rows = Math.ceil(count / columns);
  return { width: columns * (side + 1) - 1, height: rows * (side + 1) - 1 };
}

/** Upper left corner of a map in the picture. @param {Grid} grid @param {number} map */
export function corner({ side, columns }, map) {
  return { x: (map % columns) * (side + 1), y: Math.floor(map / columns) * (side + 1) };
}

/**
 * The cell at a place of the picture; one that lies between maps counts to the map before it.
 * @param {Grid} grid @param {number} x @param {number} y
 * @returns {Cell | null}
 */
export function cellAt(grid, x, y) {
  const { side, columns, count } = grid;
  const [gridColumn, gridRow] = [Math.floor(x / (side + 1)), Math.floor(y / (side + 1))];
  const map = gridRow * columns + gridColumn;
  if (gridColumn < 0 || gridColumn >= columns || gridRow < 0 || map >= count) return null;
  const inside = (/** @type {number} */ place, /** @type {number} */ first) =>
    Math.min(side - 1, Math.floor(place - first * (side + 1)));
  return { map, row: inside(y, gridRow), column: inside(x, gridColumn) };
}

/**
 * Where a key leads: arrows by a cell and on into the next map, Page Up and Page Down by a map, Home and End.
 * @param {Grid} grid @param {Cell} from @param {string} key
 * @returns {Cell | null} null where the key means nothing
 */
export function step(grid, from, key) {
  const { side, columns, count } = grid;
  const rows = Math.ceil(count / columns);
  switch (key) {
    case 'Home':
      return { map: 0, row: 0, column: 0 };
    case 'End':
      return { map: count - 1, row: side - 1, column: side - 1 };
    case 'PageUp':
      return { ...from, map: Math.max(0, from.map - 1) };
    case 'PageDown':
      return { ...from, map: Math.min(count - 1, from.map + 1) };
  }
  const move = { ArrowLeft: [-1, 0], ArrowRight: [1, 0], ArrowUp: [0, -1], ArrowDown: [0, 1] }[key];
  if (!move) return null;
  const clamp = (/** @type {number} */ value, /** @type {number} */ most) => Math.max(0, Math.min(most - 1, value));
  const x = clamp((from.map % columns) * side + from.column + move[0], columns * side);
  const y = clamp(Math.floor(from.map / columns) * side + from.row + move[1], rows * side);
  const map = Math.floor(y / side) * columns + Math.floor(x / side);
  return map < count ? { map, row: y % side, column: x % side } : from;
}

/** Largest absolute value, and at least a trace, so that it can be divided by. @param {...ArrayLike<number>} arrays */
export function reach(...arrays) {
  let most = 0;
  for (const values of arrays) {
    for (let i = 0; i < values.length; i++) if (Number.isFinite(values[i])) most = Math.max(most, Math.abs(values[i]));
  }
  return most || 1e-9;
}

/**
 * Red, green, blue, opacity of every cell of the picture.
 * @param {Grid} grid
 * @param {(cell: Cell) => number} value -1..1, or not finite: left empty
 * @param {{ low: Colour, zero: Colour, high: Colour }} colours
 */
export function paint(grid, value, { low, zero, high }) {
  const { width, height } = size(grid);
  const pixels = new Uint8ClampedArray(4 * width * height);
  for (let map = 0; map < grid.count; map++) {
    const { x, y } = corner(grid, map);
    for (let row = 0; row < grid.side; row++) {
      for (let column = 0; column < grid.side; column++) {
        const share = value({ map, row, column });
        if (!Number.isFinite(share)) continue;
        const end = share < 0 ? low : high;
        const weight = Math.min(1, Math.abs(share));
        const place = 4 * ((y + row) * width + x + column);
        for (let c = 0; c < 3; c++) pixels[place + c] = zero[c] + weight * (end[c] - zero[c]);
        pixels[place + 3] = 255;
      }
    }
  }
  return pixels;
}
