// Loss and accuracy of one or several runs, side by side.
import { useComputed } from '@preact/signals';
import { Chart } from '../components/chart.jsx';
import { Field } from '../components/field.jsx';
import { curveData } from '../components/curve-data.js';
import { loss, percent, plain } from '../messages/intl.js';
import { t } from '../messages/messages.js';
import { RUN_TITLES, history, started, trace } from '../session/session.js';
import { settings } from '../state/settings.js';
import './curves.css';

/** @typedef {import('../engine/types').Run} Run */

/** @type {Record<Run, string>} */
export const RUN_COLOURS = {
  pretext: '--pretext',
  self_supervised: '--self-supervised',
  random: '--random',
  supervised: '--supervised',
};

/** @type {import('../session/session.js').RunTrace} */
const NO_TRACE = { run: 'pretext', points: [] };

/** @param {number} low */
const accuracyRange = (low) =>
  /** @type {[number, number]} */ ([Math.max(0, Math.min(0.8, Math.floor(low * 10 - 0.2) / 10)), 1]);

/**
 * @param {{ runs: readonly Run[], chance: number, validated?: boolean, sync: string, place?: (epoch: number) => string,
 *   marks?: Partial<Record<Run, number>> }} props
 *   `chance`: accuracy of guessing; `place`: a point of the epoch axis in words; `marks`: epochs after which early
 *   stopping ended a run
 */
export function Curves({ runs, chance, validated = false, sync, place, marks = {} }) {
  const plan = started.value;
  const xMax = Math.max(
    1,
    ...runs.map((run) => (run === 'pretext' ? plan?.pretext.epochs : plan?.arms[run].epochs) ?? 1),
  );
  // A trace of some other run must not redraw these charts: its place is taken by one and the same empty list.
  const mine = useComputed(() => (runs.includes(trace.value.run) ? trace.value : NO_TRACE));
  const source = useComputed(() =>
    runs.map((run) => ({
      epochs: history[run].value,
      trace: mine.value.run === run ? mine.value.points : NO_TRACE.points,
    })),
  );
  const lossData = useComputed(() => curveData(source.value, 'loss', validated, settings.smoothing.value));
  const accuracyData = useComputed(() => curveData(source.value, 'accuracy', validated, settings.smoothing.value));
  const words = t.value.components.curves;
  /** @type {import('../components/chart.jsx').Series[]} */
  const series = runs.flatMap((run) => {
    const [colour, title] = [RUN_COLOURS[run], validated ? RUN_TITLES[run] : words.training];
    return [
      { label: title, colour, mark: marks[run] },
      ...(validated ? [{ label: words.validation({ title }), colour, dashed: true, quiet: true }] : []),
      { label: words.within({ title }), colour, faint: true, quiet: true },
    ];
  });
  return (
    <div class="curves">
      <div class="curves-tools">
        <Field name="log" />
        <Field name="smoothing" />
        {settings.smoothing.value > 0 && <span class="key">{words.thin}</span>}
        {validated && <span class="key">{Object.keys(marks).length > 0 ? words.linesAndRing : words.lines}</span>}
      </div>
      <div class="chart-pair">
        <Chart
          title={words.loss}
          xTitle={words.epoch}
          series={series}
          data={lossData.value}
          log={settings.log.value}
          xMax={xMax}
          write={loss}
          writeTick={(value) => plain(Number(value.toPrecision(2)))}
          sync={sync}
          place={place}
        />
        <Chart
          title={words.accuracy}
          xTitle={words.epoch}
          series={series}
          data={accuracyData.value}
          xMax={xMax}
          write={(value) => percent(value)}
          writeTick={(value) => percent(value, 0)}
          range={accuracyRange}
          level={{ at: chance, text: words.guessing }}
          sync={sync}
          place={place}
        />
      </div>
    </div>
  );
}
