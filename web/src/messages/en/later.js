// English: everything but the first screen.

import { capital, percent, plain, plural, whole } from '../intl.js';
import { KINDS, RUNS, epochs } from './first.js';

/** @typedef {import('./first.js').OfKind} OfKind */
/** @typedef {import('./first.js').Run} Run */

/** Where the top of a picture points. */
const TOPS = { up: 'up', left: 'left', down: 'down', right: 'right' };
/** @typedef {keyof typeof TOPS} Top */

/** @param {number} count */
const steps = (count) => `${plain(count)} ${plural(count, { one: 'step', other: 'steps' })}`;

export default {
  /** Over a section, and under its title. */
  sections: {
    quiz: {
      title: () => 'You against the network',
      intro: (/** @type {OfKind} */ { kind }) =>
        `The same task for you. Nobody told the network what a ${KINDS[kind].one} is, only which turns were made; how do you know which way is up?`,
    },
    duel: {
      title: (/** @type {OfKind} */ { kind }) => `Freeze it, then ${KINDS[kind].reads} ${KINDS[kind].many}`,
      intro: (/** @type {OfKind} */ { kind }) =>
        `Now keep what rotation taught and freeze it. On top goes one small layer that learns to ${KINDS[kind].reads} ${KINDS[kind].many} from a few labelled pictures. Is that better than starting from nothing? Three networks try, from the same pictures.`,
    },
    draw: {
      title: (/** @type {OfKind} */ { kind }) => `Draw a ${KINDS[kind].one}`,
      intro: (/** @type {OfKind} */ { kind }) =>
        `All networks answer while you draw, and while they learn. Draw small, large or in a corner: the drawing is scaled and centred first. Then try a ${kind === 'letters' ? 'digit' : 'letter'}, and see how sure they are of nonsense.`,
    },
    map: {
      title: () => 'A map of what it has learned',
      intro: (/** @type {OfKind} */ { kind }) =>
        `Before the last layer every picture is 288 numbers. Here are some test ${KINDS[kind].many}, seen from the two directions in which those numbers differ most. Look for ${KINDS[kind].many} of one kind that drift together, though rotation never saw a label, and wind the training back to see it happen.`,
    },
    inside: {
      title: () => 'Look inside',
      intro: () =>
        'A convolution looks for small patterns everywhere in the picture; pooling forgets where exactly they were. All four networks begin with two such stages. They differ in what stands on top, and in what may still change.',
    },
    data: {
      title: () => 'The data',
      intro: () =>
        'Rotation learns from pictures without labels; the three readers get a small labelled part; the test is kept apart from both. Try other data: any IDX files of 28×28 pictures will do.',
    },
    speed: {
      title: () => 'Why so fast',
      intro: () => 'The whole engine is compiled C++ that runs here, on your processor. Nothing is sent to a server.',
    },
    keep: {
      title: () => 'Keep and share',
      intro: () =>
        'Go on later, get exactly the same numbers again, hand it to others, or take it into other programs.',
    },
  },

  /** What the session reports. */
  session: {
    noEngine: 'there is no engine to go on with',
    noData: 'there are no digits yet',
    withHelp: (/** @type {{ reason: string, fix: string }} */ { reason, fix }) => `${reason}. What helps: ${fix}`,
    noOwnFiles:
      'This browser has none of your files: choose them below, under “The data”. Until then these are other pictures.',
    rowsDamaged:
      'Some rows of the table of runs that was kept here are damaged, or of another version: they are left out.',
    momentsDamaged: 'The run goes on; only the moments of its map were damaged, so they begin here.',
    keptRefused: (/** @type {{ why: string }} */ { why }) =>
      `The kept run cannot be continued: ${why}. Start fresh: this page is all right.`,
    /** `reason`: why the engine stopped. */
    reopening: (/** @type {{ reason: string }} */ { reason }) =>
      `The engine stopped: ${reason}. A fresh one is being opened…`,
    reopened: (/** @type {{ reason: string }} */ { reason }) => `The engine stopped: ${reason}. A fresh one is ready.`,
    resumed: (/** @type {{ reason: string }} */ { reason }) =>
      `The engine stopped: ${reason}. A fresh one has gone on; nothing else is lost.`,
    resumedAt: (
      /** @type {{ reason: string, run: Run, epoch: number, step: number }} */ { reason, run, epoch, step },
    ) =>
      `The engine stopped: ${reason}. A fresh one has gone on with ${RUNS[run]}, epoch ${plain(epoch)}, step ${plain(step)}; nothing else is lost.`,
    resumedResult: (/** @type {{ reason: string }} */ { reason }) =>
      `The engine stopped: ${reason}. A fresh one has gone on with the result; nothing else is lost.`,
    givenUp: (/** @type {{ reason: string, times: number, kept: boolean }} */ { reason, times, kept }) =>
      `The engine stopped: ${reason}. So did ${plain(times)} fresh ones. ${kept ? 'The run is kept: close other tabs, then start the engine again.' : 'Close other tabs, then start the engine again.'}`,
  },

  copy: {
    copied: 'Copied.',
    refused: 'The browser refused. Selected: copy it by Ctrl+C or by the menu.',
    text: 'The text to copy',
  },

  /** Probabilities as stems. */
  stems: {
    verdict: (/** @type {{ name: string, sure: number }} */ { name, sure }) => `${name}, ${percent(sure, 0)}`,
    none: 'no answer yet',
    name: (/** @type {{ title: string, verdict: string }} */ { title, verdict }) => `${title}: ${verdict}`,
  },

  /** Where the rotation network errs. */
  errorsOfTurns: {
    confusion: {
      title: 'Which turns it mixes up',
      caption: 'Rows: the true turn. Columns: what the network says. Share of each row.',
      corner: 'true <down/> says <right/>',
      cell: (/** @type {{ count: number, of: number }} */ { count, of }) => `${whole(count)} of ${whole(of)}`,
      looking: 'Looking…',
      diverged: 'The weights are no longer finite numbers: nothing to show.',
      /** The weights of so many epochs, and of so many steps of the next one. */
      found: (
        /** @type {{ right: number, images: number, epochs: number, steps: number, source: string }} */
        { right, images, epochs: done, steps: more, source },
      ) => {
        const trained = [...(done > 0 ? [epochs(done)] : []), ...(more > 0 ? [steps(more)] : [])];
        const when = trained.length > 0 ? `after ${trained.join(' and ')}` : 'before any training';
        return `${percent(right)} right. ${whole(images)} test images in four turns, ${when}. Data: ${source}.`;
      },
    },

    mistakes: {
      title: 'Its surest mistakes',
      image: (/** @type {{ index: number, name: string }} */ { index, name }) => `Test image ${plain(index)}, ${name}:`,
      is: (/** @type {{ turn: number }} */ { turn }) => `is <b>${plain(90 * turn)}°</b>`,
      says: (/** @type {{ turn: number, sure: number }} */ { turn, sure }) =>
        `says <b>${plain(90 * turn)}°</b>, ${percent(sure, 0)}`,
      note: (/** @type {OfKind} */ { kind }) =>
        `Choose one: it becomes the chosen ${KINDS[kind].one} <top>at the top</top> and <inside>inside</inside> the network.`,
      none: (/** @type {OfKind} */ { kind }) =>
        `None on these images. Choose one: it becomes the chosen ${KINDS[kind].one} <top>at the top</top> and <inside>inside</inside> the network.`,
    },
  },

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
    trained: (/** @type {{ epochs: number }} */ { epochs: count }) =>
      `The network has ${epochs(count)} of rotation behind it.`,
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
