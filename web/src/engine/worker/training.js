// Training in slices, between which the worker reads its messages.
import { joined } from '../../data/joined.js';
import { check, crash, ofEngine, snapshots, state, tell, theEngine } from './core.js';

/** @typedef {import('../types').Progress} Progress */
/** @typedef {import('../types').StartSettings} StartSettings */

const SLICE_MILLISECONDS = 30;

/** Training has just been asked for. */
let firstSlice = false;
/** Set while training goes on to the end of one epoch only: called when it stops. @type {(() => void) | null} */
let epochOver = null;

/** Steps a second, so that learning can be followed by eye; 0: as fast as the machine can. */
let pace = 0;
/** Before this moment, as of performance.now(), a slowed run takes no step. */
let due = 0;
/** Waits until then. @type {ReturnType<typeof setTimeout> | undefined} */
let waiting;

// A message to oneself lets waiting messages go first, and unlike setTimeout is not held back by 4 ms.
const yieldChannel = new MessageChannel();
let scheduled = false;
const scheduledSlice = () => {
  scheduled = false;
  waiting = undefined;
  slice();
};
yieldChannel.port1.onmessage = scheduledSlice;
function scheduleSlice() {
  if (scheduled) return;
  scheduled = true;
  const wait = pace > 0 ? due - performance.now() : 0;
  if (wait > 0) waiting = setTimeout(scheduledSlice, wait);
  else yieldChannel.port2.postMessage(0);
}

/** A slice that waits for its moment comes at once, or is forgotten where nobody trains. */
function waitNoLonger() {
  due = 0;
  if (waiting === undefined) return;
  clearTimeout(waiting);
  waiting = undefined;
  scheduled = false;
  if (state.running) scheduleSlice();
}

/**
 * Tests hold training by it: code that a test's server puts in front of this script defines it. It is called before each
 * step, of which a slice then has but one, and training waits for the promise that it gives, if any. No message and no
 * address reaches it: whoever could define it could as well replace this script.
 * @returns {((now: Progress) => Promise<unknown> | undefined) | undefined}
 */
const testHold = () => /** @type {any} */ (globalThis).quarterturnHold;

function slice() {
  if (!state.running) return;
  try {
    const hold = testHold();
    const held = hold?.(check(theEngine().progress()));
    if (held) {
      void held.then(scheduleSlice);
      return;
    }
    if (pace > 0) due = performance.now() + 1000 / pace;
    if (epochOver) tellAdvance(advanceInEpoch());
    // No time at all is still one step: the first is shown at once.
    else {
      const single = firstSlice || pace > 0 || hold !== undefined || snapshots.near(check(theEngine().progress()));
      firstSlice = false;
      tellAdvance(check(theEngine().advance(single ? 0 : SLICE_MILLISECONDS)));
    }
    if (state.running) scheduleSlice();
    else halt();
  } catch (error) {
    crash(error);
  }
}

/** Stops training, and what waits for the end of an epoch learns of it. */
export function halt() {
  state.running = false;
  waitNoLonger();
  epochOver?.();
  epochOver = null;
}

/** One slice that ends with the epoch, if it ends in it: advance(0) makes a single step. */
function advanceInEpoch() {
  const end = performance.now() + SLICE_MILLISECONDS;
  for (;;) {
    const advance = check(theEngine().advance(0));
    const on =
      advance.more && advance.epochs.length === 0 && pace === 0 && !snapshots.near(advance.progress) && !testHold();
    if (on && performance.now() < end) continue;
    if (advance.epochs.length > 0) state.running = false;
    return advance;
  }
}

/** @param {import('../types').Advance} advance */
function tellAdvance(advance) {
  follow(
    advance.progress,
    advance.epochs.some(({ run }) => run === 'pretext'),
  );
  if (advance.epochs.length > 0) tell('epochs', advance.epochs);
  if (!advance.more) state.running = false;
  tell('progress', { progress: advance.progress, running: state.running });
  if (!advance.more) tell('ended', advance.progress);
}

/** The weights below the head, as every features request takes them. */
export function trunk() {
  const parts = ['conv1.kernel', 'conv1.bias', 'conv2.kernel', 'conv2.bias'].map((name) =>
    check(theEngine().tensor(`rotnet.${name}`)),
  );
  return joined(Float32Array, parts);
}

