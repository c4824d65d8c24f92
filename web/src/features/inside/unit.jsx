// A unit by its own numbers, step by step: window, kernel and products, sum and bias, ReLU, pool.
import { Segments } from '../../components/field.jsx';
import { Fold } from '../../components/fold.jsx';
import { useFollowed } from '../../components/in-view.js';
import { fixed, whole } from '../../messages/intl.js';
import { t } from '../../messages/messages.js';
import { chosen, networkTitle } from '../../shared/networks.js';
import { turn } from './state.js';
import { MapCanvas, Maps } from './maps.jsx';
import { reach } from './maps.js';
import { taps, windowCorner } from './unit.js';
import {
  STAGE_NAMES,
  chooseUnit,
  followUnit,
  numbers,
  shownChannel,
  shownOutput,
  side,
  stageName,
  stageTitles,
  units,
} from './unit-state.js';
import './unit.css';

/** @typedef {NonNullable<typeof numbers.value>} Numbers */

/** Three digits behind the point, so that what is shown can be summed up. @param {number} value */
function figure(value) {
  const rounded = Number(value.toFixed(3));
  return (Number.isInteger(value) ? whole(value + 0) : fixed(rounded === 0 ? 0 : rounded, 3)).replace('-', '−');
}

export function Unit() {
  return (
    <Fold class="card unit" title={t.value.inside.unit.title({ network: networkTitle(chosen.value) })}>
      <Content />
    </Fold>
  );
}

function Content() {
  const here = useFollowed(followUnit);
  const words = t.value.inside.unit;
  const found = numbers.value;
  return (
    <div ref={here} class="unit-content">
      <p class="note">{words.intro}</p>
      <div class="unit-choices">
        <Segments
          label={words.layer}
          choices={STAGE_NAMES.map((name, i) => /** @type {const} */ ([name, stageTitles.value[i]]))}
          value={stageName.value}
          onChoose={(name) => {
            stageName.value = name;
            shownOutput.value = shownChannel.value = null;
          }}
        />
        <Segments
          label={words.image}
          choices={[
            ['upright', t.value.inside.activations.upright],
            ['turned', t.value.inside.activations.turned({ degrees: 90 * turn.value })],
          ]}
          value={side.value}
          onChoose={(image) => (side.value = image)}
        />
        {found && <Steps found={found} />}
      </div>
      {found && (
        <div class="unit-parts">
          <Places found={found} />
          <ol class="unit-steps">
            <Products found={found} />
            {found.shape.channels > 1 && <Channels found={found} />}
            <Sum found={found} />
            <Pool found={found} />
          </ol>
        </div>
      )}
    </div>
  );
}

/** @param {Partial<import('./maps.js').Cell>} to */
function move(to) {
  const cell = units[stageName.peek()].peek();
  if (cell) chooseUnit(stageName.peek(), side.peek(), { ...cell, ...to });
}

/** From map to map. @param {{ found: Numbers }} props */
function Steps({ found: { shape, cell } }) {
  const words = t.value.inside.unit;
  const go = (/** @type {number} */ map) => move({ map: Math.max(0, Math.min(shape.maps - 1, map)) });
  return (
    <div class="unit-map">
      <button
        type="button"
        class="button small square"
        aria-label={words.previous}
        disabled={cell.map === 0}
        onClick={() => go(cell.map - 1)}
      >
        ‹
      </button>
      <label>
        {words.map}{' '}
        <input
          type="number"
          min={1}
          max={shape.maps}
          value={cell.map + 1}
          onChange={(event) => go(Math.floor(Number(event.currentTarget.value) || 1) - 1)}
        />
      </label>
      <button
        type="button"
        class="button small square"
        aria-label={words.next}
        disabled={cell.map === shape.maps - 1}
        onClick={() => go(cell.map + 1)}
      >
        ›
      </button>
    </div>
  );
}

/** Of a square picture, in percent. @param {number} cells @param {number} of */
const share = (cells, of) => `${(100 * cells) / of}%`;

/** Where the window lies in the input, and the unit in its map. @param {{ found: Numbers }} props */
function Places({ found: { shape, cell, input, output, unit, at, channel } }) {
  const words = t.value.inside.unit;
  const box = (/** @type {import('./unit.js').Spot} */ { row, column }, /** @type {number} */ size) => ({
    left: share(column, shape.side),
    top: share(row, shape.side),
    width: share(size, shape.side),
    height: share(size, shape.side),
  });
  const first = windowCorner(shape, unit.candidates[0]);
  const now = windowCorner(shape, unit.candidates[at]);
  const inputGrid = { count: 1, side: shape.side, columns: 1 };
  const mapGrid = { count: 1, side: shape.pooled, columns: 1 };
  const limit = reach(output);
  const place = (/** @type {import('./maps.js').Cell} */ { row, column }) =>
    (row * shape.pooled + column) * shape.maps + cell.map;
  return (
    <div class="unit-places">
      <figure>
        <figcaption>{shape.channels > 1 ? words.inputOf({ channel: channel + 1 }) : words.input}</figcaption>
        <div class="unit-input" role="img" aria-label={words.window({ row: now.row + 1, column: now.column + 1 })}>
          <MapCanvas
            grid={inputGrid}
            values={input}
            at={({ row, column }) => (row * shape.side + column) * shape.channels + channel}
            limit={reach(input)}
            of={channel}
          />
          <span class="unit-seen" style={box(first, shape.window + (shape.pool - 1) * shape.stride)} />
          <span class="unit-window" style={box(now, shape.window)} />
        </div>
      </figure>
      <figure>
        <figcaption>{words.output({ map: cell.map + 1 })}</figcaption>
        <Maps
          name={words.outputName({ map: cell.map + 1 })}
          grid={mapGrid}
          values={output}
          at={place}
          limit={limit}
          of={cell.map}
          cell={{ ...cell, map: 0 }}
          onCell={(next, by) => by === 'key' && next && move({ row: next.row, column: next.column })}
          onPick={(next) => move({ row: next.row, column: next.column })}
          describe={(one) =>
            words.unitAt({ row: one.row + 1, column: one.column + 1, value: figure(output[place(one)]) })
          }
        />
      </figure>
    </div>
  );
}

