// The chosen network from inside: first-layer kernels, and the activations of a digit, upright and turned.
import { DigitImage } from '../../components/digit-image.jsx';
import { Segments } from '../../components/field.jsx';
import { Fold } from '../../components/fold.jsx';
import { useFollowed } from '../../components/in-view.js';
import { classNames, kind } from '../../data/sources.js';
import { t } from '../../messages/messages.js';
import { dataInfo } from '../../session/session.js';
import { chosen, networkChoices } from '../../shared/networks.js';
import { turns } from '../../shared/chosen-image.js';
import { Layers } from './layers.jsx';
import { reach } from './maps.js';
import { Maps, Scale } from './maps.jsx';
import { activations, cells, followInside, kernels, narrow, pixels, source, turn } from './state.js';
import './inside.css';

/** @typedef {import('./maps.js').Cell} Cell */
/** @typedef {'stage1' | 'stage2'} Stage */

const KERNELS = { count: 64, side: 3 };
const STAGES = {
  stage1: { count: 64, side: 7, columns: 8, title: 'After conv1, ReLU and pool', shape: '64 maps of 7×7' },
  stage2: {
    count: 32,
    side: 3,
    columns: 8,
    title: 'After conv2, ReLU and pool',
    shape: '32 maps of 3×3: the 288 features',
  },
};
const TURN_CHOICES = /** @type {const} */ ([
  ['1', '90°'],
  ['2', '180°'],
  ['3', '270°'],
]);
const sources = () =>
  /** @type {const} */ ([
    ['digit', `Chosen ${kind.value.one}`],
    ['drawing', 'My drawing'],
  ]);

/** @returns {Record<import('../../engine/types').Network, string>} */
const kernelNotes = () => ({
  rotnet: 'They start at random and change while the rotation task trains.',
  self_supervised: 'The rotation network’s own, taken over and frozen.',
  random: 'As they were made: this network never changes them.',
  supervised: `They change while the supervised network trains on labelled ${kind.value.many}.`,
});

/** Channels last: [row][column][map]. @param {{ count: number, side: number }} grid @param {Cell} cell */
const place = ({ count, side }, { map, row, column }) => (row * side + column) * count + map;

/** @param {number} value */
const figure = (value) => (value === 0 ? '0' : value.toPrecision(3).replace('-', '−'));

export function Inside() {
  const here = useFollowed(followInside);
  return (
    <>
      <Layers />
      <div ref={here} class="inside">
        <Kernels />
        <Activations />
      </div>
    </>
  );
}

/** The chosen network in words. */
const networkTitle = () => t.value.common.networks[chosen.value];

function Kernels() {
  const values = kernels.value;
  const limit = values ? reach(values) : 1;
  const grid = { ...KERNELS, columns: narrow.value ? 8 : 16 };
  const cell = cells.kernels.value;
  const describe = (/** @type {Cell} */ at) =>
    `Kernel ${at.map + 1}, row ${at.row + 1}, column ${at.column + 1}: ${values ? figure(values[place(grid, at)]) : ''}`;
  return (
    <Fold class="card kernels" title={`First-layer kernels: ${networkTitle()}`}>
      <p class="note">
        64 kernels of 3×3 weights; each looks for one small pattern of light and dark. {kernelNotes()[chosen.value]}
      </p>
      <Maps
        title="64 kernels of 3 by 3 weights"
        grid={grid}
        values={values}
        at={(at) => place(grid, at)}
        limit={limit}
        cell={cell}
        onCell={(next) => (cells.kernels.value = next)}
        describe={describe}
      />
      <div class="readout">
        <Scale diverging from={figure(-limit)} middle="0" to={figure(limit)} />
        <p class="readout-text">{cell && values ? describe(cell) : 'Point at a weight to read it.'}</p>
      </div>
    </Fold>
  );
}

