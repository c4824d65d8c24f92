// More than one run: repeats over seeds, the sweep over label budgets, and the table of all runs.
import { signal } from '@preact/signals';
import { DataTable } from '../../components/data-table.jsx';
import { Field } from '../../components/field.jsx';
import { Fold } from '../../components/fold.jsx';
import { seriesName } from '../../components/series-name.jsx';
import { taskOf } from '../../data/records.js';
import { dataTitle } from '../../messages/data-title.js';
import { percent, whole } from '../../messages/intl.js';
import { t } from '../../messages/messages.js';
import { Rich } from '../../messages/rich.jsx';
import { ARMS, RUN_TITLES, stage } from '../../session/session.js';
import { settings } from '../../state/settings.js';
import { BudgetChart, text } from './budget-chart.jsx';
import { canOpenSecond } from '../../shared/second-engine.js';
import { WorkLine } from '../../shared/work-line.jsx';
import { accuracy, forArms, removeRuns, runs } from '../../shared/runs.js';
import { guessing, verdict } from './leads.js';
import { best, configuration, groups } from './statistics.js';
import { cancelStudy, runStudy, seedsFrom, study, studyProblem } from './study.js';
import './more-runs.css';

/** @typedef {import('../../shared/runs.js').RunRow} RunRow */

/** Networks in sentences, in their colours. */
const NAMED = {
  own: seriesName('--self-supervised'),
  random: seriesName('--random'),
  supervised: seriesName('--supervised'),
};

export function MoreRuns() {
  const seeds = seedsFrom(settings.seed.value, settings.repeats.value);
  const ready = canOpenSecond.value;
  const words = t.value.duel.more;
  return (
    <Fold class="card more-runs" title={words.title}>
      <p>{words.intro}</p>
      <div class="study">
        <Field name="repeats" disabled={study.value !== null} />
        <Field name="budgets" disabled={study.value !== null} />
        <div class="study-buttons">
          <button
            type="button"
            class="button"
            disabled={!ready || study.value !== null}
            onClick={() => void runStudy({ seeds, budgets: [settings.labels.value] })}
          >
            {words.repeat({ first: seeds[0], last: seeds[seeds.length - 1] })}
          </button>
          <button
            type="button"
            class="button"
            disabled={!ready || study.value !== null}
            onClick={() => void runStudy({ seeds, budgets: settings.budgets.value })}
          >
            {words.sweep}
          </button>
          {study.value && (
            <button type="button" class="button" onClick={cancelStudy}>
              {words.cancel}
            </button>
          )}
        </div>
      </div>
      <WorkLine
        class="study-line"
        share={study.value && study.value.share}
        name={words.progress}
        idle={stage.value === 'running' ? words.waits : ''}
        fault={studyProblem.value}
      >
        {study.value && stepWords(study.value.step)}
      </WorkLine>
      <Summaries />
      <RunTable />
    </Fold>
  );
}

/** @param {import('./study.js').Step | null} step */
function stepWords(step) {
  const words = t.value.duel.more;
  return step ? words.at({ ...step, run: RUN_TITLES[step.run] }) : words.opening;
}

/** Runs like the latest one, put together by their labels. */
function Summaries() {
  const latest = runs.value[runs.value.length - 1];
  if (!latest) return null;
  const found = groups(runs.value, configuration(latest));
  if (found.length === 1 && found[0].seeds === 1) return null;
  const { few, full } = latest.tests.random;
  const both = few.count !== full.count;
  const words = t.value.duel.summary;
  const { more } = t.value.duel;
  const lost = guessing(found);
  return (
    <div class="summaries">
      {found.length > 1 && <BudgetChart found={found} table="budget-table" />}
      {found.length > 1 && (
        <div class="verdicts" data-testid="budget-verdict">
          {
            /** @type {const} */ (['supervised', 'random']).map((rival) => (
              <p key={rival}>
                <Rich text={more.verdict(verdict(found, rival))} parts={NAMED} />
              </p>
            ))
          }
          {lost.length > 0 && <p>{more.guessing({ labels: lost })}</p>}
          <p class="note">{more.verdictNote({ seeds: Math.min(...found.map(({ seeds }) => seeds)) })}</p>
        </div>
      )}
      <DataTable
        id="budget-table"
        class="summary-table"
        kind="fits"
        label={words.label}
        caption={words.caption({ full: full.count, few: both ? few.count : null, data: dataTitle(latest.data) })}
        rows={found}
        keyOf={({ labels }) => labels}
        columns={[
          { key: 'labels', title: words.labels, number: true, cell: ({ labels }) => whole(labels) },
          { key: 'seeds', title: words.seeds, number: true, cell: (group) => group.seeds },
          ...ARMS.map((arm) => ({
            key: arm,
            title: RUN_TITLES[arm],
            number: true,
            cell: (/** @type {import('./statistics.js').Group} */ group) => (
              <>
                {best(group) === arm ? <b>{text(group.full[arm])}</b> : text(group.full[arm])}
                {both && <small>{text(group.few[arm])}</small>}
              </>
            ),
          })),
        ]}
      />
    </div>
  );
}