/** @param {{ found: Numbers }} props */
function Products({ found: { shape, cell, input, weights, unit, at, channel } }) {
  const words = t.value.inside.unit;
  const all = taps(shape, input, weights, { ...unit.candidates[at], map: cell.map, channel });
  const total = all.reduce((sum, { product }) => sum + product, 0);
  const most = {
    value: reach(input),
    weight: reach(all.map(({ weight }) => weight)),
    product: reach(all.map(({ product }) => product)),
  };
  const grid = (/** @type {'value' | 'weight' | 'product'} */ key, /** @type {string} */ caption) => (
    <Grid
      caption={caption}
      side={shape.window}
      cells={all.map((tap) => ({
        value: tap[key],
        share: tap[key] / most[key],
        outside: key === 'value' && tap.outside,
      }))}
    />
  );
  const part = { channel: channel + 1, map: cell.map + 1, sum: figure(total) };
  const edge = all.some(({ outside }) => outside);
  return (
    <li>
      <h4>{words.products}</h4>
      <div class="unit-product">
        {grid('value', words.windowCaption)}
        <span aria-hidden="true">×</span>
        {grid('weight', words.kernelCaption)}
        <span aria-hidden="true">=</span>
        {grid('product', words.productCaption)}
      </div>
      <p>{shape.channels > 1 ? words.partOf(part) : words.part(part)}</p>
      <p class="note">{edge ? words.edge : '\u00a0'}</p>
    </li>
  );
}

/**
 * A square of numbers.
 * @param {{ caption: string, side: number, cells: { value: number, share: number, outside: boolean }[] }} props `share`:
 *   -1..1 of the strongest colour
 */
function Grid({ caption, side: columns, cells }) {
  return (
    <table class="unit-grid">
      <caption>{caption}</caption>
      <tbody>
        {Array.from({ length: columns }, (_, row) => (
          <tr key={row}>
            {cells.slice(row * columns, (row + 1) * columns).map(({ value, share: part, outside }, column) => (
              <td
                key={column}
                class={[part < 0 ? 'negative' : '', outside ? 'outside' : ''].filter(Boolean).join(' ') || undefined}
                style={{ '--share': `${45 * Math.min(1, Math.abs(part))}%` }}
              >
                {figure(value)}
              </td>
            ))}
          </tr>
        ))}
      </tbody>
    </table>
  );
}

/** The sum of each channel. @param {{ found: Numbers }} props */
function Channels({ found: { shape, unit, at, channel } }) {
  const words = t.value.inside.unit;
  const { byChannel, products } = unit.candidates[at];
  const grid = { count: shape.channels, side: 1, columns: 16 };
  return (
    <li>
      <h4>{words.channels({ count: shape.channels })}</h4>
      <Maps
        name={words.channelsName({ count: shape.channels })}
        grid={grid}
        values={Float32Array.from(byChannel)}
        at={({ map }) => map}
        limit={reach(byChannel)}
        cell={{ map: channel, row: 0, column: 0 }}
        onCell={(next, by) => by === 'key' && next && (shownChannel.value = next.map)}
        onPick={(next) => (shownChannel.value = next.map)}
        describe={({ map }) => words.channelAt({ channel: map + 1, sum: figure(byChannel[map]) })}
      />
      <p>{words.all({ count: shape.channels, sum: figure(products) })}</p>
    </li>
  );
}

/** @param {{ found: Numbers }} props */
function Sum({ found: { unit, at } }) {
  const words = t.value.inside.unit;
  const { products, bias, sum, value } = unit.candidates[at];
  return (
    <li>
      <h4>{words.sumTitle}</h4>
      <p>{words.sum({ products: figure(products), bias: figure(bias), sum: figure(sum) })}</p>
      <p>{words.relu({ sum: figure(sum), value: figure(value) })}</p>
    </li>
  );
}

/** @param {{ found: Numbers }} props */
function Pool({ found: { shape, cell, output, unit, at } }) {
  const words = t.value.inside.unit;
  const { candidates, winner, value } = unit;
  const given = output[(cell.row * shape.pooled + cell.column) * shape.maps + cell.map];
  return (
    <li>
      <h4>{words.poolTitle({ side: shape.pool })}</h4>
      <table class="unit-pool">
        <caption class="visually-hidden">{words.poolCaption}</caption>
        <tbody>
          {Array.from({ length: shape.pool }, (_, row) => (
            <tr key={row}>
              {candidates.slice(row * shape.pool, (row + 1) * shape.pool).map((each, column) => {
                const i = row * shape.pool + column;
                const wins = i === winner && value > 0;
                return (
                  <td key={column}>
                    <button
                      type="button"
                      class="button small"
                      aria-pressed={i === at}
                      onClick={() => (shownOutput.value = i)}
                    >
                      {wins ? words.wins({ value: figure(each.value) }) : figure(each.value)}
                    </button>
                  </td>
                );
              })}
            </tr>
          ))}
        </tbody>
      </table>
      <p>{value > 0 ? words.kept({ value: figure(value) }) : words.silent}</p>
      <p class="note">{words.engine({ value: figure(given) })}</p>
    </li>
  );
}
