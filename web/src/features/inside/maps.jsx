import { useEffect, useRef } from 'preact/hooks';
import { useCalm } from '../../components/calm.js';
import { t } from '../../messages/messages.js';
import { shownTheme } from '../../state/settings.js';
import { cellAt, corner, paint, size, step } from './maps.js';

/** @typedef {import('./maps.js').Cell} Cell */

/**
 * Small multiples. Pointer and keys walk from cell to cell; a screen reader hears each.
 * @param {{ name: string, grid: import('./maps.js').Grid, values: Float32Array | null, at: (cell: Cell) => number,
 *   limit: number, cell: Cell | null, onCell: (cell: Cell | null, by: 'pointer' | 'key') => void,
 *   onPick?: (cell: Cell) => void, picked?: Cell | null, of?: number, describe: (cell: Cell) => string }} props
 *   `at`: where a cell's value stands in `values`; `limit`: the value that has the full colour; `cell`: the one that is
 *   looked at; `onPick`: of one that is clicked, tapped, or where Enter is pressed; `picked`: of what
 *   was picked; `of`: see MapCanvas
 */
export function Maps({ name, grid, values, at, limit, cell, onCell, onPick, picked = null, of, describe }) {
  const { width, height } = size(grid);

  /** @param {PointerEvent | MouseEvent} event */
  const under = (event) => {
    const box = event.currentTarget instanceof Element ? event.currentTarget.getBoundingClientRect() : null;
    return (
      box &&
      cellAt(grid, ((event.clientX - box.left) / box.width) * width, ((event.clientY - box.top) / box.height) * height)
    );
  };
  /** @param {PointerEvent} event */
  const point = (event) => onCell(under(event), 'pointer');
  /** @param {MouseEvent} event */
  const pick = (event) => {
    const chosen = under(event);
    if (chosen) onPick?.(chosen);
  };
  /** @param {KeyboardEvent} event */
  const walk = (event) => {
    if (event.key === 'Enter' && cell && onPick) return onPick(cell);
    const next = step(grid, cell ?? { map: 0, row: 0, column: 0 }, event.key);
    if (!next) return;
    event.preventDefault();
    onCell(cell ? next : { map: 0, row: 0, column: 0 }, 'key');
  };
  const mark = cell && corner(grid, cell.map);
  const share = (/** @type {number} */ cells, /** @type {number} */ all) => `${(100 * cells) / all}%`;
  const boxOf = (/** @type {Cell} */ one) => {
    const { x, y } = corner(grid, one.map);
    return {
      left: share(x + one.column, width),
      top: share(y + one.row, height),
      width: share(1, width),
      height: share(1, height),
    };
  };
  const valueText = useCalm(cell && values ? describe(cell) : t.value.inside.noCell, { of: JSON.stringify(cell) });
  return (
    <div
      class="multiples"
      role="slider"
      tabIndex={0}
      aria-label={name}
      aria-valuemin={1}
      aria-valuemax={grid.count}
      aria-valuenow={(cell?.map ?? 0) + 1}
      aria-valuetext={valueText}
      onPointerMove={point}
      onPointerDown={point}
      onPointerLeave={() => onCell(null, 'pointer')}
      onClick={onPick && pick}
      onKeyDown={walk}
      onBlur={() => onCell(null, 'pointer')}
    >
      <MapCanvas grid={grid} values={values} at={at} limit={limit} of={of} />
      {mark && values && (
        <>
          <span
            class="multiples-mark"
            style={{
              left: share(mark.x, width),
              top: share(mark.y, height),
              width: share(grid.side, width),
              height: share(grid.side, height),
            }}
          />
          <span class="multiples-cell" style={boxOf(cell)} />
        </>
      )}
      {picked && values && <span class="multiples-picked" style={boxOf(picked)} />}
    </div>
  );
}

/**
 * The picture alone.
 * @param {Pick<Parameters<typeof Maps>[0], 'grid' | 'values' | 'at' | 'limit'> & { of?: number }} props `of`: what the
 *   places of `at` depend on besides the cell
 */
export function MapCanvas({ grid, values, at, limit, of = 0 }) {
  const canvas = useRef(/** @type {HTMLCanvasElement | null} */ (null));
  const { width, height } = size(grid);
  const theme = shownTheme.value;

  useEffect(() => {
    const context = canvas.current?.getContext('2d');
    if (!canvas.current || !context) return;
    if (!values) {
      context.clearRect(0, 0, width, height);
      return;
    }
    const style = getComputedStyle(canvas.current);
    const colour = (/** @type {string} */ token) => rgb(style.getPropertyValue(token));
    const colours = { low: colour('--negative'), zero: colour('--zero'), high: colour('--positive') };
    const pixels = paint(grid, (one) => values[at(one)] / limit, colours);
    context.putImageData(new ImageData(pixels, width, height), 0, 0);
  }, [values, limit, theme, width, height, of]);

  return <canvas ref={canvas} width={width} height={height} />;
}

/** The colours of the tokens are written as #rrggbb. @param {string} hex @returns {import('./maps.js').Colour} */
function rgb(hex) {
  const value = parseInt(hex.trim().slice(1), 16);
  return [value >> 16, (value >> 8) & 255, value & 255];
}

/** @param {{ from: string, middle?: string, to: string, diverging?: boolean }} props the ends in words */
export function Scale({ from, middle, to, diverging = false }) {
  return (
    <div class={diverging ? 'scale diverging' : 'scale'}>
      <span class="scale-bar" />
      <span class="scale-ends">
        <span>{from}</span>
        {middle !== undefined && <span>{middle}</span>}
        <span>{to}</span>
      </span>
    </div>
  );
}
