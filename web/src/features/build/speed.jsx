// How fast, measured here: speed-up by threads, one epoch against other libraries, and why.
import { DataTable } from '../../components/data-table.jsx';
import { Fold } from '../../components/fold.jsx';
import { percent, whole } from '../../components/format.js';
import { Plot } from '../../components/plot/plot.jsx';
import { build, openSession, progress } from '../../session/session.js';
import { imagesPerSecond as trained } from '../../shared/speed.js';
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
  const most = mostThreads();
  const running = build.value?.info.threads ?? 1;
  const now = measuring.value;
  return (
    <section class="speed-threads" aria-labelledby="threads-title">
      <h3 id="threads-title">Threads</h3>
      {most === 1 && <p>This build has one thread; the reason stands above.</p>}
      {most > 1 && !lesson.hide.has('threads') && (
        <label class="threads-slider">
          <span>
            Train with <b>{running}</b> of {most}
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
      <p class="note">
        The engine opens anew and goes on from where it was; the weights do not depend on the number of threads.
      </p>
      <div class="speed-tools">
        {now > 0 ? (
          <button type="button" class="button" onClick={cancelMeasuring}>
            Cancel
          </button>
        ) : (
          <button type="button" class="button" disabled={!build.value} onClick={() => void measureThreads()}>
            Measure the speed
          </button>
        )}
        <span class="note" role="status">
          {now > 0
            ? `Measuring ${now} of ${most} threads…`
            : speedProblem.value ||
              (speeds.value.length > 0 ? '' : 'A second or two for each; training waits meanwhile.')}
        </span>
      </div>
      {speeds.value.length > 0 && <SpeedUp most={most} />}
    </section>
  );
}

/** @param {{ most: number }} props */
function SpeedUp({ most }) {
  const first = speeds.value[0].imagesPerSecond;
  const counts = Array.from({ length: most }, (_, i) => i + 1);
  const fastest = Math.max(...speeds.value.map(({ imagesPerSecond }) => imagesPerSecond / first));
  const times = (/** @type {number} */ factor) => `${factor.toFixed(2)}×`;
  return (
    <div class="speed-up">
      <Plot
        class="speed-chart"
        title="Speed-up; dashed: ideal"
        name="Speed-up over threads. Latest:"
        hint="Arrow keys go from value to value."
        details="speed-table"
        series={[
          {
            label: 'ideal',
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
        y={{ domain: [0, Math.max(most, fastest) + 0.3], ticks: counts, write: (factor) => `${factor}×` }}
        where={(threads) => `${threads} ${threads === 1 ? 'thread' : 'threads'}`}
        write={({ y }) => times(y)}
        ratio={0.64}
        single
      />
      <DataTable
        id="speed-table"
        kind="narrow"
        caption="Measured speed by number of threads"
        quietCaption
        rows={speeds.value}
        keyOf={({ threads }) => threads}
        columns={[
          { key: 'threads', title: 'Threads', cell: ({ threads }) => threads },
          { key: 'speed', title: 'Images/s', number: true, cell: ({ imagesPerSecond }) => whole(imagesPerSecond) },
          {
            key: 'factor',
            title: 'Speed-up',
            number: true,
            cell: ({ imagesPerSecond }) => times(imagesPerSecond / first),
          },
          {
            key: 'ideal',
            title: 'Of ideal',
            number: true,
            cell: ({ threads, imagesPerSecond }) => percent(imagesPerSecond / first / threads, 0),
          },
        ]}
      />
    </div>
  );
}

/** What this machine does here: measured, or as the run under way reports it. */
function here() {
  const best = speeds.value.reduce(
    (most, speed) => (speed.imagesPerSecond > (most?.imagesPerSecond ?? 0) ? speed : most),
    /** @type {import('./state.js').Speed | null} */ (null),
  );
  if (best) return { ...best, how: 'measured' };
  const threads = build.value?.info.threads ?? 1;
  const now = progress.value;
  if (now?.phase === 'pretext' && now.imagesPerSecond > 0) {
    return { threads, imagesPerSecond: now.imagesPerSecond, how: 'training now' };
  }
  return trained.value ? { threads, imagesPerSecond: trained.value, how: 'while training' } : null;
}

function Peers() {
  const mine = here();
  const seconds = mine ? peers.images / mine.imagesPerSecond : null;
  const rows = peers.peers.map((peer) => ({ ...peer, mine: false }));
  const all = [
    ...(mine && seconds
      ? [{ name: `This page on your machine, ${mine.how}`, threads: mine.threads, epochSeconds: seconds, mine: true }]
      : []),
    ...rows,
  ].sort((a, b) => a.epochSeconds - b.epochSeconds);
  const most = Math.max(...all.map(({ epochSeconds }) => epochSeconds));
  const least = Math.min(...all.map(({ epochSeconds }) => epochSeconds)) / 2;
  const part = (/** @type {number} */ value) => Math.log(value / least) / Math.log(most / least);
  return (
    <Fold title={`One rotation epoch, ${whole(peers.images)} pictures`}>
      <DataTable
        label="Seconds of one epoch"
        kind="fits"
        class="peers"
        rows={all}
        keyOf={({ name, threads }) => `${name} ${threads}`}
        rowClass={({ mine: own }) => (own ? 'peer-here' : undefined)}
        columns={[
          { key: 'name', title: 'Program', cell: ({ name }) => name },
          { key: 'threads', title: 'Threads', number: true, cell: ({ threads }) => threads ?? '–' },
          {
            key: 'seconds',
            title: 'Seconds',
            number: true,
            cell: ({ epochSeconds }) => (epochSeconds < 10 ? epochSeconds.toPrecision(2) : whole(epochSeconds)),
          },
          {
            key: 'speed',
            title: 'Images/s',
            number: true,
            cell: ({ epochSeconds }) => whole(peers.images / epochSeconds),
          },
          {
            key: 'bar',
            title: <span class="visually-hidden">Bar</span>,
            class: 'peer-bar',
            hidden: true,
            cell: ({ epochSeconds, mine: own }) => (
              <span class={own ? 'peer-share here' : 'peer-share'} style={{ width: `${100 * part(epochSeconds)}%` }} />
            ),
          },
        ]}
      />
      <p class="note">
        {mine ? '' : 'Measure the speed, or train, to see your machine here. '}
        The others: {peers.machine}, {peers.date}, the same network and batch; of the two slow ones some steps were
        timed and scaled up. Your machine may be another. Bars: logarithmic.
      </p>
    </Fold>
  );
}
