// How fast, measured here: speed-up by threads, one epoch against other libraries, and why.
import { DataTable } from '../../components/data-table.jsx';
import { Fold } from '../../components/fold.jsx';
import { Plot } from '../../components/plot/plot.jsx';
import { wordsOf } from '../../messages/faults.js';
import { fixed, percent, whole } from '../../messages/intl.js';
import { t } from '../../messages/messages.js';
import { Rich } from '../../messages/rich.jsx';
import { build, openSession, progress } from '../../session/session.js';
import { imagesPerSecond as trained } from '../../shared/speed.js';
import { task } from '../../shared/task.js';
import { isFixed, lesson, settings } from '../../state/settings.js';
import peers from './peers.json';
import { Reasons } from './reasons.jsx';
import { cancelMeasuring, measureThreads, measuring, mostThreads, speedProblem, speeds } from './state.js';
import './speed.css';

export function Speed() {
  return (
    <div class="speed">
      <Threads />
      <Peers />
      <Reasons />
    </div>
  );
}

function Threads() {
  const words = t.value.speed;
  const most = mostThreads();
  const running = build.value?.info.threads ?? 1;
  const now = measuring.value;
  return (
    <section class="speed-threads" aria-labelledby="threads-title">
      <h3 id="threads-title">{words.threads}</h3>
      {most === 1 && <p>{words.oneThread}</p>}
      {most > 1 && !lesson.hide.has('threads') && (
        <label class="threads-slider">
          <span>
            <Rich text={words.trainWith({ count: running, most })} parts={{ b: (inner) => <b>{inner}</b> }} />
          </span>
          <input
            type="range"
            min={1}
            max={most}
            value={running}
            disabled={now > 0 || isFixed('threads')}
            onChange={(event) => {
              settings.threads.value = Number(event.currentTarget.value);
              void openSession();
            }}
          />
        </label>
      )}
      <p class="note">{words.threadsNote}</p>
      <div class="speed-tools">
        {now > 0 ? (
          <button type="button" class="button" onClick={cancelMeasuring}>
            {words.cancel}
          </button>
        ) : (
          <button type="button" class="button" disabled={!build.value} onClick={() => void measureThreads()}>
            {words.measure}
          </button>
        )}
        <span class="note" role="status">
          {statusOf(most)}
        </span>
      </div>
      {speeds.value.length > 0 && <SpeedUp most={most} />}
    </section>
  );
}

/** @param {number} most threads */
function statusOf(most) {
  const words = t.value.speed;
  if (measuring.value > 0) return words.measuring({ now: measuring.value, most });
  if (speedProblem.value !== null) return wordsOf(speedProblem.value);
  return speeds.value.length > 0 ? '' : words.measureNote;
}

/** @param {{ most: number }} props */
function SpeedUp({ most }) {
  const words = t.value.speed;
  const first = speeds.value[0].imagesPerSecond;
  const counts = Array.from({ length: most }, (_, i) => i + 1);
  const fastest = Math.max(...speeds.value.map(({ imagesPerSecond }) => imagesPerSecond / first));
  const times = (/** @type {number} */ factor) => words.times({ factor, digits: 2 });
  return (
    <div class="speed-up">
      <Plot
        class="speed-chart"
        title={words.chart}
        name={words.chartName}
        hint={words.chartHint}
        details="speed-table"
        series={[
          {
            label: words.ideal,
            colour: '--edge',
            dashed: true,
            plain: true,
            quiet: true,
            points: counts.map((n) => ({ x: n, y: n })),
          },
          {
            label: '',
            colour: '--pretext',
            points: speeds.value.map(({ threads, imagesPerSecond }) => ({ x: threads, y: imagesPerSecond / first })),
          },
        ]}
        x={{ domain: [0.5, most + 0.5], ticks: counts }}
        y={{
          domain: [0, Math.max(most, fastest) + 0.3],
          ticks: counts,
          write: (factor) => words.times({ factor, digits: 0 }),
        }}
        where={(threads) => words.threadCount({ count: threads })}
        write={({ y }) => times(y)}
        ratio={0.64}
        single
      />
      <p class="note">
        {words.claim({
          count: speeds.value.find(({ imagesPerSecond }) => imagesPerSecond / first === fastest)?.threads ?? 1,
          factor: fastest,
        })}
      </p>
      <DataTable
        id="speed-table"
        kind="narrow"
        caption={words.table}
        quietCaption
        rows={speeds.value}
        keyOf={({ threads }) => threads}
        columns={[
          { key: 'threads', title: words.threads, cell: ({ threads }) => whole(threads) },
          {
            key: 'speed',
            title: words.imagesPerSecond,
            number: true,
            cell: ({ imagesPerSecond }) => whole(imagesPerSecond),
          },
          {
            key: 'factor',
            title: words.speedUp,
            number: true,
            cell: ({ imagesPerSecond }) => times(imagesPerSecond / first),
          },
          {
            key: 'ideal',
            title: words.ofIdeal,
            number: true,
            cell: ({ threads, imagesPerSecond }) => percent(imagesPerSecond / first / threads, 0),
          },
        ]}
      />
    </div>
  );
}