function Activations() {
  const image = pixels.value;
  const drawn = source.value === 'drawing';
  const shown = turns.value;
  const what = drawn
    ? 'Your drawing'
    : shown
      ? `${shown.set === 'test' ? 'Test' : 'Training'} image ${shown.index} (${classNames.value[shown.label]})`
      : '';
  return (
    <section class="card activations" aria-labelledby="activations-title">
      <h3 id="activations-title">
        What a {kind.value.one} gives in it: {networkTitle()}
      </h3>
      <div class="activations-tools">
        <Segments label="Image" choices={sources()} value={source.value} onChoose={(key) => (source.value = key)} />
        <Segments
          label="Turned by"
          choices={TURN_CHOICES}
          value={/** @type {'1' | '2' | '3'} */ (String(turn.value))}
          onChoose={(key) => (turn.value = Number(key))}
        />
      </div>
      <Segments
        label="Network"
        choices={networkChoices()}
        value={chosen.value}
        onChoose={(network) => (chosen.value = network)}
      />
      {image ? (
        <div class="activations-grid">
          <Input title="Upright" image={image} quarterTurns={0} what={what} />
          <Input title={`Turned by ${90 * turn.value}°`} image={image} quarterTurns={turn.value} what={what} />
          <StageRow stage="stage1" />
          <StageRow stage="stage2" />
        </div>
      ) : (
        <p class="activations-none">
          {drawn ? (
            <>
              Nothing is drawn yet. <a href="#draw">Draw a {kind.value.one}</a>, then come back.
            </>
          ) : (
            'Waiting for the picture…'
          )}
        </p>
      )}
      <p class="note">
        {what ? `${what}. ` : ''}
        {drawn ? '' : `Data: ${dataInfo.value?.source ?? '–'}. `}
        Both sides of a row share their colours. A map without colour is silent for this image.
      </p>
    </section>
  );
}

/** @param {{ title: string, image: Uint8Array, quarterTurns: number, what: string }} props */
function Input({ title, image, quarterTurns, what }) {
  return (
    <div class="activations-input">
      <DigitImage pixels={turned(image, quarterTurns)} label={`${what}, turned by ${90 * quarterTurns} degrees`} />
      <span>{title}</span>
    </div>
  );
}

/** @type {WeakMap<Uint8Array, Uint8Array[]>} */
const kept = new WeakMap();

/** A square image turned counter-clockwise; the same object for the same question. @param {Uint8Array} image @param {number} quarterTurns */
function turned(image, quarterTurns) {
  const all = kept.get(image) ?? [image];
  kept.set(image, all);
  const side = Math.sqrt(image.length);
  while (all.length <= quarterTurns) {
    const before = all[all.length - 1];
    all.push(before.map((_, i) => before[(i % side) * side + side - 1 - Math.floor(i / side)]));
  }
  return all[quarterTurns];
}

/** One stage, for both images. @param {{ stage: Stage }} props */
function StageRow({ stage }) {
  const grid = STAGES[stage];
  const both = activations.value?.map((one) => one[stage]) ?? null;
  const limit = both ? reach(...both) : 1;
  const cell = cells[stage].value;
  const describe = (/** @type {Float32Array | undefined} */ values, /** @type {Cell} */ at) =>
    `Map ${at.map + 1}, row ${at.row + 1}, column ${at.column + 1}: ${values ? figure(values[place(grid, at)]) : '–'}`;
  return (
    <>
      <div class="stage-head">
        <h4>
          {grid.title} <span class="note stage-shape">{grid.shape}</span>
        </h4>
        <Scale from="0" to={figure(limit)} />
      </div>
      {[0, 1].map((side) => (
        <div key={side} class="stage" data-stage={stage}>
          <p class="stage-side" aria-hidden="true">
            {side === 0 ? 'Upright' : `Turned by ${90 * turn.value}°`}
          </p>
          <Maps
            title={`${grid.title}, ${side === 0 ? 'upright' : `turned by ${90 * turn.value} degrees`}`}
            grid={grid}
            values={both?.[side] ?? null}
            at={(at) => place(grid, at)}
            limit={limit}
            cell={cell}
            onCell={(next) => (cells[stage].value = next)}
            describe={(at) => describe(both?.[side], at)}
          />
          <p class="readout-text">{cell && both ? describe(both[side], cell) : ' '}</p>
        </div>
      ))}
    </>
  );
}
