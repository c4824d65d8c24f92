// Which question teaches most: all pretext tasks with one button, in one chart and one table.
import { DataTable } from '../../components/data-table.jsx';
import { Field } from '../../components/field.jsx';
import { Plot } from '../../components/plot/plot.jsx';
import { dataTitle } from '../../messages/data-title.js';
import { percent, whole } from '../../messages/intl.js';
import { t } from '../../messages/messages.js';
import { RUN_TITLES, stage } from '../../session/session.js';
import { compared, removeComparison } from '../../shared/comparison.js';
import { removeRuns } from '../../shared/runs.js';
import { canOpenSecond } from '../../shared/second-engine.js';
import { WorkLine } from '../../shared/work-line.jsx';
import { settings } from '../../state/settings.js';
import { DEFAULT, differences, verdicts } from './compare.js';
import { fault, going, runAll, stop } from './state.js';
import './tasks.css';

/** @typedef {import('../../data/records.js').TaskRow} TaskRow */

/** @type {Record<TaskRow['task'], { colour: string, shape: keyof typeof import('../../components/plot/paths.js').SHAPES }>} */
const LOOKS = {
  untrained: { colour: '--random', shape: 'square' },
  turns: { colour: '--pretext', shape: 'disc' },
  mirrors: { colour: '--digit-1', shape: 'triangle' },
  turns_mirrors: { colour: '--digit-6', shape: 'diamond' },
  jigsaw: { colour: '--digit-7', shape: 'wedge' },
  shuffles: { colour: '--digit-0', shape: 'bar' },
};

/** @param {TaskRow['task']} task */
const titleOf = (task) => (task === 'untrained' ? t.value.tasks.untrained : t.value.common.tasks[task].title);

export function Tasks() {
  const words = t.value.tasks;
  const now = going.value;
  return (
    <div class="card tasks">
      <div class="tasks-tools">
        <div class="tasks-question">
          <Field name="task" />
        </div>
        <button
          type="button"
          class="button"
          disabled={!canOpenSecond.value || now !== null}
          onClick={() => void runAll()}
        >
          {words.run}
        </button>
        {now && (
          <button type="button" class="button" onClick={stop}>
            {words.stop}
          </button>
        )}
      </div>
      <WorkLine
        share={now && (now.standing?.share ?? 0)}
        name={words.progress}
        idle={
          stage.value === 'running'
            ? words.waits
            : words.note({ epochs: settings.epochs.value, seed: settings.seed.value })
        }
        fault={fault.value}
      >
        {now && standingWords()}
      </WorkLine>
      <Results />
    </div>
  );
}

function standingWords() {
  const words = t.value.tasks;
  const standing = going.value?.standing;
  if (!standing) return words.opening;
  const { task, place, of, at } = standing;
  const title = titleOf(task);
  // The pretext run of this task has the task's own name.
  return at
    ? words.at({ title, place, of, ...at, run: at.run === 'pretext' ? title : RUN_TITLES[at.run] })
    : words.reading({ title, place, of });
}

function Results() {
  const found = compared.value;
  const words = t.value.tasks;
  if (!found) return null;
  const { rows, truth, made } = found;
  const budgets = rows[0].budgets.map(({ labels }) => labels);
  const series = rows.map(({ task, budgets: read }) => ({
    label: titleOf(task),
    ...LOOKS[task],
    dashed: task === 'untrained',
    points: read.map(({ labels, accuracy, low, high }) => ({ x: labels, y: accuracy, low, high })),
  }));
  const all = series.flatMap(({ points }) => points);
  const low = Math.max(0, Math.floor(10 * Math.min(...all.map((point) => point.low))) / 10);
  const high = Math.min(1, Math.ceil(10 * Math.max(...all.map((point) => point.high))) / 10);
  const clear = verdicts(rows, truth);
  const comparable = rows.length > 1 && rows.some(({ task }) => task === DEFAULT);
  return (
    <div class="tasks-results">
      <Plot
        class="tasks-chart"
        title={words.chart.title}
        name={words.chart.name}
        hint={words.chart.hint}
        details="tasks-table"
        series={series}
        x={{
          kind: 'log',
          domain: [budgets[0], Math.max(budgets[budgets.length - 1], budgets[0] + 1)],
          ticks: budgets,
          write: whole,
          title: words.chart.axis,
        }}
        y={{ domain: [low, high > low ? high : low + 0.1], write: (share) => percent(share, 0) }}
        where={(labels) => words.chart.at({ labels })}
        write={(point) => words.chart.value({ accuracy: point.y, low: point.low, high: point.high })}
      />
      <div class="tasks-verdict" data-testid="tasks-verdict">
        {clear.map(({ task, reading, labels }) => (
          <p key={`${task}/${reading}`}>{words.verdict[reading]({ title: titleOf(task), labels })}</p>
        ))}
        {comparable && <p class="note">{words.verdict.level}</p>}
      </div>
      <DataTable
        id="tasks-table"
        class="tasks-table"
        label={words.table.label}
        rows={rows}
        keyOf={({ task }) => task}
        columns={[
          { key: 'task', title: words.table.question, cell: ({ task }) => titleOf(task) },
          {
            key: 'answers',
            title: words.table.answers,
            number: true,
            cell: ({ answers }) => (answers > 0 ? whole(answers) : '–'),
          },
          {
            key: 'pretext',
            title: words.table.pretext,
            number: true,
            cell: ({ pretext }) => (pretext ? percent(pretext.correct / pretext.count) : '–'),
          },
          ...budgets.map((labels, i) => ({
            key: String(labels),
            title: words.table.at({ labels }),
            number: true,
            cell: (/** @type {TaskRow} */ row) => {
              const budget = row.budgets[i];
              const difference = differences(row, rows, truth)[i];
              return (
                <>
                  {percent(budget.accuracy)}
                  <small>{words.table.interval(budget)}</small>
                  {difference && <small>{words.table.difference(difference)}</small>}
                </>
              );
            },
          })),
          {
            key: 'remove',
            title: <span class="visually-hidden">{words.table.remove}</span>,
            cell: ({ run, task }) =>
              run !== '' && (
                <button
                  type="button"
                  class="button small"
                  aria-label={words.table.removeOne({ title: titleOf(task) })}
                  onClick={() => removeRuns([run])}
                >
                  ×
                </button>
              ),
          },
        ]}
      />
      <p class="note">
        {words.table.caption} {words.made({ ...made, source: dataTitle(made.source) })}
      </p>
      <p>
        <button type="button" class="button" disabled={going.value !== null} onClick={removeComparison}>
          {words.removeAll}
        </button>
      </p>
    </div>
  );
}