/** What this machine does here: measured, or as the run under way reports it; `how`: a key of the messages. */
function here() {
  const best = speeds.value.reduce(
    (most, speed) => (speed.imagesPerSecond > (most?.imagesPerSecond ?? 0) ? speed : most),
    /** @type {import('./state.js').Speed | null} */ (null),
  );
  if (best) return { ...best, how: /** @type {const} */ ('measured') };
  const threads = build.value?.info.threads ?? 1;
  const now = progress.value;
  if (now?.phase === 'pretext' && now.imagesPerSecond > 0) {
    return { threads, imagesPerSecond: now.imagesPerSecond, how: /** @type {const} */ ('now') };
  }
  return trained.value ? { threads, imagesPerSecond: trained.value, how: /** @type {const} */ ('trained') } : null;
}

/**
 * As the benchmark writes it (npm run bench -- --page).
 * @typedef {{ program: string, run: keyof typeof t.value.speed.runs, form?: 'shipped' | 'tuned', browser?: string,
 *   threads: number, epochSeconds: number }} Peer
 */

function Peers() {
  const words = t.value.speed;
  const mine = here();
  const seconds = mine ? peers.images / mine.imagesPerSecond : null;
  const rows = /** @type {Peer[]} */ (peers.peers).map(({ run, threads, epochSeconds, ...peer }) => ({
    name: words.runs[run]({ browser: '', form: 'shipped', ...peer }),
    threads,
    epochSeconds,
    mine: false,
  }));
  const all = [
    ...(mine && seconds ? [{ name: words.here(mine), threads: mine.threads, epochSeconds: seconds, mine: true }] : []),
    ...rows,
  ].sort((a, b) => a.epochSeconds - b.epochSeconds);
  const most = Math.max(...all.map(({ epochSeconds }) => epochSeconds));
  const least = Math.min(...all.map(({ epochSeconds }) => epochSeconds)) / 2;
  const part = (/** @type {number} */ value) => Math.log(value / least) / Math.log(most / least);
  return (
    <Fold title={words.peers({ ...peers, task: task.value })}>
      <DataTable
        label={words.peersTable}
        kind="fits"
        class="peers"
        rows={all}
        keyOf={({ name, threads }) => `${name} ${threads}`}
        rowClass={({ mine: own }) => (own ? 'peer-here' : undefined)}
        columns={[
          { key: 'name', title: words.program, cell: ({ name }) => name },
          { key: 'threads', title: words.threads, number: true, cell: ({ threads }) => whole(threads) },
          {
            key: 'seconds',
            title: words.seconds,
            number: true,
            cell: ({ epochSeconds }) =>
              epochSeconds < 10 ? fixed(epochSeconds, epochSeconds < 1 ? 2 : 1) : whole(epochSeconds),
          },
          {
            key: 'speed',
            title: words.imagesPerSecond,
            number: true,
            cell: ({ epochSeconds }) => whole(peers.images / epochSeconds),
          },
          {
            key: 'bar',
            title: <span class="visually-hidden">{words.bar}</span>,
            class: 'peer-bar',
            hidden: true,
            cell: ({ epochSeconds, mine: own }) => (
              <span class={own ? 'peer-share here' : 'peer-share'} style={{ width: `${100 * part(epochSeconds)}%` }} />
            ),
          },
        ]}
      />
      <p class="note">
        {!mine && `${words.measureToSee} `}
        {words.peersNote({ ...peers, measuredOn: new Date(peers.measuredOn) })}
      </p>
    </Fold>
  );
}
