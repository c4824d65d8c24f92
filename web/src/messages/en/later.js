// English: everything but the first screen.

import { capital, percent, plain, plural } from '../intl.js';
import { KINDS } from './first.js';

/** @typedef {import('./first.js').OfKind} OfKind */

/** Where the top of a picture points. */
const TOPS = { up: 'up', left: 'left', down: 'down', right: 'right' };
/** @typedef {keyof typeof TOPS} Top */

export default {
  quiz: {
    tops: TOPS,
    before: (/** @type {OfKind & { questions: number }} */ { kind, questions }) =>
      `${plain(questions)} test ${KINDS[kind].many}, each turned at random. Where does the top of the ${KINDS[kind].one} point? Answer with the arrow keys, with 1 to 4, or by the buttons around it; the network answers at the same moment.`,
    play: 'Play',
    again: (/** @type {OfKind} */ { kind }) => `Play again with other ${KINDS[kind].many}`,
    data: (/** @type {{ source: string }} */ { source }) => `Data: ${source}.`,

    untrained: 'The network is not trained yet: it guesses.',
    firstEpoch: (/** @type {{ step: number, of: number }} */ { step, of }) =>
      `The network is in its first epoch, step ${plain(step)} of ${plain(of)}.`,
    trained: (/** @type {{ epochs: number }} */ { epochs }) =>
      `The network has ${plain(epochs)} ${plural(epochs, { one: 'epoch', other: 'epochs' })} of rotation behind it.`,
    noAnswer: 'The network has no answer: its weights are no longer finite. Reset it.',

    question: (/** @type {OfKind} */ { kind }) => `Where does the top of the ${KINDS[kind].one} point?`,
    field: (/** @type {OfKind & { number: number, of: number }} */ { kind, number, of }) =>
      `${capital(KINDS[kind].one)} ${plain(number)} of ${plain(of)}: where does its top point? Arrow keys, or 1 to 4.`,
    turned: (/** @type {OfKind} */ { kind }) => `A ${KINDS[kind].one}, turned`,
    upright: (/** @type {OfKind} */ { kind }) => `The ${KINDS[kind].one}, turned back upright`,
    answer: (/** @type {{ top: Top }} */ { top }) => `Its top points ${TOPS[top]}`,
    count: (
      /** @type {OfKind & { number: number, of: number, you: number, network: number }} */
      { kind, number, of, you, network },
    ) => `${capital(KINDS[kind].one)} ${plain(number)} of ${plain(of)} · you ${plain(you)}, network ${plain(network)}`,
    /** What somebody said, after a sign for right or wrong. */
    youRight: (/** @type {{ said: Top }} */ { said }) => `You: ${TOPS[said]}, correct`,
    youWrong: (/** @type {{ said: Top, truth: Top }} */ { said, truth }) =>
      `You: ${TOPS[said]}, but it points ${TOPS[truth]}`,
    networkRight: (/** @type {{ said: Top, sure: number }} */ { said, sure }) =>
      `The network: ${TOPS[said]} (${percent(sure, 0)}), correct`,
    networkWrong: (/** @type {{ said: Top, sure: number, truth: Top }} */ { said, sure, truth }) =>
      `The network: ${TOPS[said]} (${percent(sure, 0)}), but it points ${TOPS[truth]}`,
    next: (/** @type {OfKind} */ { kind }) => `Next ${KINDS[kind].one}`,
    toResult: 'See the result',
    networkSays: 'What the network says',

    youWin: (/** @type {{ you: number, network: number, of: number }} */ { you, network, of }) =>
      `You ${plain(you)} of ${plain(of)}, the network ${plain(network)}. You win.`,
    networkWins: (/** @type {{ you: number, network: number, of: number }} */ { you, network, of }) =>
      `You ${plain(you)} of ${plain(of)}, the network ${plain(network)}. The network wins.`,
    draw: (/** @type {{ you: number, network: number, of: number }} */ { you, network, of }) =>
      `You ${plain(you)} of ${plain(of)}, the network ${plain(network)}. A draw.`,
    shown: (/** @type {OfKind & { number: number, top: Top }} */ { kind, number, top }) =>
      `${capital(KINDS[kind].one)} ${plain(number)}: its top points ${TOPS[top]}`,
    /** The arrow is for the eye, the name for the ear. */
    youSaid: (/** @type {{ said: Top }} */ { said }) => `you <arrow/><name>${TOPS[said]}</name> <mark/>`,
    networkSaid: (/** @type {{ said: Top, sure: number }} */ { said, sure }) =>
      `net <arrow/><name>${TOPS[said]}</name> <mark/> ${percent(sure, 0)}`,
    luck: (/** @type {OfKind & { source: string }} */ { kind, source }) =>
      kind === 'digits'
        ? `Some are luck for both: a 0, a 1 or an 8 looks the same upside down, and a 6 becomes a 9. Data: ${source}.`
        : `Some are luck for both: some ${KINDS[kind].many} look much the same in two turns. Data: ${source}.`,
  },

  duel: {},

  draw: {},

  map: {},

  inside: {},

  data: {},

  speed: {},

  keep: {},

  /** Versions and offline use. */
  offline: {},

  /** Errors of the worker and of the page's own readers, by code. */
  errors: {},

  /** Why an engine does not start, by code. */
  engine: {},
};
