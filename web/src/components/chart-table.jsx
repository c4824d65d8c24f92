// What a chart shows, as a table: made only while it is open, or on paper.
import { useState } from 'preact/hooks';
import { printing } from '../state/printing.js';

/**
 * @param {{ title: string, xTitle: string, series: import('./chart.jsx').Series[], data: import('uplot').AlignedData,
 *   write: (value: number) => string }} props
 */
export function ChartTable({ title, xTitle, series, data, write }) {
  const [asked, setAsked] = useState(false);
  const open = asked || printing.value;
  // Running means inside an epoch are for the eye only.
  const columns = series
    .map(({ label, faint }, i) => ({ label, values: data[i + 1] ?? [], faint }))
    .filter(({ faint }) => !faint);
  const rows = open
    ? [...data[0].keys()].filter((i) => columns.some(({ values }) => values[i] !== null && values[i] !== undefined))
    : [];
  return (
    <details
      class="chart-table"
      open={open}
      onToggle={(event) => !printing.peek() && setAsked(event.currentTarget.open)}
    >
      <summary>Table of {title.toLowerCase()}</summary>
      {open && (
        <div class="table-room" role="group" aria-label={`Table of ${title.toLowerCase()}`} tabIndex={0}>
          <table class="narrow">
            <thead>
              <tr>
                <th scope="col">{xTitle}</th>
                {columns.map(({ label }) => (
                  <th key={label} scope="col" class="number">
                    {label}
                  </th>
                ))}
              </tr>
            </thead>
            <tbody>
              {rows.map((i) => (
                <tr key={i}>
                  <th scope="row">{Number(data[0][i].toFixed(2))}</th>
                  {columns.map(({ label, values }) => (
                    <td key={label} class="number">
                      {typeof values[i] === 'number' ? write(values[i]) : ''}
                    </td>
                  ))}
                </tr>
              ))}
            </tbody>
          </table>
          {rows.length === 0 && <p class="note">Nothing yet: train first.</p>}
        </div>
      )}
    </details>
  );
}
