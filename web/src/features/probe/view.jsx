// What the features are worth, by exact linear probes: accuracy over the number of labels, what can be said of it, and how
// it came about over the epochs.
import { useEffect, useRef } from 'preact/hooks';
import { DataTable } from '../../components/data-table.jsx';
import { Segments } from '../../components/field.jsx';
import { Fold } from '../../components/fold.jsx';
import { Plot } from '../../components/plot/plot.jsx';
import { seriesName } from '../../components/series-name.jsx';
import { term } from '../../components/term.jsx';
import { useInView } from '../../components/in-view.js';
import { taskOf } from '../../data/records.js';
import { kindKey } from '../../data/sources.js';
import { wordsOf } from '../../messages/faults.js';
import { dataTitle } from '../../messages/data-title.js';
import { percent, whole } from '../../messages/intl.js';
import { t } from '../../messages/messages.js';
import { Rich } from '../../messages/rich.jsx';
import { begun, dataInfo, experimentVersion, started } from '../../session/session.js';
import { wilson } from '../../shared/interval.js';
import { lead, summary } from '../../shared/lead.js';
import { readingOf } from '../../shared/paired.js';
import { ownRow, runs } from '../../shared/runs.js';
import { TASKS } from '../../shared/task.js';
import { settings } from '../../state/settings.js';
import { differences, earlierRuns } from './earlier.js';
import { Guess } from './guess.jsx';
import { budgetOf, settingOf, shareOf } from './reading.js';
import {
  along,
  budgets,
  chosen,
  comparisons,
  draws,
  drawsOpen,
  drawsWait,
  followProbes,
  problem,
  probes,
  seen,
  standing,
  supervisedLabels,
  truth,
  verdict,
} from './state.js';
import './probe.css';

/** @typedef {import('../../data/records.js').Features} Features */
/** @typedef {{ x: number, y: number, low: number, high: number, of: number }} Point */

/** @type {Record<Features, { colour: string, shape: 'disc' | 'square' | 'diamond' | 'triangle' }>} */
const LOOKS = {
  pretext: { colour: '--pretext', shape: 'disc' },
  untrained: { colour: '--random', shape: 'square' },
  pixels: { colour: '--pixels', shape: 'diamond' },
  supervised: { colour: '--supervised', shape: 'triangle' },
};
const FEATURES = /** @type {Features[]} */ (Object.keys(LOOKS));
/** As many as there are pretext tasks: they are run together (features/tasks). */
const MOST_EARLIER = TASKS.length;
/** Columns of the table that leave room beside it. */
const MOST_BESIDE = 5;
const EARLIER_SHAPES = /** @type {const} */ (['disc', 'square', 'diamond', 'triangle', 'wedge']);

/** Names of series in sentences, in their colours. */
const NAMED = Object.fromEntries(FEATURES.map((features) => [features, seriesName(LOOKS[features].colour)]));

/** @param {number} x @param {number} right @param {number} of @returns {Point} */
function point(x, right, of) {
  const [low, high] = wilson(right, of);
  return { x, y: right / of, low, high, of };
}

/** @param {Point} at */
const said = ({ y, low, high }) => t.value.probe.value({ accuracy: y, low, high });

/** From a round value below all to one above all. @param {readonly Point[]} points @returns {[number, number]} */
function around(points) {
  const low = Math.max(0, Math.floor(10 * Math.min(...points.map((at) => at.low))) / 10);
  const high = Math.min(1, Math.ceil(10 * Math.max(...points.map((at) => at.high))) / 10);
  return [low, high > low ? high : low + 0.1];
}

export function Probe() {
  const place = useRef(/** @type {HTMLDivElement | null} */ (null));
  const inView = useInView(place);
  useEffect(followProbes, []);
  useEffect(() => {
    seen.value = inView;
    return () => void (seen.value = false);
  }, [inView]);
  const words = t.value.probe;
  const fault = problem.value;
  const series = curves();
  // A table of many runs needs the whole width.
  const wide = series.length > MOST_BESIDE;
  const table = (
    // The chart refers to it, also while the table is not made.
    <div id="probe-table-place">
      <Fold plain title={words.table.fold}>
        <Figures series={series} />
      </Fold>
    </div>
  );
  const notes = (
    <div class="probe-notes">
      <OtherLabels />
      <SmallPrint />
    </div>
  );
  return (
    <div ref={place} class="card probe">
      <div class="probe-choice">
        <span class="probe-label" aria-hidden="true">
          {words.choice}
        </span>
        <Segments
          label={words.choice}
          property="probeLabels"
          choices={budgets.value.map((labels) => /** @type {const} */ ([String(labels), whole(labels)]))}
          value={String(chosen.value)}
          onChoose={(labels) => (settings.probeLabels.value = settingOf(Number(labels)))}
        />
      </div>
      <Guess />
      <Verdict />
      {fault && (
        <p class="note error" role="alert">
          {words.failed({ why: wordsOf(fault) })}
        </p>
      )}
      <div class="probe-figures">
        <div class="probe-main">
          <OverLabels series={series} />
          {!wide && table}
        </div>
        <div class="probe-side">
          <Reading />
          <Fold plain title={words.epochs.fold}>
            <OverEpochs />
          </Fold>
          {!wide && notes}
        </div>
      </div>
      {wide && table}
      {wide && notes}
    </div>
  );
}

