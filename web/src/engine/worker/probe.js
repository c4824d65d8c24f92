// The exact linear probe, in pieces between which the worker trains and reads its messages.
import { Fault } from '../../state/fault.js';
import { check, state, theEngine } from './core.js';

/** Of one piece; with the last unit of its work a piece stays below ten milliseconds. */
const PIECE_MILLISECONDS = 4;
/** While training goes on, the probe rests so many times as long as it has worked: it takes a tenth of the time at most. */
const REST = 9;

/**
 * How long the probe rests after a piece of work, in milliseconds.
 * @param {number} worked milliseconds that the piece took
 * @param {boolean} training whether training goes on
 */
export const restAfter = (worked, training) => (training ? REST * worked : 0);

// A message to oneself lets waiting messages go first, and unlike setTimeout is not held back by 4 ms.
const yieldChannel = new MessageChannel();
/** @type {(() => void)[]} */
const yielded = [];
yieldChannel.port1.onmessage = () => yielded.shift()?.();

/** @param {number} milliseconds */
const rest = (milliseconds) =>
  new Promise((resolve) => {
    if (milliseconds > 0) {
      setTimeout(resolve, milliseconds);
    } else {
      yielded.push(() => resolve(undefined));
      yieldChannel.port2.postMessage(0);
    }
  });

/** Settles when the probe before is over: the engine has one at a time. */
let free = Promise.resolve();

export const probing = {
  /**
   * What a linear classifier reads from features with few labels, exactly, on the whole test set. The features are those
   * of the weights at the beginning of the probe, though training goes on. Fails where the data or the experiment change.
   * @param {import('../types').ProbeChoice} choice
   */
  async probe({ features, labels, penalty, draws }) {
    const before = free;
    let over = () => {};
    free = new Promise((resolve) => (over = () => resolve(undefined)));
    try {
      await before;
      check(theEngine().beginProbe(features, Uint32Array.from(labels), penalty, draws));
      const data = state.dataVersion;
      for (;;) {
        const start = performance.now();
        const { done } = check(theEngine().advanceProbe(PIECE_MILLISECONDS));
        if (done) return check(theEngine().probeResult());
        await rest(restAfter(performance.now() - start, state.running));
        if (state.dataVersion !== data) throw new Fault('dataChanged');
      }
    } finally {
      over();
    }
  },
};