/** @typedef {import('../../components/data-table.jsx').Column<RunRow>} RunColumn */

/** What to sort by, for each column. @type {Record<string, (row: RunRow) => number | string>} */
const SORT_BY = {
  time: (row) => row.time,
  seed: (row) => Number(row.settings.seed),
  data: (row) => dataTitle(row.data),
  preset: (row) => row.settings.preset,
  task: (row) => taskOf(row.settings),
  labels: (row) => row.settings.labels,
  rotation: (row) => accuracy(row.rotation),
  ...forArms((arm) => (row) => accuracy(row.tests[arm].full)),
  epochs: (row) => row.epochs.pretext,
  signature: (row) => row.signature,
};

/** @returns {RunColumn[]} */
function columns() {
  const words = t.value.duel.runs;
  const titles = words.columns;
  return [
    { key: 'time', title: titles.time, cell: (row) => numberOf(row) },
    { key: 'seed', title: titles.seed, number: true, cell: (row) => row.settings.seed },
    { key: 'data', title: titles.data, class: 'run-data', cell: (row) => dataTitle(row.data) },
    { key: 'preset', title: titles.preset, cell: (row) => words.presets[row.settings.preset] },
    { key: 'task', title: titles.task, cell: (row) => t.value.common.tasks[taskOf(row.settings)].title },
    { key: 'labels', title: titles.labels, number: true, cell: (row) => whole(row.settings.labels) },
    { key: 'rotation', title: titles.rotation, number: true, cell: (row) => percent(accuracy(row.rotation), 2) },
    ...ARMS.map((arm) => ({
      key: arm,
      title: RUN_TITLES[arm],
      number: true,
      cell: (/** @type {RunRow} */ row) => percent(accuracy(row.tests[arm].full), 2),
    })),
    {
      key: 'epochs',
      title: titles.epochs,
      number: true,
      cell: ({ epochs }) => words.epochs({ rotation: epochs.pretext, arms: ARMS.map((arm) => epochs[arm]) }),
    },
    {
      key: 'signature',
      title: titles.signature,
      cell: (row) => <code title={row.command || undefined}>{row.signature}</code>,
    },
    {
      key: 'remove',
      title: <span class="visually-hidden">{titles.remove}</span>,
      cell: (row) => (
        <button
          type="button"
          class="button small"
          aria-label={words.remove({ run: numberOf(row) })}
          onClick={() => removeRuns([row.id])}
        >
          ×
        </button>
      ),
    },
  ];
}

/** Runs are counted from 1 in the order in which they ended. @param {RunRow} row */
const numberOf = (row) => 1 + runs.value.findIndex(({ id }) => id === row.id);
const order = signal({ key: 'time', down: false });

function RunTable() {
  const words = t.value.duel.runs;
  if (runs.value.length === 0) return <p class="note">{words.none}</p>;
  const { key, down } = order.value;
  const of = SORT_BY[key];
  const rows = [...runs.value].sort((a, b) => {
    const [x, y] = down ? [of(b), of(a)] : [of(a), of(b)];
    return x < y ? -1 : x > y ? 1 : 0;
  });
  return (
    <DataTable
      class="run-table"
      label={words.label}
      caption={words.caption}
      rows={rows}
      keyOf={({ id }) => id}
      columns={columns()}
      sorted={{ key, down, onSort: (next) => (order.value = { key: next, down: next === key ? !down : false }) }}
    />
  );
}
