// Which digits an arm mixes up: a table whose cells open their pictures, and the chosen image beside its probabilities.
import { useSignal } from '@preact/signals';
import { useRef } from 'preact/hooks';
import { DigitImage } from '../../components/digit-image.jsx';
import { Segments } from '../../components/field.jsx';
import { Fold } from '../../components/fold.jsx';
import { useFollowed } from '../../components/in-view.js';
import { StemPlot } from '../../components/stem-plot.jsx';
import { classMarks, classNames, kind, kindKey } from '../../data/sources.js';
import { wordsOf } from '../../messages/faults.js';
import { dataTitle } from '../../messages/data-title.js';
import { plain } from '../../messages/intl.js';
import { t } from '../../messages/messages.js';
import { Rich } from '../../messages/rich.jsx';
import { ARMS, RUN_TITLES, dataInfo, results } from '../../session/session.js';
import { choose, chosenIndex, chosenSet, mayChoose, variantsOfChosen } from '../../shared/chosen-image.js';
import { RUN_COLOURS } from '../../shared/curves.jsx';
import { ImageSteps } from '../../shared/image-steps.jsx';
import { mostMixed } from '../../shared/most-mixed.js';
import { settings } from '../../state/settings.js';
import { movedCell } from './readings.js';
import {
  PICTURES,
  arm,
  bothScopes,
  cell,
  followReadings,
  openCell,
  pictures,
  picturesProblem,
  probabilities,
  role,
  room,
  scope,
  shownTest,
} from './readings-state.js';
import '../../components/picture-button.css';
import { term } from '../../components/term.jsx';
import './readings.css';

/** Beyond this share of the arm's colour the figures would be hard to read. */
const DEEPEST = 45;
const SCOPES = /** @type {const} */ (['few', 'full']);
const SETS = /** @type {const} */ (['train', 'test']);
/** The image that the notebook looks at: number 9 of its labelled slice. */
const NOTEBOOK_IMAGE = 9;

export function Readings() {
  return (
    <Fold class="card" title={t.value.duel.readings.title({ kind: kindKey.value })}>
      <Content />
    </Fold>
  );
}

/** It asks the engine from when it is unfolded. */
function Content() {
  const place = useFollowed(followReadings);
  const words = t.value.duel.readings;
  return (
    <div ref={place} style={{ '--series': `var(${RUN_COLOURS[arm.value]})` }}>
      <div class="readings-tools">
        <Segments
          label={words.arm}
          choices={ARMS.map((name) => [name, RUN_TITLES[name]])}
          value={arm.value}
          onChoose={(name) => (arm.value = name)}
        />
        {bothScopes.value && (
          <Segments
            label={words.scope}
            choices={SCOPES.map((key) => [key, words.scopes[key]({ count: countOf(key) })])}
            value={scope.value}
            onChoose={(key) => (scope.value = key)}
          />
        )}
      </div>
      <div class="readings">
        <Confusion />
        <div class="readings-pictures">
          <Pictures />
        </div>
        <Chosen />
      </div>
    </div>
  );
}

/** Test images of a choice. @param {'few' | 'full'} key */
function countOf(key) {
  const found = results.value?.arms[arm.value];
  return (key === 'few' ? found?.test.count : found?.fullTest.count) ?? 0;
}

function Confusion() {
  const words = t.value.duel.readings;
  const test = shownTest.value;
  const table = test && Number.isFinite(test.loss) ? test.confusion : null;
  const marks = classMarks.value;
  const names = classNames.value;
  const mixed = table && mostMixed(marks.length, (truth, said) => table[truth][said]);
  /** The one cell that the Tab key comes to; arrows lead on from it. */
  const at = useSignal({ truth: 0, said: 0 });
  const body = useRef(/** @type {HTMLTableSectionElement | null} */ (null));
  const go = (/** @type {KeyboardEvent} */ event) => {
    const next = movedCell(event.key, at.peek(), marks.length);
    if (!next || event.ctrlKey || event.metaKey || event.altKey) return;
    event.preventDefault();
    at.value = next;
    body.current?.rows[next.truth].cells[next.said + 1].querySelector('button')?.focus();
  };
  return (
    <section class="readings-confusion" aria-label={words.caption({ kind: kindKey.value })}>
      <table class="digit-confusion">
        <caption class="visually-hidden">{words.caption({ kind: kindKey.value })}</caption>
        <thead>
          <tr>
            <th scope="col">
              <span class="visually-hidden">{words.corner}</span>
              <span aria-hidden="true">↓→</span>
            </th>
            {marks.map((mark, said) => (
              <th key={said} scope="col" title={names[said]}>
                {mark}
              </th>
            ))}
          </tr>
        </thead>
        <tbody ref={body} onKeyDown={go}>
          {marks.map((mark, truth) => {
            const row = table?.[truth];
            const all = row?.reduce((sum, count) => sum + count, 0) ?? 0;
            return (
              <tr key={truth}>
                <th scope="row" title={names[truth]}>
                  {mark}
                </th>
                {marks.map((_, said) => {
                  const count = row?.[said] ?? 0;
                  const open = cell.value?.truth === truth && cell.value.said === said;
                  return (
                    <td key={said} class={said === truth ? 'right' : ''}>
                      <button
                        type="button"
                        class={count === 0 ? 'digit-cell none' : 'digit-cell'}
                        style={{ '--share': `${all > 0 ? (DEEPEST * count) / all : 0}%` }}
                        tabIndex={at.value.truth === truth && at.value.said === said ? 0 : -1}
                        aria-pressed={open}
                        disabled={!table}
                        aria-label={
                          table ? words.cell({ count, of: all, truth: names[truth], said: names[said] }) : undefined
                        }
                        onFocus={() => (at.value = { truth, said })}
                        onClick={() => openCell(open ? null : { truth, said })}
                      >
                        {table ? plain(count) : '–'}
                      </button>
                    </td>
                  );
                })}
              </tr>
            );
          })}
        </tbody>
      </table>
      <p class="note readings-note">
        {!test
          ? words.untested({ arm: RUN_TITLES[arm.value] })
          : !table
            ? words.diverged
            : words.found({
                right: test.correct,
                count: test.count,
                source: dataTitle(dataInfo.value?.source),
                kind: kindKey.value,
                mixed: mixed && { ...mixed, truth: names[mixed.truth], said: names[mixed.said] },
              })}
      </p>
    </section>
  );
}