/** Who leads, in a sentence. */
function Verdict() {
  const words = t.value.probe;
  const [found, labels, task] = [verdict.value, chosen.value, taskOf(started.value)];
  const untrained = shareOf(probes.value, 'untrained', labels);
  const pixels = shareOf(probes.value, 'pixels', labels);
  const about = { kind: kindKey.value, labels, task };
  let text = words.waiting;
  if (!probes.value.pretext && untrained && pixels) {
    text = words.before({ ...about, of: truth.value.length, begun: begun.value, untrained, pixels });
  } else if (found.code === 'leads') text = words.leads({ ...about, ...found, ...found.difference });
  else if (found.code === 'level') text = words.level({ ...about, ...found });
  return (
    <p class="probe-verdict" data-testid="probe-verdict">
      <Rich text={text} parts={NAMED} />
    </p>
  );
}

/** The curves over labels, of this run and of those before it. */
function curves() {
  const words = t.value.probe;
  const task = taskOf(started.value);
  const now = FEATURES.flatMap((features) => {
    const list = probes.value[features];
    return list
      ? [
          {
            ...LOOKS[features],
            label: words.series[features]({ task }),
            dashed: features === 'supervised' && supervisedLabels.value > budgets.value[0],
            earlier: false,
            points: list.map(({ labels, right, of }) => point(labels, right, of)),
          },
        ]
      : [];
  });
  return now.length > 0 ? [...now, ...earlier()] : [];
}
/** @typedef {ReturnType<typeof curves>} Curves */

/** Accuracy over labels. @param {{ series: Curves }} props */
function OverLabels({ series }) {
  const words = t.value.probe;
  const all = series.flatMap(({ points }) => points);
  if (all.length === 0) return <p class="probe-empty note">{words.waiting}</p>;
  const labels = [...new Set([...budgets.value, ...all.map(({ x }) => x)])].sort((a, b) => a - b);
  return (
    <Plot
      class="probe-chart"
      title={words.chart.title}
      name={words.chart.name}
      hint={words.chart.hint}
      details="probe-table-place"
      ratio={0.62}
      series={series}
      rest={chosen.value}
      x={{
        kind: 'log',
        domain: [labels[0], labels[labels.length - 1]],
        ticks: labels,
        write: whole,
        title: words.chart.axis,
      }}
      y={{ domain: around(all), write: (accuracy) => percent(accuracy, 0) }}
      where={(at) => words.chart.at({ labels: at })}
      write={said}
    />
  );
}

/** Curves of earlier runs. */
function earlier() {
  const words = t.value.probe;
  const [plan, info] = [started.value, dataInfo.value];
  if (!plan || !info) return [];
  const own = ownRow.value.of === experimentVersion.value ? ownRow.value.id : '';
  const present = { settings: plan, data: info.source, train: info.train };
  return earlierRuns(runs.value, own, MOST_EARLIER).map(({ row, number }, i) => {
    const { labels, of, right } = /** @type {import('../../data/records.js').RunProbes} */ (row.probes);
    const pretext = /** @type {number[]} */ (right.pretext);
    return {
      label: words.run({ number, differences: differences(row, present) }),
      colour: '--edge',
      shape: EARLIER_SHAPES[i % EARLIER_SHAPES.length],
      earlier: true,
      dashed: false,
      points: labels.map((each, place) => point(each, pretext[place], of)),
    };
  });
}

/** The same in figures. @param {{ series: Curves }} props */
function Figures({ series }) {
  if (series.length === 0) return null;
  const words = t.value.probe;
  const rows = [...new Set(series.flatMap(({ points }) => points.map(({ x }) => x)))].sort((a, b) => a - b);
  const of = series[0].points[0]?.of ?? 0;
  return (
    <DataTable
      id="probe-table"
      class="probe-table"
      kind="fits"
      label={words.table.label}
      caption={words.table.caption({ of, source: dataTitle(dataInfo.value?.source) })}
      rows={rows}
      keyOf={(labels) => labels}
      rowClass={(labels) => (labels === chosen.value ? 'chosen' : undefined)}
      columns={[
        { key: 'labels', title: words.table.labels, number: true, cell: (labels) => whole(labels) },
        ...series.map(({ label, points }) => ({
          key: label,
          title: label,
          number: true,
          cell: (/** @type {number} */ labels) => {
            const at = points.find(({ x }) => x === labels);
            if (!at) return '–';
            return (
              <>
                {percent(at.y, 2)}
                <small>{words.interval(at)}</small>
              </>
            );
          },
        })),
      ]}
    />
  );
}

