// The three arms: curves together, and what each reaches on digits it has never seen.
import { Curves, RUN_COLOURS } from '../../shared/curves.jsx';
import { kind } from '../../data/sources.js';
import { DataTable } from '../../components/data-table.jsx';
import { FoldedTable } from '../../components/folded-table.jsx';
import { Fold } from '../../components/fold.jsx';
import { useFollowed } from '../../components/in-view.js';
import { seriesName } from '../../components/series-name.jsx';
import { term } from '../../components/term.jsx';
import { percent, plain } from '../../messages/intl.js';
import { dataTitle } from '../../messages/data-title.js';
import { t } from '../../messages/messages.js';
import { Rich } from '../../messages/rich.jsx';
import { ARMS, RUNS, RUN_TITLES, dataInfo, history, started } from '../../session/session.js';
import { isFixed, settings } from '../../state/settings.js';
import { task } from '../../shared/task.js';
import { LabelBudget } from './label-budget.jsx';
import { MoreRuns } from './more-runs.jsx';
import { Readings } from './readings.jsx';
import { GUESS, followScales, marks, probed, scales, scores, standstill } from './state.js';
import './duel.css';

/** Of the heads: the notebook's is too small for features of untrained weights. */
const BETTER_RATE = 0.03;
/** The notebook's. */
const OPTIMISERS = /** @type {const} */ ({ pretext: 'adam', self_supervised: 'sgd', random: 'sgd', supervised: 'sgd' });

/** @returns {Record<import('../../engine/types').Arm, string>} */
function stories() {
  const words = t.value.duel.story;
  return {
    ...words,
    self_supervised: words.self_supervised({ task: task.value }),
    supervised: words.supervised(kind.value),
  };
}

export function Duel() {
  return (
    <>
      <Arms />
      <Readings />
      <MoreRuns />
    </>
  );
}

function Arms() {
  const labels = started.value?.labels ?? 1000;
  const words = t.value.duel;
  const story = stories();
  return (
    <div class="card">
      <LabelBudget />
      <div class="scores">
        {scores.value.map(({ arm, state, stoppedEarly, few, full }) => (
          <section key={arm} class="score" style={{ '--series': `var(${RUN_COLOURS[arm]})` }} data-arm={arm}>
            <h3>
              <span class="swatch" /> {RUN_TITLES[arm]}
            </h3>
            <p class="score-figure">{full ? percent(full.accuracy) : state === 'training' ? words.training : '–'}</p>
            <p class="note">{story[arm]}</p>
            <AccuracyBar score={full} />
            {few && few.count !== full?.count && <AccuracyBar score={few} />}
            {stoppedEarly > 0 && <p class="note">{words.stoppedEarly({ epoch: stoppedEarly })}</p>}
          </section>
        ))}
      </div>
      <Fold plain title={words.curves}>
        <Curves runs={ARMS} chance={0.1} validated sync="duel" marks={marks.value} />
      </Fold>
      <Standstill />
      <p class="note">
        {words.note({
          labels,
          all: dataInfo.value?.test ?? 0,
          few: dataInfo.value?.splits.test ?? [0, 0],
          source: dataTitle(dataInfo.value?.source),
        })}
      </p>
      <Facts />
    </div>
  );
}

/** Why the head on random features does not learn, and what to try. */
function Standstill() {
  const place = useFollowed(followScales);
  const found = standstill.value;
  return (
    <div ref={place} class="standstill" data-testid="standstill">
      {found && (
        <p>
          <Rich
            text={t.value.duel.stands({
              ...found,
              task: task.value,
              guess: GUESS,
              scales: scales.value,
              probe: probed.value,
            })}
            parts={{
              random: seriesName('--random'),
              rate: (inner) => (
                <Try of={inner} off={isFixed('armRate')} onTry={() => (settings.armRate.value = BETTER_RATE)} />
              ),
              pixels: (inner) => (
                <Try of={inner} off={isFixed('preset')} onTry={() => (settings.preset.value = 'notebook')} />
              ),
            }}
          />
        </p>
      )}
    </div>
  );
}

/** Words that set a value, where the lesson lets them. @param {{ of: import('preact').ComponentChildren, off: boolean, onTry: () => void }} props */
function Try({ of, off, onTry }) {
  if (off) return <>{of}</>;
  return (
    <button type="button" class="button small" onClick={onTry}>
      {of}
    </button>
  );
}

/** What every run is trained with. */
function Facts() {
  const words = t.value.duel.facts;
  const plan = started.value;
  if (!plan) return null;
  const learns = { ...words.learns, self_supervised: words.learns.self_supervised({ task: task.value }) };
  const fits = { pretext: plan.pretext, ...plan.arms };
  return (
    <FoldedTable class="facts" title={words.title} onPaper>
      {() => (
        <>
          <DataTable
            kind="wide"
            label={words.label}
            rows={RUNS}
            keyOf={(run) => run}
            columns={[
              { key: 'run', title: words.run, cell: (run) => RUN_TITLES[run] },
              { key: 'weights', title: words.weights, cell: (run) => learns[run] },
              { key: 'optimiser', title: words.optimiser, cell: (run) => words.optimisers[OPTIMISERS[run]] },
              {
                key: 'rate',
                title: words.rate,
                number: true,
                cell: (run) => plain(Number(fits[run].learningRate.toPrecision(6))),
              },
              { key: 'batch', title: words.batch, number: true, cell: (run) => plain(fits[run].batch) },
              {
                key: 'epochs',
                title: words.epochs,
                number: true,
                cell: (run) => words.epochsOf({ done: history[run].value.length, most: fits[run].epochs }),
              },
              {
                key: 'patience',
                title: words.patience,
                cell: (run) =>
                  fits[run].patience > 0 ? words.afterEpochs({ epochs: fits[run].patience }) : words.never,
              },
            ]}
          />
          <p class="note">
            <Rich text={words.note({ share: plan.arms.supervised.validationSplit })} parts={{ term }} />
          </p>
        </>
      )}
    </FoldedTable>
  );
}

/** For style sheets, which know no language. @param {number} share */
const wide = (share) => `${(100 * share).toFixed(1)}%`;

/** @param {{ score: import('./state.js').Score | null }} props */
function AccuracyBar({ score }) {
  if (!score) return <div class="accuracy untested" />;
  const words = t.value.duel;
  return (
    <div class="accuracy">
      <div class="accuracy-track" role="img" aria-label={words.accuracyName(score)}>
        <span class="accuracy-fill" style={{ width: wide(score.accuracy) }} />
        <span class="accuracy-whisker" style={{ left: wide(score.low), width: wide(score.high - score.low) }} />
      </div>
      <p class="accuracy-text">
        <Rich text={words.accuracy(score)} parts={{ b: (inner) => <b>{inner}</b> }} />
        <span class="accuracy-interval">{words.interval(score)}</span>
      </p>
    </div>
  );
}
