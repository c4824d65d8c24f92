// What the engine's worker reports becomes signals: figures are collected and painted four times a second.
import { batch } from '@preact/signals';
import { RUNS } from '../engine/runs.js';
import { markOnce } from '../state/marks.js';
import { keep } from './checkpoints.js';
import {
  client,
  dispatch,
  endings,
  experimentVersion,
  history,
  problem,
  progress,
  results,
  signature,
  trace,
  weightsVersion,
} from './model.js';
import { failureOf } from './said.js';

/** @typedef {import('../engine/client.js').EngineClient} EngineClient */
/** @typedef {import('../engine/types').Epoch} Epoch */

/** Figures that change faster than this cannot be read, and every painting takes time from the training. */
const PAINT_INTERVAL_MILLISECONDS = 250;
const CHECKPOINT_INTERVAL_MILLISECONDS = 5000;

/** Does it on the next frame, or soon where the tab is hidden and has no frames. @param {() => void} work */
function onFrame(work) {
  if (document.hidden) setTimeout(work, 200);
  else requestAnimationFrame(work);
}

let release = () => {};

/** No engine is listened to any more, and what was on its way from it is forgotten. */
export const unfollow = () => release();

/**
 * Listens to an engine, in the place of the one before.
 * @param {EngineClient} engine
 * @param {{ trained: () => void, crashed: (reason: unknown) => void }} on `trained`: something was trained
 */
export function follow(engine, { trained, crashed }) {
  release();
  /** @type {import('../engine/types').WorkerEvents['progress'] | null} */
  let latest = null;
  /** @type {ReturnType<typeof setTimeout> | undefined} */
  let waiting;
  let framed = false;
  let painted = 0;
  let checkpointed = -CHECKPOINT_INTERVAL_MILLISECONDS;
  /** @type {Epoch[]} */
  let arrived = [];
  /** @type {import('./model.js').Trace[]} */
  let points = [];

  const forget = () => {
    latest = null;
    arrived = [];
    points = [];
  };
  const paint = () => {
    framed = false;
    painted = performance.now();
    if (client.peek() !== engine) return;
    batch(() => {
      for (const run of RUNS) {
        const fresh = arrived.filter((epoch) => epoch.run === run);
        if (fresh.length > 0) history[run].value = [...history[run].peek(), ...fresh];
      }
      if (latest) {
        const now = latest.progress;
        progress.value = now;
        if (now.phase !== 'finished' && now.phase !== 'failed') {
          const run = /** @type {import('../engine/types').Run} */ (now.phase);
          const same = trace.peek().run === run && arrived.length === 0;
          trace.value = { run, points: same ? [...trace.peek().points, ...points] : points };
        } else {
          trace.value = { ...trace.peek(), points: [] };
        }
      }
      weightsVersion.value++;
    });
    arrived = [];
    points = [];
  };
  const paintNext = () => {
    waiting = undefined;
    framed = true;
    onFrame(paint);
  };
  /** @param {boolean} soon a visitor waits for it */
  const schedule = (soon) => {
    if (framed || (waiting !== undefined && !soon)) return;
    clearTimeout(waiting);
    if (soon) paintNext();
    else waiting = setTimeout(paintNext, Math.max(0, painted + PAINT_INTERVAL_MILLISECONDS - performance.now()));
  };

  const offs = [
    engine.on('epochs', (epochs) => {
      arrived.push(...epochs);
      points = [];
    }),
    engine.on('progress', (report) => {
      latest = report;
      trained();
      const { step: done, steps, epoch, loss, accuracy } = report.progress;
      if (done > 0) markOnce('first step');
      if (done > 0 && steps > 0) points.push({ epoch: epoch + done / steps, loss, accuracy });
      schedule(!report.running);
      if (performance.now() - checkpointed > CHECKPOINT_INTERVAL_MILLISECONDS) {
        checkpointed = performance.now();
        void keep(engine).catch(() => {});
      }
    }),
    engine.on('ended', (end) => {
      schedule(true);
      batch(() => {
        dispatch({ type: 'ended', phase: /** @type {import('../engine/types').Phase} */ (end.phase) });
        if (end.phase === 'failed') problem.value = failureOf(end.failure);
      });
      const version = experimentVersion.peek();
      const epochs = RUNS.map((run) => engine.call('history', [run]));
      const asked = Promise.all([engine.call('signature', []), engine.call('results', []), ...epochs]);
      const show = (/** @type {Awaited<typeof asked>} */ [text, found, ...histories]) => {
        if (version !== experimentVersion.peek()) return;
        arrived = [];
        batch(() => {
          // A run that failed may have gone back to its beginning.
          RUNS.forEach((run, i) => (history[run].value = histories[i]));
          results.value = found;
          signature.value = text;
          if (end.phase === 'finished') endings.value++;
        });
        return keep(engine);
      };
      asked
        .then(show)
        .then(() => {
          if (version === experimentVersion.peek()) dispatch({ type: 'endKept' });
        })
        .catch(() => {}); // the engine's own end is reported by itself
    }),
    engine.on('crashed', (reason) => {
      if (client.peek() === engine) crashed(reason);
    }),
    // A fresh experiment forgets what the old one still had on its way.
    experimentVersion.subscribe(forget),
  ];
  release = () => {
    for (const off of offs) off();
    clearTimeout(waiting);
    forget();
    release = () => {};
  };
}
