// Accuracy against the number of labels, on a logarithmic axis: mean of the seeds, with the standard deviation as a bar.
import { RUN_COLOURS } from '../../shared/curves.jsx';
import { Plot } from '../../components/plot/plot.jsx';
import { percent, whole } from '../../messages/intl.js';
import { t } from '../../messages/messages.js';
import { ARMS, RUN_TITLES } from '../../session/session.js';

/** @typedef {import('./statistics.js').Group} Group */

const SHAPES = /** @type {const} */ ({ self_supervised: 'disc', random: 'square', supervised: 'triangle' });

/** @param {{ found: Group[], table: string }} props two groups at least; `table`: id of the table that has these figures */
export function BudgetChart({ found, table }) {
  const words = t.value.duel.chart;
  const series = ARMS.map((arm) => ({
    label: RUN_TITLES[arm],
    colour: RUN_COLOURS[arm],
    shape: SHAPES[arm],
    points: found.map(({ labels, full: { [arm]: summary } }) => {
      const { mean, deviation } = summary;
      const interval = deviation === null ? {} : { low: mean - deviation, high: mean + deviation };
      return { x: labels, y: mean, ...interval, summary };
    }),
  }));
  const edges = series.flatMap(({ points }) => points.flatMap(({ y, low = y, high = y }) => [low, high]));
  const low = Math.max(0, Math.floor(Math.min(...edges) * 10) / 10);
  const high = Math.min(1, Math.ceil(Math.max(...edges) * 10) / 10);
  const budgets = found.map(({ labels }) => labels);
  return (
    <Plot
      class="budget-chart"
      title={words.title}
      name={words.name}
      hint={words.hint}
      details={table}
      series={series}
      x={{
        kind: 'log',
        domain: [budgets[0], budgets[budgets.length - 1]],
        ticks: budgets,
        write: whole,
        title: words.axis,
      }}
      y={{ domain: [low, high > low ? high : low + 0.1], write: (share) => percent(share, 0) }}
      where={(labels) => words.at({ labels })}
      write={({ summary }) => text(summary)}
    />
  );
}

/** @param {import('./statistics.js').Summary} summary */
export const text = ({ mean, deviation }) =>
  deviation === null ? percent(mean, 2) : t.value.duel.spread({ mean, deviation });
