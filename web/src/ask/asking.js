// One way to ask the engine something again and again: whenever the question, the experiment or (where it is about them)
// the weights have changed, while somebody looks, one question at a time, of those that wait only the newest, and at most
// so often.
import { batch, effect, signal, untracked } from '@preact/signals';

/** @template T @typedef {import('@preact/signals').ReadonlySignal<T>} ReadonlySignal */

/**
 * What answers are about.
 * @template Client
 * @typedef {object} Source
 * @property {ReadonlySignal<Client | null>} client null: there is no engine
 * @property {ReadonlySignal<number>} experiment counts up with every experiment; 0: there is none yet
 * @property {ReadonlySignal<number>} weights counts up with every change of the weights
 * @property {Clock} [clock]
 */
/** @typedef {{ now: () => number, set: (work: () => void, milliseconds: number) => any, clear: (timer: any) => void }} Clock */
/** @type {Clock} */
const REAL_CLOCK = {
  now: () => performance.now(),
  set: (work, milliseconds) => setTimeout(work, milliseconds),
  clear: (timer) => clearTimeout(timer),
};

/**
 * For answers that take several calls.
 * @template V
 * @typedef {object} Attempt
 * @property {AbortSignal} signal aborted as soon as the answer is of no use; for calls that can be taken back
 * @property {() => boolean} current whether the answer is still of use
 * @property {(part: V) => void} show a first part of the answer
 */
/**
 * @template Client, Q, V
 * @typedef {object} Question
 * @property {() => Q | null | undefined} about the question as it is now; the signals that it reads are followed; null:
 *   there is nothing to ask, and the value is the initial one; undefined: it is not to be asked now, and the value stays
 * @property {(client: Client, question: Q, attempt: Attempt<V>) => Promise<V>} answer
 * @property {V} initial the value before the first answer
 * @property {boolean} [weights] asked again when the weights have changed
 * @property {boolean} [replaces] a question takes back the one under way; else that one's answer is shown first, so that
 *   something is seen of what changes faster than it can be answered
 * @property {number | (() => number)} [every] milliseconds from an answer to the next question, at least
 */
/**
 * @template V
 * @typedef {object} Asked
 * @property {ReadonlySignal<V>} value the last answer; it stays while the next one is on its way, and when there is a fault
 * @property {ReadonlySignal<Error | null>} error why the engine, which still lives, has no answer; null: it has one
 * @property {ReadonlySignal<boolean>} pending a question is under way
 * @property {(wanted?: ReadonlySignal<boolean>) => () => void} follow asks from now on, while `wanted`; gives what ends it
 */

/**
 * @template Client
 * @param {Source<Client>} source
 * @returns {<Q, V>(question: Question<Client, Q, V>) => Asked<V>}
 */
export function asker({ client, experiment, weights, clock = REAL_CLOCK }) {
  return ({ about, answer, initial, weights: ofWeights = false, replaces = false, every = 0 }) => {
    const value = signal(initial);
    const error = signal(/** @type {Error | null} */ (null));
    const pending = signal(false);
    const interval = typeof every === 'function' ? every : () => every;

    /** @param {ReadonlySignal<boolean>} [wanted] */
    const follow = (wanted) => {
      let following = true;
      /** Something has changed since the last question was asked. */
      let due = false;
      let ended = -Infinity;
      /** @type {any} */
      let timer;
      /** Of the question under way. @type {AbortController | null} */
      let cancel = null;

      const next = () => {
        clock.clear(timer);
        if (!following || !due || cancel || wanted?.peek() === false) return;
        const asked = client.peek();
        const question = untracked(about);
        if (asked === null || experiment.peek() === 0 || question === null || question === undefined) return;
        const wait = ended + interval() - clock.now();
        if (wait > 0) timer = clock.set(next, wait);
        else void put(/** @type {Client} */ (asked), question);
      };
      /** @param {Client} asked @param {any} question */
      const put = async (asked, question) => {
        due = false;
        const { signal: aborted } = (cancel = new AbortController());
        const version = experiment.peek();
        const current = () => following && !aborted.aborted && client.peek() === asked && experiment.peek() === version;
        /** @param {typeof initial} found */
        const show = (found) => {
          if (!current()) return;
          batch(() => {
            value.value = found;
            error.value = null;
          });
        };
        pending.value = true;
        try {
          show(await answer(asked, question, { signal: aborted, current, show }));
        } catch (fault) {
          if (current()) error.value = fault instanceof Error ? fault : new Error(String(fault));
        }
        cancel = null;
        ended = clock.now();
        pending.value = false;
        next();
      };

      const ends = [
        effect(() => {
          void [client.value, experiment.value, ofWeights && weights.value];
          const question = about();
          due = true;
          if (question === null || replaces) cancel?.abort();
          if (question === null) {
            batch(() => {
              value.value = initial;
              error.value = null;
            });
          }
          untracked(next);
        }),
        effect(() => {
          if (wanted?.value) untracked(next);
        }),
      ];
      return () => {
        following = false;
        ends.forEach((end) => end());
        clock.clear(timer);
        cancel?.abort();
      };
    };
    return { value, error, pending, follow };
  };
}
