// More than one run: repeats over seeds, the sweep over label budgets, and the table of all runs.
import { signal } from '@preact/signals';
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
      <div class="table-room" tabIndex={0} role="region" aria-label="Mean and standard deviation">
        <table id="budget-table" class="summary-table fits">
          <caption>
            Test accuracy on {whole(latest.tests.random.full.count)} images: mean ± standard deviation over the seeds,
            in percent{both ? `; below it the same on ${whole(latest.tests.random.few.count)}` : ''}. Data:{' '}
            {latest.data}.
          </caption>
          <thead>
            <tr>
              <th scope="col" class="number">
                Labels
              </th>
              <th scope="col" class="number">
                Seeds
              </th>
              {ARMS.map((arm) => (
                <th key={arm} scope="col" class="number">
                  {RUN_TITLES[arm]}
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {found.map((group) => (
              <tr key={group.labels}>
                <th scope="row" class="number">
                  {whole(group.labels)}
                </th>
                <td class="number">{group.seeds}</td>
                {ARMS.map((arm) => (
                  <td key={arm} class="number">
                    {best(group) === arm ? <b>{text(group.full[arm])}</b> : text(group.full[arm])}
                    {both && <small>{text(group.few[arm])}</small>}
                  </td>
                ))}
              </tr>
            ))}
          </tbody>
        </table>
      </div>
    </div>
  );
}

/** @type {[string, string, (row: RunRow) => number | string][]} key, heading, what to sort by */
const COLUMNS = [
  ['time', 'Run', (row) => row.time],
  ['seed', 'Seed', (row) => Number(row.settings.seed)],
  ['data', 'Data', (row) => row.data],
  ['preset', 'Pixels', (row) => row.settings.preset],
  ['labels', 'Labels', (row) => row.settings.labels],
  ['rotation', 'Rotation', (row) => accuracy(row.rotation)],
  ...ARMS.map(
    (arm) =>
      /** @type {[string, string, (row: RunRow) => number]} */ ([
        arm,
        RUN_TITLES[arm],
        (row) => accuracy(row.tests[arm].full),
      ]),
  ),
  ['epochs', 'Epochs', (row) => row.epochs.pretext],
  ['signature', 'Signature', (row) => row.signature],
];
const order = signal({ key: 'time', down: false });

function RunTable() {
  if (runs.value.length === 0) return <p class="note">Finished runs are listed here.</p>;
  const { key, down } = order.value;
  const by = /** @type {(typeof COLUMNS)[number]} */ (COLUMNS.find(([name]) => name === key))[2];
  const number = new Map(runs.value.map((row, i) => [row.id, i + 1]));
  const rows = [...runs.value].sort((a, b) => {
    const [x, y] = down ? [by(b), by(a)] : [by(a), by(b)];
    return x < y ? -1 : x > y ? 1 : 0;
  });
  return (
    <div class="table-room" tabIndex={0} role="region" aria-label="All runs of this visit">
      <table class="run-table">
        <caption>
          All runs of this visit. Accuracies are those on the whole test set; epochs: rotation, then the three readers.
        </caption>
        <thead>
          <tr>
            {COLUMNS.map(([name, title]) => (
              <th key={name} scope="col" aria-sort={name === key ? (down ? 'descending' : 'ascending') : undefined}>
                <button
                  type="button"
                  class="sort"
                  onClick={() => (order.value = { key: name, down: name === key ? !down : false })}
                >
                  {title}
                  <span aria-hidden="true">{name === key ? (down ? ' ↓' : ' ↑') : ''}</span>
                </button>
              </th>
            ))}
            <th scope="col">
              <span class="visually-hidden">Remove</span>
            </th>
          </tr>
        </thead>
        <tbody>
          {rows.map((row) => (
            <tr key={row.id}>
              <th scope="row">{number.get(row.id)}</th>
              <td class="number">{row.settings.seed}</td>
              <td>{row.data}</td>
              <td>{row.settings.preset === 'unit' ? '0 to 1' : '0 to 255'}</td>
              <td class="number">{whole(row.settings.labels)}</td>
              <td class="number">{percent(accuracy(row.rotation), 2)}</td>
              {ARMS.map((arm) => (
                <td key={arm} class="number">
                  {percent(accuracy(row.tests[arm].full), 2)}
                </td>
              ))}
              <td class="number">
                {row.epochs.pretext} + {ARMS.map((arm) => row.epochs[arm]).join(', ')}
              </td>
              <td>
                <code title={row.command || undefined}>{row.signature}</code>
              </td>
              <td>
                <button
                  type="button"
                  class="button small"
                  aria-label={`Remove run ${number.get(row.id)}`}
                  onClick={() => removeRun(row.id)}
                >
                  ×
                </button>
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}
