// The trunk's weights at some moments of the rotation task, so that its picture can be wound back: densely in the first
// steps, where most happens, then once an epoch, and thinned out so that memory stays bounded (76 KB each).

/** @typedef {import('./types').Progress} Progress */
/** @typedef {import('./types').Moment} Moment */
/** @typedef {import('./types').Snapshot} Snapshot */

const EARLY = [0, 1, 2, 4, 8, 16, 32, 64, 128];
const MOST = 48;

export class Snapshots {
  /** @type {Snapshot[]} */
  #kept = [];
  /** Epochs between two snapshots. */
  #stride = 1;

  clear() {
    this.#kept = [];
    this.#stride = 1;
  }

  /** Goes on from snapshots of the same run that were taken away before. @param {readonly Snapshot[]} kept in the order of time */
  take(kept) {
    this.#kept = [...kept];
    const [before, last] = kept.slice(-2).map(({ moment }) => moment.done / moment.steps);
    this.#stride = Math.max(1, Math.round(last - before) || 1);
  }

  /** @returns {readonly Snapshot[]} in the order of time */
  get all() {
    return this.#kept;
  }

  /** Training has gone back. @param {number} done steps of which all is still true */
  forgetAfter(done) {
    this.#kept = this.#kept.filter(({ moment }) => moment.done <= done);
  }

  /** @returns {Moment[]} in the order of time */
  get moments() {
    return this.#kept.map(({ moment }) => moment);
  }

  /** Whether the next landmark is so close that training should go step by step to meet it. @param {Progress} now */
  near(now) {
    return now.phase === 'pretext' && now.epoch === 0 && now.step < EARLY[EARLY.length - 2];
  }

  /**
   * Keeps the weights where a landmark has been reached since the last one.
   * @param {Moment} now
   * @param {() => Float32Array} read
   * @returns {boolean} whether it did
   */
  see(now, read) {
    const last = this.#kept.at(-1)?.moment;
    const landmark =
      !last ||
      EARLY.some((step) => last.done < step && step <= now.done) ||
      Math.floor(now.done / now.steps) >= Math.floor(last.done / last.steps) + this.#stride;
    if (!landmark || (last && now.done <= last.done)) return false;
    this.#kept.push({ moment: now, weights: read() });
    if (this.#kept.length > MOST) this.#thin();
    return true;
  }

  /** @param {number} done steps at the moment asked for */
  weights(done) {
    return this.#kept.find(({ moment }) => moment.done === done)?.weights ?? null;
  }

  #thin() {
    this.#stride *= 2;
    const early = this.#kept.filter(({ moment }) => moment.done <= EARLY[EARLY.length - 1]);
    const late = this.#kept.slice(early.length);
    // The last one stays, whichever half it belongs to.
    this.#kept = [...early, ...late.filter((_, i) => (late.length - 1 - i) % 2 === 0)];
  }
}
