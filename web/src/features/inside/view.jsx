// The chosen network from inside: first-layer kernels, and the activations of a digit, upright and turned.
import { DigitImage } from '../../components/digit-image.jsx';
import { Segments } from '../../components/field.jsx';
import { Fold } from '../../components/fold.jsx';
import { useFollowed } from '../../components/in-view.js';
import { SectionLink } from '../../components/section-link.jsx';
import { classNames, kind } from '../../data/sources.js';
import { significant } from '../../messages/intl.js';
import { dataTitle } from '../../messages/data-title.js';
import { t } from '../../messages/messages.js';
import { Rich } from '../../messages/rich.jsx';
import { dataInfo } from '../../session/session.js';
import { chosen, networkChoices, networkTitle } from '../../shared/networks.js';
import { variantsOfChosen } from '../../shared/chosen-image.js';
import { lesson } from '../../state/settings.js';
import { Layers } from './layers.jsx';
import { reach } from './maps.js';
import { Maps, Scale } from './maps.jsx';
import { Unit } from './unit.jsx';
import { chooseUnit, side as unitSide, stageName, units } from './unit-state.js';
import { activations, cells, followInside, kernels, narrow, pixels, source, turn } from './state.js';
import './inside.css';

/** @typedef {import('./maps.js').Cell} Cell */
/** @typedef {'stage1' | 'stage2'} Stage */

const KERNELS = { count: 64, side: 3 };
const STAGES = {
  stage1: { count: 64, side: 7, columns: 8 },
  stage2: { count: 32, side: 3, columns: 8 },
};
const SIDES = /** @type {const} */ (['upright', 'turned']);
const TURN_CHOICES = /** @type {const} */ ([
  ['1', '90°'],
  ['2', '180°'],
  ['3', '270°'],
]);
const sources = () =>
  /** @type {const} */ ([
    ['digit', t.value.inside.activations.chosen(kind.value)],
    ['drawing', t.value.inside.activations.drawing],
  ]);

/** Of the chosen network. */
function kernelNote() {
  const { notes } = t.value.inside.kernels;
  return chosen.value === 'supervised' ? notes.supervised(kind.value) : notes[chosen.value];
}

/** Channels last: [row][column][map]. @param {{ count: number, side: number }} grid @param {Cell} cell */
const place = ({ count, side }, { map, row, column }) => (row * side + column) * count + map;

/** @param {number} value */
const figure = (value) => (value === 0 ? '0' : significant(value).replaceAll('-', '−'));

export function Inside() {
  const here = useFollowed(followInside);
  return (
    <>
      <Layers />
      <div ref={here} class="inside">
        <Kernels />
        <Activations />
        <Unit />
      </div>
    </>
  );
}

/** Counted from 1. @param {Cell} cell */
const counted = ({ map, row, column }) => ({ map: map + 1, row: row + 1, column: column + 1 });

function Kernels() {
  const values = kernels.value;
  const limit = values ? reach(values) : 1;
  const grid = { ...KERNELS, columns: narrow.value ? 8 : 16 };
  const cell = cells.kernels.value;
  const words = t.value.inside.kernels;
  const describe = (/** @type {Cell} */ at) =>
    words.at({ ...counted(at), value: values ? figure(values[place(grid, at)]) : '–' });
  return (
    <Fold class="card kernels" title={words.title({ network: networkTitle(chosen.value) })}>
      <p class="note">
        {words.intro} {kernelNote()}
      </p>
      <Maps
        name={words.name}
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
        <p class="readout-text">{cell && values ? describe(cell) : words.hint}</p>
      </div>
    </Fold>
  );
}

function Activations() {
  const image = pixels.value;
  const drawn = source.value === 'drawing';
  const shown = variantsOfChosen.value;
  const words = t.value.inside.activations;
  const what = drawn
    ? words.image.drawing
    : shown
      ? words.image[shown.set]({ index: shown.index, name: classNames.value[shown.label] })
      : '';
  const data = dataTitle(dataInfo.value?.source);
  return (
    <section class="card activations" aria-labelledby="activations-title">
      <h3 id="activations-title">{words.title({ one: kind.value.one, network: networkTitle(chosen.value) })}</h3>
      <div class="activations-tools">
        {!lesson.hide.has('draw') && (
          <Segments
            label={words.source}
            choices={sources()}
            value={source.value}
            onChoose={(key) => (source.value = key)}
          />
        )}
        <Segments
          label={words.turn}
          choices={TURN_CHOICES}
          value={/** @type {'1' | '2' | '3'} */ (String(turn.value))}
          onChoose={(key) => (turn.value = Number(key))}
        />
      </div>
      <Segments
        label={t.value.inside.network}
        choices={networkChoices()}
        value={chosen.value}
        onChoose={(network) => (chosen.value = network)}
      />
      {image ? (
        <div class="activations-grid">
          <Input title={words.upright} image={image} quarterTurns={0} what={what} />
          <Input
            title={words.turned({ degrees: 90 * turn.value })}
            image={image}
            quarterTurns={turn.value}
            what={what}
          />
          <StageRow stage="stage1" />
          <StageRow stage="stage2" />
        </div>
      ) : (
        <p class="activations-none">
          {drawn ? (
            <Rich
              text={words.nothing(kind.value)}
              parts={{ a: (inner) => <SectionLink to="draw">{inner}</SectionLink> }}
            />
          ) : (
            words.waiting
          )}
        </p>
      )}
      <p class="note">
        {`${drawn ? words.drawn({ what }) : what ? words.shown({ what, source: data }) : words.data({ source: data })} ${words.colours} ${words.pick}`}
      </p>
    </section>
  );
}

/** @param {{ title: string, image: Uint8Array, quarterTurns: number, what: string }} props */
function Input({ title, image, quarterTurns, what }) {
  return (
    <div class="activations-input">
      <DigitImage
        pixels={turned(image, quarterTurns)}
        label={t.value.inside.activations.turnedImage({ what, degrees: 90 * quarterTurns })}
      />
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
  const words = t.value.inside.activations;
  const { title, shape } = words[stage];
  const degrees = 90 * turn.value;
  const both = activations.value?.map((one) => one[stage]) ?? null;
  const limit = both ? reach(...both) : 1;
  const cell = cells[stage].value;
  const picked = stageName.value === stage ? units[stage].value : null;
  const describe = (/** @type {Float32Array | undefined} */ values, /** @type {Cell} */ at) =>
    words.at({ ...counted(at), value: values ? figure(values[place(grid, at)]) : '–' });
  return (
    <>
      <div class="stage-head">
        <h4>
          {title} <span class="note stage-shape">{shape}</span>
        </h4>
        <Scale from="0" to={figure(limit)} />
      </div>
      {[0, 1].map((side) => (
        <div key={side} class="stage" data-stage={stage}>
          <p class="stage-side" aria-hidden="true">
            {side === 0 ? words.upright : words.turned({ degrees })}
          </p>
          <Maps
            name={side === 0 ? words.nameUpright({ stage: title }) : words.nameTurned({ stage: title, degrees })}
            grid={grid}
            values={both?.[side] ?? null}
            at={(at) => place(grid, at)}
            limit={limit}
            cell={cell}
            onCell={(next) => (cells[stage].value = next)}
            onPick={(next) => chooseUnit(stage, SIDES[side], next)}
            picked={picked && unitSide.value === SIDES[side] ? picked : null}
            describe={(at) => describe(both?.[side], at)}
          />
          <p class="readout-text">{cell && both ? describe(both[side], cell) : ' '}</p>
        </div>
      ))}
    </>
  );
}