function Pictures() {
  const words = t.value.duel.readings;
  const names = classNames.value;
  const at = cell.value;
  const found = pictures.value;
  const of = { kind: kindKey.value };
  if (!at || !shownTest.value)
    return (
      <p class="note">
        <Rich text={words.press(of)} parts={{ term }} />
      </p>
    );
  const asWords = { truth: names[at.truth], said: names[at.said] };
  return (
    <>
      <div class="readings-head">
        <h4>{at.truth === at.said ? words.rightTitle(asWords) : words.wrongTitle(asWords)}</h4>
        <button type="button" class="button small" onClick={() => openCell(null)}>
          {words.close}
        </button>
      </div>
      <p class="note" role="status">
        {picturesProblem.value
          ? wordsOf(picturesProblem.value)
          : found
            ? words.count({ count: found.count, shown: found.pictures.length, ...of })
            : words.looking}
      </p>
      <ul class="reading-list">
        {found?.pictures.map(({ index, said, sure, pixels }) => (
          <li key={index}>
            <button
              type="button"
              class="picture-button reading"
              aria-pressed={chosenSet.value === 'test' && chosenIndex.value === index}
              disabled={!mayChoose('test')}
              onClick={() => choose('test', index)}
            >
              <DigitImage pixels={pixels} label={words.image({ index, name: names[at.truth] })} />
              <span>
                <Rich text={words.says({ name: names[said], sure })} parts={{ b: (inner) => <b>{inner}</b> }} />
              </span>
            </button>
          </li>
        ))}
      </ul>
      {found && found.count > found.pictures.length && (
        <button type="button" class="button small" onClick={() => (room.value += PICTURES)}>
          {words.more}
        </button>
      )}
    </>
  );
}

/** The chosen image of either set, beside what the chosen arm makes of it. */
function Chosen() {
  const words = t.value.duel.readings;
  const shown = variantsOfChosen.value;
  const values = probabilities.value;
  const said = values ? values.indexOf(Math.max(...values)) : -1;
  const names = classNames.value;
  const notebook = (dataInfo.value?.splits.downstream[0] ?? 0) + NOTEBOOK_IMAGE;
  return (
    <section class="readings-chosen" aria-labelledby="readings-chosen-title">
      <h4 id="readings-chosen-title">{words.chosenTitle({ one: kind.value.one })}</h4>
      <div class="chosen-tools">
        <Segments
          label={words.chosenSet}
          property="digitSet"
          choices={SETS.map((set) => [set, t.value.settings.digitSet.choices[set]])}
          value={chosenSet.value}
          onChoose={(set) => choose(set, settings.digit.value)}
        />
        <ImageSteps previous={words.back} number={words.chosenNumber} next={words.onward} />
        <button
          type="button"
          class="button small"
          disabled={!mayChoose('train')}
          onClick={() => choose('train', notebook)}
        >
          {words.notebookImage}
        </button>
      </div>
      <div class="chosen-answer">
        <DigitImage
          pixels={shown?.upright}
          label={shown ? words.chosenImage({ set: shown.set, index: shown.index }) : t.value.hero.noImage}
        />
        <StemPlot
          title={RUN_TITLES[arm.value]}
          colour={RUN_COLOURS[arm.value]}
          labels={classMarks.value}
          names={names}
          values={values}
        />
      </div>
      <p class="chosen-verdict" role="status">
        {shown && said >= 0
          ? words.verdict({
              set: shown.set,
              index: shown.index,
              label: names[shown.label],
              said: names[said],
              right: said === shown.label,
            })
          : ''}
      </p>
      <p class="note">{role.value && words.roles[role.value]}</p>
    </section>
  );
}
