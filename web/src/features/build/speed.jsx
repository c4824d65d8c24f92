// How fast, measured here: speed-up by threads, one epoch against other libraries, and why.
import { Fold } from '../../components/fold.jsx';
import { percent, whole } from '../../components/format.js';
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

const WIDTH = 280;
const HEIGHT = 180;
const LEFT = 30;
const BOTTOM = 24;

/** @param {{ most: number }} props */
function SpeedUp({ most }) {
  const first = speeds.value[0].imagesPerSecond;
  const x = (/** @type {number} */ threads) => LEFT + ((threads - 0.5) / most) * (WIDTH - LEFT);
  const y = (/** @type {number} */ factor) => (HEIGHT - BOTTOM) * (1 - factor / (most + 0.3));
  const counts = Array.from({ length: most }, (_, i) => i + 1);
  return (
    <div class="speed-up">
      <figure>
        <figcaption class="note">Speed-up; dashed: ideal</figcaption>
        <svg viewBox={`0 0 ${WIDTH} ${HEIGHT}`} aria-hidden="true">
          {counts.map((n) => (
            <g key={n}>
              <line class="grid" x1={LEFT} x2={WIDTH} y1={y(n)} y2={y(n)} />
              <text x={LEFT - 6} y={y(n) + 4} text-anchor="end">{`${n}×`}</text>
              <text x={x(n)} y={HEIGHT - 6} text-anchor="middle">
                {n}
              </text>
            </g>
          ))}
          <line class="axis" x1={LEFT} x2={WIDTH} y1={y(0)} y2={y(0)} />
          <polyline class="ideal" points={counts.map((n) => `${x(n)},${y(n)}`).join(' ')} />
          <polyline
            class="measured"
            points={speeds.value.map((s) => `${x(s.threads)},${y(s.imagesPerSecond / first)}`).join(' ')}
          />
          {speeds.value.map((s) => (
            <circle key={s.threads} cx={x(s.threads)} cy={y(s.imagesPerSecond / first)} r="4" />
          ))}
        </svg>
      </figure>
      <table class="narrow">
        <caption class="visually-hidden">Measured speed by number of threads</caption>
        <thead>
          <tr>
            <th scope="col">Threads</th>
            <th scope="col" class="number">
              Images/s
            </th>
            <th scope="col" class="number">
              Speed-up
            </th>
            <th scope="col" class="number">
              Of ideal
            </th>
          </tr>
        </thead>
        <tbody>
          {speeds.value.map(({ threads, imagesPerSecond }) => (
            <tr key={threads}>
              <th scope="row">{threads}</th>
              <td class="number">{whole(imagesPerSecond)}</td>
              <td class="number">{(imagesPerSecond / first).toFixed(2)}×</td>
              <td class="number">{percent(imagesPerSecond / first / threads, 0)}</td>
            </tr>
          ))}
        </tbody>
      </table>
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
      <div class="table-room" role="region" aria-label="Seconds of one epoch" tabIndex={0}>
        <table class="peers fits">
          <thead>
            <tr>
              <th scope="col">Program</th>
              <th scope="col" class="number">
                Threads
              </th>
              <th scope="col" class="number">
                Seconds
              </th>
              <th scope="col" class="number">
                Images/s
              </th>
              <th scope="col">
                <span class="visually-hidden">Bar</span>
              </th>
            </tr>
          </thead>
          <tbody>
            {all.map(({ name, threads, epochSeconds, mine: own }) => (
              <tr key={`${name} ${threads}`} class={own ? 'peer-here' : ''}>
                <th scope="row">{name}</th>
                <td class="number">{threads ?? '–'}</td>
                <td class="number">{epochSeconds < 10 ? epochSeconds.toPrecision(2) : whole(epochSeconds)}</td>
                <td class="number">{whole(peers.images / epochSeconds)}</td>
                <td class="peer-bar" aria-hidden="true">
                  <span style={{ width: `${100 * part(epochSeconds)}%` }} />
                </td>
              </tr>
            ))}
          </tbody>
        </table>
      </div>
      <p class="note">
        {mine ? '' : 'Measure the speed, or train, to see your machine here. '}
        The others: {peers.machine}, {peers.date}, the same network and batch; of the two slow ones some steps were
        timed and scaled up. Your machine may be another. Bars: logarithmic.
      </p>
    </Fold>
  );
}