/** Steps of a whole epoch; known once the run is under way. */
let stepsInEpoch = 1;

/** Keeps snapshots up with training. @param {Progress} now @param {boolean} pretextEpoch one has ended */
function follow(now, pretextEpoch) {
  const inside = now.phase === 'pretext';
  // A run that has failed has gone back to earlier weights.
  if (now.phase === 'failed') state.trunkVersion++;
  if (!inside && !pretextEpoch) return;
  state.trunkVersion++;
  if (inside && now.steps > 0) stepsInEpoch = now.steps;
  // After the last epoch the progress is already that of the next run.
  const done = inside
    ? now.epoch * stepsInEpoch + now.step
    : check(theEngine().history('pretext')).length * stepsInEpoch;
  if (snapshots.see({ done, steps: stepsInEpoch }, trunk)) tell('snapshots', snapshots.moments);
}

/**
 * A fresh experiment, or another place in one.
 * @param {Progress} now
 * @param {readonly import('../types').Snapshot[]} [earlier] those of its own past
 */
function beginAt(now, earlier = []) {
  state.dataVersion++;
  snapshots.clear();
  if (earlier.length > 0) {
    stepsInEpoch = earlier[0].moment.steps;
    const done = now.phase === 'pretext' ? now.epoch * stepsInEpoch + now.step : Infinity;
    snapshots.take(earlier.filter(({ moment }) => moment.done <= done));
  }
  follow(now, now.phase !== 'pretext');
  return now;
}

const present = () => ({ progress: check(theEngine().progress()), settings: check(theEngine().settings()) });

/** A fresh experiment on the loaded data. @param {StartSettings} settings */
export function start(settings) {
  halt();
  check(theEngine().start(settings));
  beginAt(check(theEngine().progress()));
  return present();
}

export const training = {
  run() {
    theEngine();
    if (state.running && !epochOver) return;
    halt();
    state.running = true;
    firstSlice = true;
    scheduleSlice();
  },
  pause() {
    halt();
    return check(theEngine().progress());
  },
  /** Trains to the end of the epoch under way; answers when it is reached, or when something else comes between. */
  async epoch() {
    theEngine();
    halt();
    const over = new Promise((resolve) => (epochOver = () => resolve(undefined)));
    state.running = true;
    scheduleSlice();
    await over;
    return check(theEngine().progress());
  },
  step() {
    halt();
    tellAdvance(check(theEngine().step()));
  },
  /**
   * Slows training down, at once, while it goes on: the same steps, with rests between them.
   * @param {number} stepsPerSecond 0: full speed
   */
  setPace(stepsPerSecond) {
    pace = stepsPerSecond;
    waitNoLonger();
  },
  start,
  /**
   * Keeps the trained rotation network, and its snapshots, and begins the arms again; what the settings leave out is as it
   * is now.
   * @param {StartSettings} settings
   */
  withArms(settings) {
    halt();
    check(theEngine().withArms(settings));
    return present();
  },
  settings: ofEngine('settings'),
  history: ofEngine('history'),
  setLearningRate: ofEngine('setLearningRate'),
  /** Lets a failed run go on at this rate. @param {number} rate */
  goOn(rate) {
    halt();
    check(theEngine().goOn(rate));
    const now = check(theEngine().progress());
    if (now.phase === 'pretext') snapshots.forgetAfter(now.epoch * stepsInEpoch + now.step);
    tell('snapshots', snapshots.moments);
    state.trunkVersion++;
    return now;
  },
  results: ofEngine('results'),
  signature: ofEngine('signature'),
  checkpoint: ofEngine('checkpoint'),
  /**
   * @param {Uint8Array} bytes
   * @param {readonly import('../types').Snapshot[]} [earlier] of the same run, which would else begin with the present moment
   */
  restore(bytes, earlier) {
    halt();
    check(theEngine().restore(bytes));
    return beginAt(check(theEngine().progress()), earlier);
  },
  /** Moments of the rotation task whose weights are kept. */
  snapshots: () => snapshots.moments,
  allSnapshots: () => snapshots.all,
};
