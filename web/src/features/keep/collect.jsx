// For teachers: many students' lines as one table.
import { useId, useState } from 'preact/hooks';
import { DataTable } from '../../components/data-table.jsx';
import { dataTitle } from '../../messages/data-title.js';
import { percent } from '../../messages/intl.js';
import { t } from '../../messages/messages.js';
import { download } from './download.js';
import { FIGURES, collect, contradictions, isOneExperiment, resultTable, spread } from './result-line.js';
import { csv } from './tables.js';
import './collect.css';

/** @typedef {import('./result-line.js').Collected} Collected */
/** @typedef {import('../../components/data-table.jsx').Column<Collected>} Column */

/** @param {number | null} share */
const shown = (share) => (share === null ? '–' : percent(share));

export function Collect() {
  const words = t.value.results;
  const id = useId();
  const [text, setText] = useState('');
  const { rows, refused } = collect(text);
  const contrary = contradictions(rows);
  return (
    <>
      <p class="note">{words.collectNote}</p>
      <label class="collect-label" for={id}>
        {words.paste}
      </label>
      <textarea
        id={id}
        class="keep-text of-code"
        rows={6}
        spellcheck={false}
        autocomplete="off"
        value={text}
        onInput={(event) => setText(event.currentTarget.value)}
      />
      <p class="note" role="status">
        {text.trim() !== '' && words.found({ results: rows.length, refused: refused.length })}
      </p>
      {refused.length + contrary.length > 0 && (
        <ul class="collect-faults" data-testid="collect-faults">
          {refused.map(({ line, who, fault }) => (
            <li key={`refused ${line}`}>{words.atLine({ line, who, why: faultWords(fault) })}</li>
          ))}
          {contrary.map(({ line, who, first }) => (
            <li key={`contrary ${line}`}>{words.atLine({ line, who, why: words.contradicts({ first }) })}</li>
          ))}
        </ul>
      )}
      {rows.length > 0 && <Results rows={rows} />}
    </>
  );
}

/** @param {import('./result-line.js').LineFault} fault */
function faultWords(fault) {
  const words = t.value.results.faults;
  switch (fault.code) {
    case 'otherVersion':
      return words.otherVersion(fault);
    case 'field':
      return words.field(fault);
    case 'twice':
      return words.twice(fault);
    default:
      return words[fault.code];
  }
}

/** @param {{ rows: Collected[] }} props */
function Results({ rows }) {
  const words = t.value.results;
  /** @param {keyof typeof FIGURES & keyof typeof words.columns} key @returns {Column} */
  const figure = (key) => ({
    key,
    title: words.columns[key],
    number: true,
    cell: ({ result }) => shown(FIGURES[key](result)),
  });
  const figures = /** @type {const} */ (['question', 'taught', 'untrained', 'self_supervised', 'random', 'supervised']);
  /** @type {Column[]} */
  const columns = [
    { key: 'who', title: words.columns.who, cell: ({ who, line }) => who || words.line({ line }) },
    { key: 'seed', title: words.columns.seed, number: true, cell: ({ result }) => result.seed },
    { key: 'task', title: words.columns.task, cell: ({ result }) => t.value.common.tasks[result.task].title },
    { key: 'labels', title: words.columns.labels, number: true, cell: ({ result }) => result.labels },
    { key: 'epochs', title: words.columns.epochs, number: true, cell: ({ result }) => result.pretext.epochs },
    ...figures.map(figure),
    {
      key: 'signature',
      title: words.columns.signature,
      cell: ({ result }) => (
        <code translate={false} title={dataTitle(result.data)}>
          {result.signature}
        </code>
      ),
    },
  ];
  const one = rows.length > 1 && isOneExperiment(rows);
  return (
    <>
      <DataTable
        rows={rows}
        columns={columns}
        keyOf={({ line }) => line}
        label={words.table}
        class="collect-table"
        footer={
          one
            ? [
                words.mean,
                ...columns.slice(1, -1 - figures.length).map(() => ''),
                ...figures.map((key) => {
                  const found = spread(rows, FIGURES[key]);
                  return found ? words.spread({ mean: found.mean, deviation: found.deviation ?? 0 }) : '–';
                }),
                '',
              ]
            : undefined
        }
      />
      {rows.length > 1 && !one && <p class="note">{words.noMean}</p>}
      <div class="keep-buttons">
        <button
          type="button"
          class="button small"
          onClick={() => download('quarterturn-results.csv', csv(resultTable(rows)), 'text/csv')}
        >
          {words.save}
        </button>
      </div>
    </>
  );
}
