// More than one run: repeats over seeds, the sweep over label budgets, and the table of all runs.
import { signal } from '@preact/signals';
import { DataTable } from '../../components/data-table.jsx';
import { Field } from '../../components/field.jsx';
import { Fold } from '../../components/fold.jsx';
import { percent, whole } from '../../components/format.js';
import { ARMS, RUN_TITLES, dataInfo, stage } from '../../session/session.js';
import { settings } from '../../state/settings.js';
import { BudgetChart, text } from './budget-chart.jsx';
import { accuracy, removeRun, runs } from '../../shared/runs.js';
import { best, configuration, groups, verdict } from './statistics.js';
import { cancelStudy, runStudy, study, studyProblem } from './study.js';
import './more-runs.css';

/** @typedef {import('../../shared/runs.js').RunRow} RunRow */

export function MoreRuns() {
  const first = settings.seed.value;
  const seeds = Array.from({ length: settings.repeats.value }, (_, i) => first + i);
  const ready = dataInfo.value !== null && !['opening', 'loading', 'running', 'broken'].includes(stage.value);
  const seedText = seeds.length === 1 ? `seed ${first}` : `seeds ${first} to ${seeds[seeds.length - 1]}`;
  return (
    <Fold class="card more-runs" title="One run is one throw of the dice">
      <p>
        Other seeds give other weights and other numbers. Repeat the run to see how far they spread, and vary the labels
        to see where self-supervision pays. A second engine does it; the run above stays as it is.
      </p>
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
            Repeat with {seedText}
          </button>
          <button
            type="button"
            class="button"
            disabled={!ready || study.value !== null}
            onClick={() => void runStudy({ seeds, budgets: settings.budgets.value })}
          >
            Sweep the label budgets
          </button>
          {study.value && (
            <button type="button" class="button" onClick={cancelStudy}>
              Cancel
            </button>
          )}
        </div>
      </div>
      <div class="study-line">
        {study.value ? (
          <>
            <progress value={study.value.share} aria-label="Progress of the runs" />
            <span>{study.value.text}</span>
          </>
        ) : (
          <span class="note">
            {stage.value === 'running' ? 'Waits until the run above has ended or is paused.' : ''}
          </span>
        )}
        {studyProblem.value && (
          <span class="note error" role="alert">
            {studyProblem.value}
          </span>
        )}
      </div>
      <Summaries />
      <RunTable />
    </Fold>
  );
}

/** Runs like the latest one, put together by their labels. */
function Summaries() {
  const latest = runs.value[runs.value.length - 1];
  if (!latest) return null;
  const found = groups(runs.value, configuration(latest));
  if (found.length === 1 && found[0].seeds === 1) return null;
  const both = latest.tests.random.few.count !== latest.tests.random.full.count;
  return (
    <div class="summaries">
      {found.length > 1 && <BudgetChart found={found} table="budget-table" />}
      {found.length > 1 && <p class="verdict">{verdict(found)}</p>}
      <DataTable
        id="budget-table"
        class="summary-table"
        kind="fits"
        label="Mean and standard deviation"
        caption={
          <>
            Test accuracy on {whole(latest.tests.random.full.count)} images: mean ± standard deviation over the seeds,
            in percent{both ? `; below it the same on ${whole(latest.tests.random.few.count)}` : ''}. Data:{' '}
            {latest.data}.
          </>
        }
        rows={found}
        keyOf={({ labels }) => labels}
        columns={[
          { key: 'labels', title: 'Labels', number: true, cell: ({ labels }) => whole(labels) },
          { key: 'seeds', title: 'Seeds', number: true, cell: (group) => group.seeds },
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

/**
 * `of`: what to sort by.
 * @type {(import('../../components/data-table.jsx').Column<RunRow> & { of: (row: RunRow) => number | string })[]}
 */
const COLUMNS = [
  { key: 'time', title: 'Run', of: (row) => row.time, cell: (row) => numberOf(row) },
  {
    key: 'seed',
    title: 'Seed',
    number: true,
    of: (row) => Number(row.settings.seed),
    cell: (row) => row.settings.seed,
  },
  { key: 'data', title: 'Data', class: 'run-data', of: (row) => row.data, cell: (row) => row.data },
  {
    key: 'preset',
    title: 'Pixels',
    of: (row) => row.settings.preset,
    cell: (row) => (row.settings.preset === 'unit' ? '0 to 1' : '0 to 255'),
  },
  {
    key: 'labels',
    title: 'Labels',
    number: true,
    of: (row) => row.settings.labels,
    cell: (row) => whole(row.settings.labels),
  },
  {
    key: 'rotation',
    title: 'Rotation',
    number: true,
    of: (row) => accuracy(row.rotation),
    cell: (row) => percent(accuracy(row.rotation), 2),
  },
  ...ARMS.map((arm) => ({
    key: arm,
    title: RUN_TITLES[arm],
    number: true,
    of: (/** @type {RunRow} */ row) => accuracy(row.tests[arm].full),
    cell: (/** @type {RunRow} */ row) => percent(accuracy(row.tests[arm].full), 2),
  })),
  {
    key: 'epochs',
    title: 'Epochs',
    number: true,
    of: (row) => row.epochs.pretext,
    cell: (row) => `${row.epochs.pretext} + ${ARMS.map((arm) => row.epochs[arm]).join(', ')}`,
  },
  {
    key: 'signature',
    title: 'Signature',
    of: (row) => row.signature,
    cell: (row) => <code title={row.command || undefined}>{row.signature}</code>,
  },
];
/** @type {import('../../components/data-table.jsx').Column<RunRow>} */
const REMOVE = {
  key: 'remove',
  title: <span class="visually-hidden">Remove</span>,
  cell: (row) => (
    <button
      type="button"
      class="button small"
      aria-label={`Remove run ${numberOf(row)}`}
      onClick={() => removeRun(row.id)}
    >
      ×
    </button>
  ),
};
/** Runs are counted from 1 in the order in which they ended. @param {RunRow} row */
const numberOf = (row) => 1 + runs.value.findIndex(({ id }) => id === row.id);
const order = signal({ key: 'time', down: false });

function RunTable() {
  if (runs.value.length === 0) return <p class="note">Finished runs are listed here.</p>;
  const { key, down } = order.value;
  const { of } = /** @type {(typeof COLUMNS)[number]} */ (COLUMNS.find((column) => column.key === key));
  const rows = [...runs.value].sort((a, b) => {
    const [x, y] = down ? [of(b), of(a)] : [of(a), of(b)];
    return x < y ? -1 : x > y ? 1 : 0;
  });
  return (
    <DataTable
      class="run-table"
      label="All runs of this visit"
      caption="All runs of this visit. Accuracies are those on the whole test set; epochs: rotation, then the three readers."
      rows={rows}
      keyOf={({ id }) => id}
      columns={[...COLUMNS, REMOVE]}
      sorted={{ key, down, onSort: (next) => (order.value = { key: next, down: next === key ? !down : false }) }}
    />
  );
}