/** What the pretext task taught, against each of the others. */
function Reading() {
  const words = t.value.probe;
  const [labels, task] = [chosen.value, taskOf(started.value)];
  if (comparisons.value.length === 0) return null;
  return (
    <ul class="probe-reading" data-testid="probe-reading">
      {comparisons.value.map(({ other, code, difference }) => (
        <li key={other} data-other={other} data-code={code}>
          <Rich
            text={words.against[code]({ labels, task, other, supervised: supervisedLabels.value, ...difference })}
            parts={NAMED}
          />
        </li>
      ))}
    </ul>
  );
}

/** Accuracy at the chosen number of labels while the pretext task trains. */
function OverEpochs() {
  const words = t.value.probe;
  const labels = chosen.value;
  const points = along.value.map(({ at, right, of }) => point(at, right, of));
  if (points.length === 0) return null;
  const level = (/** @type {Features} */ features) => {
    const budget = budgetOf(probes.value, features, labels);
    const { colour } = LOOKS[features];
    return budget
      ? [
          {
            label: words.series[features]({ task: taskOf(started.value) }),
            colour,
            plain: true,
            dashed: true,
            points: points
              .map(({ x }) => point(x, budget.right, budget.of))
              .map(({ low: _l, high: _h, ...rest }) => rest),
          },
        ]
      : [];
  };
  const levels = [...level('untrained'), ...level('pixels')];
  const line = {
    label: words.series.pretext({ task: taskOf(started.value) }),
    colour: LOOKS.pretext.colour,
    plain: true,
    // Intervals of so many points would hide the line; they are read, and stand in the table above.
    points: points.map(({ low: _low, high: _high, ...rest }) => rest),
  };
  const [first, last] = [points[0], points[points.length - 1]];
  return (
    <>
      <Plot
        class="probe-epochs"
        title={words.epochs.title({ labels })}
        name={words.epochs.name({ labels })}
        hint={words.epochs.hint}
        ratio={0.45}
        series={[line, ...levels]}
        x={{
          domain: [0, Math.max(1, started.value?.pretext.epochs ?? 1, points[points.length - 1].x)],
          title: words.epochs.axis,
        }}
        y={{
          domain: around(
            points.concat(
              levels.flatMap(({ points: all }) => all.map(({ x, y, of }) => point(x, Math.round(y * of), of))),
            ),
          ),
          write: (accuracy) => percent(accuracy, 0),
        }}
        where={(epoch) => words.epochs.at({ epoch })}
        write={({ y, of }) => said(point(0, Math.round(y * of), of))}
      />
      {points.length > 1 && (
        <p class="note" data-testid="probe-epochs-claim">
          {words.epochs.claim({
            ...{ labels, first: first.y, last: last.y },
            from: words.epochs.at({ epoch: first.x }),
            to: words.epochs.at({ epoch: last.x }),
          })}
        </p>
      )}
    </>
  );
}

/** The same with other labelled images, when somebody asks. */
function OtherLabels() {
  const words = t.value.probe.draws;
  const [labels, found] = [chosen.value, draws.value];
  if (!probes.value.pretext) return null;
  let text = drawsWait.value && !found ? words.waits : words.asking;
  if (found && found.pairs.length < 2) text = words.single({ labels });
  else if (found) {
    const { pairs } = found;
    const [own, other] = [summary(pairs.map((pair) => pair.own)), summary(pairs.map((pair) => pair.other))];
    const ahead = lead(pairs);
    const won = pairs.filter((pair) => pair.own > pair.other).length;
    text = words.found({
      ...{ labels, task: taskOf(started.value), sets: pairs.length, won, code: readingOf(ahead), ...ahead },
      own: { mean: own.mean, deviation: own.deviation ?? 0 },
      other: { mean: other.mean, deviation: other.deviation ?? 0 },
    });
  }
  return (
    <details
      class="probe-draws"
      open={drawsOpen.value}
      onToggle={(event) => (drawsOpen.value = event.currentTarget.open)}
    >
      <summary>{words.title}</summary>
      {drawsOpen.value && (
        <p data-testid="probe-draws">
          <Rich text={text} parts={NAMED} />
        </p>
      )}
    </details>
  );
}

/** What the figures are, and what they are not. */
function SmallPrint() {
  const words = t.value.probe;
  const of = truth.value.length;
  const at = standing.value;
  const task = taskOf(started.value);
  return (
    <div class="note probe-small">
      {of > 0 && (
        <p>
          <Rich
            text={words.small.interval({ of, labels: chosen.value, source: dataTitle(dataInfo.value?.source) })}
            parts={{ term }}
          />
        </p>
      )}
      {at && (
        <p data-testid="probe-standing">
          {at.over
            ? words.small.last({ task, epochs: at.epoch })
            : words.small.live({ task, epoch: at.epoch, step: at.step })}
        </p>
      )}
      <p>
        {probes.value.supervised
          ? words.small.supervised({ labels: supervisedLabels.value })
          : words.small.noSupervised}
      </p>
      <details>
        <summary>{words.small.how}</summary>
        <p>
          <Rich text={words.small.what} parts={{ term }} />
        </p>
      </details>
    </div>
  );
}
