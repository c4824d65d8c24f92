// Opens engines, and puts a fresh one in the place of one that died.
import { batch } from '@preact/signals';
import { NoBuildError } from '../engine/choose-build.js';
import { faultOf } from '../fault-data.js';
import { markOnce } from '../state/marks.js';
import { settings } from '../state/settings.js';
import { takeEngine } from './ahead.js';
import { exchanged, identity, isKept, keep, restore } from './checkpoints.js';
import { loadData } from './experiment.js';
import { follow, unfollow } from './feed.js';
import {
  begun,
  build,
  client,
  dispatch,
  failedBuilds,
  kept,
  notice,
  problem,
  progress,
  stage,
  standing,
  startedWith,
} from './model.js';
import { inTurn } from './queue.js';
import { remark } from './said.js';
import { goOn } from './training.js';

/** Engines that died one after the other, without any training in between. */
let crashes = 0;
const MOST_CRASHES = 3;

/** Opens an engine, loads the chosen data, and goes on with the present run where there is one, else starts afresh. */
export function openSession() {
  crashes = 0;
  return inTurn(async () => {
    const old = client.peek();
    // What it trains until it has answered is trained again by the next one.
    if (old && begun.peek()) await keep(old).catch(() => {});
    unfollow();
    old?.close();
    const { goal } = standing();
    notice.value = null;
    if (await open(settings.build.peek())) await goOn(goal);
  });
}

/** @param {string} forced build, or 'auto' @returns {Promise<boolean>} whether there is an engine, with data */
async function open(forced) {
  batch(() => {
    client.value = null;
    dispatch({ type: 'open' });
    problem.value = null;
  });
  try {
    const opened = await takeEngine(forced);
    batch(() => {
      build.value = opened.report;
      failedBuilds.value = opened.report.passed;
      client.value = opened.client;
      dispatch({ type: 'opened' });
    });
    markOnce('engine');
    follow(opened.client, { trained: () => (crashes = 0), crashed: revive });
  } catch (error) {
    batch(() => {
      build.value = null;
      failedBuilds.value = error instanceof NoBuildError ? error.passed : [];
      dispatch({ type: 'notOpened' });
      problem.value = faultOf(error);
    });
    return false;
  }
  const run = isKept() ? kept.peek() : null;
  const { goal } = standing();
  // The controls may say something else by now; what was kept is a run of the old settings.
  await loadData({ fresh: true, plan: run ? JSON.parse(startedWith.peek()) : undefined });
  const engine = client.peek();
  if (!engine || stage.peek() !== 'ready') return false;
  if (run && run.of === identity()) {
    // Also where this engine dies before it has resumed the run.
    dispatch({ type: 'resume', kept: run, goal });
    await exchanged(() => restore(engine, run));
  }
  return true;
}

/**
 * A fresh engine in the place of one that died, of the same build where that is possible: another one may round
 * otherwise. It goes on as the old one would have.
 * @param {unknown} why a fault, or a line of the engine
 */
function revive(why) {
  const { goal } = standing();
  const same = build.peek()?.build ?? settings.build.peek();
  const reason = faultOf(why);
  crashes++;
  unfollow();
  batch(() => {
    client.value = null;
    dispatch({ type: 'died' });
    notice.value = remark('reopening', { reason });
  });
  void inTurn(async () => {
    if (client.peek()) return;
    if (crashes > MOST_CRASHES) {
      batch(() => {
        notice.value = null;
        dispatch({ type: 'givenUp' });
        problem.value = remark('givenUp', { reason, times: MOST_CRASHES, kept: isKept() });
      });
      return;
    }
    if (!(await open(same)) && !client.peek() && same !== settings.build.peek()) await open(settings.build.peek());
    const engine = client.peek();
    if (!engine || stage.peek() === 'broken') {
      notice.value = null;
      return;
    }
    notice.value = resumed(reason);
    await goOn(goal);
  });
}

/** Where a fresh engine has gone on. @param {import('../messages/said.js').Said} reason why the old one stopped */
function resumed(reason) {
  if (!begun.peek()) return remark('reopened', { reason });
  const now = progress.peek();
  if (!now) return remark('resumed', { reason });
  const { phase: run, epoch, step } = now;
  return run === 'finished' || run === 'failed'
    ? remark('resumedResult', { reason })
    : remark('resumedAt', { reason, run, epoch: epoch + 1, step });
}
