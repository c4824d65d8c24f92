// English: everything but the first screen.
import { capital, clock, fixed, list, month, percent, plain, plural, significant, time, whole } from '../intl.js';
import { dataTitle } from '../data-title.js';
import says from './engine-says.js';
import { KINDS, RUNS, TASKS, epochs as manyEpochs } from './first.js';

/** @typedef {{ one: string, many: string }} Shown what the pictures show */
/** @typedef {{ map: number, row: number, column: number, value: string }} Place of a value, counted from 1 */

/** @typedef {import('./first.js').OfKind} OfKind */
/** @typedef {import('./first.js').Run} Run */
/** @typedef {import('./first.js').Task} Task */

/** Where the top of a picture points. */
const TOPS = { up: 'up', left: 'left', down: 'down', right: 'right' };
/** @typedef {keyof typeof TOPS} Top */

/** @type {Record<'train' | 'test', string>} */
const SETS = { train: 'training', test: 'test' };

/** @param {number} bytes */
const megabytes = (bytes) => `${fixed(Math.max(0.1, bytes / 2 ** 20), 1)} MB`;

/** @param {number} count */
const threads = (count) => `${whole(count)} ${plural(count, { one: 'thread', other: 'threads' })}`;

/** How the speed of this machine is known. @type {Record<'measured' | 'now' | 'trained', string>} */
const HOW = { measured: 'measured', now: 'training now', trained: 'while training' };

/** What no link can hold. @type {Record<'files' | 'digits' | 'rate' | 'arithmetic', string>} */
const LEFT = {
  files: 'your files',
  digits: 'your own digits',
  rate: 'the change of a learning rate on the way',
  arithmetic: 'the change of the arithmetic on the way',
};

/** @type {Record<'images' | 'labels', string>} */
const ITEMS = { images: 'images', labels: 'labels' };

/** Of the elements of an IDX file, by their number in its header. @type {Record<number, string>} */
const TYPES = { 9: 'signed bytes', 11: '16-bit integers', 12: '32-bit integers', 13: 'floats', 14: 'doubles' };

/** @typedef {'pretext' | 'untrained' | 'pixels' | 'supervised'} Features whose features a probe reads */

/** What it taught, within a sentence. @type {Record<Task, string>} */
const TAUGHT = {
  turns: 'what rotation taught',
  mirrors: 'what mirroring taught',
  turns_mirrors: 'what turns and mirrors taught',
  jigsaw: 'what the jigsaw taught',
  shuffles: 'what the fixed shuffles taught',
};
/** Features within a sentence, marked so that the page can give each its colour. @param {Features} features @param {Task} task */
function named(features, task) {
  const names = {
    pretext: TAUGHT[task],
    untrained: 'untrained features',
    pixels: 'raw pixels',
    supervised: 'supervised features',
  };
  return `<${features}>${names[features]}</${features}>`;
}
/** At the beginning of a sentence. @param {Features} features @param {Task} task */
const beginning = (features, task) => named(features, task).replace(/>(.)/, (_, letter) => `>${letter.toUpperCase()}`);
/** A difference of two shares. @param {number} difference */
const inPoints = (difference) => `${fixed(100 * difference, 1)} points`;
/** @param {{ low: number, high: number }} interval of a difference */
const between = ({ low, high }) => `${fixed(100 * low, 1)} to ${fixed(100 * high, 1)}`;
/** @param {number} labels */
const manyLabels = (labels) => `${whole(labels)} ${plural(labels, { one: 'label', other: 'labels' })}`;

/** What an earlier run had set differently, each of its value. */
const DIFFERENCES = {
  task: (/** @type {Task} */ task) => TASKS[task].title,
  data: (/** @type {string} */ source) => dataTitle(source),
  images: (/** @type {number} */ count) => `${whole(count)} training images`,
  seed: (/** @type {string} */ seed) => `seed ${seed}`,
  preset: (/** @type {'unit' | 'notebook'} */ preset) => (preset === 'unit' ? 'pixels 0 to 1' : 'pixels 0 to 255'),
  epochs: (/** @type {number} */ count) => manyEpochs(count),
  rate: (/** @type {number} */ rate) => `rate ${plain(rate)}`,
  batch: (/** @type {number} */ batch) => `batch ${plain(batch)}`,
  shuffle: (/** @type {boolean} */ shuffle) => (shuffle ? 'shuffled' : 'not shuffled'),
};

/** Versions that have all that the page uses. */
const NEW_ENOUGH = 'Chrome or Edge 103, Firefox 114 or Safari 16.4, or newer';
/** @param {number} count */
const steps = (count) => `${plain(count)} ${plural(count, { one: 'step', other: 'steps' })}`;

/** Of weights with so many epochs behind them, and so many steps of the next one. @param {number} done @param {number} more */
function whenTrained(done, more) {
  const trained = [...(done > 0 ? [manyEpochs(done)] : []), ...(more > 0 ? [steps(more)] : [])];
  return trained.length > 0 ? `after ${trained.join(' and ')}` : 'before any training';
}

/** The present, or an earlier moment. @type {Record<'now' | 'then', string>} */
const AT = { now: 'Now', then: 'At the chosen moment' };

/**
 * @typedef {object} KinFigures shares of points whose nearest neighbour is of their own kind, and the change since before
 *   the first step with its 95% interval
 * @property {number} count
 * @property {string} many
 * @property {number} untrained
 * @property {number} now
 * @property {number} before
 * @property {'now' | 'then'} at
 * @property {number} difference
 * @property {number} low
 * @property {number} high
 */
/** With its sign, in points of a percentage. @param {number} share */
const points = (share) => `${share < 0 ? '−' : '+'}${fixed(Math.abs(100 * share), 1)}`;

/** @param {KinFigures} figures */
const kinFigures = ({ count, many, untrained, now, before, at, difference, low, high }) =>
  `${AT[at]} ${percent(now, 1)} of the ${whole(count)} ${many} have one of their own kind as the nearest point; before the first step it was ${percent(before, 1)}, and for random features, which are never trained, it is ${percent(untrained, 1)}. The change is ${points(difference)} points (95% interval ${points(low)} to ${points(high)}).`;

export default {
  /** Over a section, and under its title. */
  sections: {
    quiz: {
      title: () => 'You against the network',
      intro: (/** @type {OfKind & { task: Task }} */ { kind, task }) =>
        task === 'turns'
          ? `The same task for you. Nobody told the network what a ${KINDS[kind].one} is, only which turns were made; how do you know which way is up?`
          : `The same task for you. Nobody told the network what a ${KINDS[kind].one} is, only what was done to each picture; how do you know?`,
    },
    tasks: {
      title: () => 'Which question teaches most?',
      intro: (/** @type {OfKind} */ { kind }) =>
        `A turn is only one thing to ask about. Any fixed set of changes of a picture makes a question whose answer needs no label. Each question below trains a network of its own, from the same seed and the same pictures; then an exact linear classifier reads ${KINDS[kind].many} from its features, with few labels and with many. The shuffles are the control: they can be told apart without seeing a stroke.`,
    },
    probe: {
      title: () => 'What has it learned?',
      intro: (/** @type {OfKind} */ { kind }) =>
        `Freeze the network, take the 288 numbers that it makes of a picture, and fit the best straight-line reader of ${KINDS[kind].many} to them, from a few labelled pictures. The better the numbers, the more it gets right. Is what the task taught worth more than an untrained network, or the pixels themselves?`,
    },
    duel: {
      title: () => 'The notebook’s comparison',
      intro: (/** @type {OfKind} */ { kind }) =>
        `The notebook trains a head on frozen features: one small layer that learns to ${KINDS[kind].reads} ${KINDS[kind].many} by gradient descent. Three networks try, from the same labelled pictures. These figures show what the features hold and how far the head got with them; the probe above shows the first alone.`,
    },
    draw: {
      title: (/** @type {OfKind} */ { kind }) => `Draw a ${KINDS[kind].one}`,
      intro: (/** @type {OfKind} */ { kind }) =>
        `All networks answer while you draw, and while they learn. Draw small, large or in a corner: the drawing is scaled and centred first. Then try a ${kind === 'letters' ? 'digit' : 'letter'}, and see how sure they are of nonsense.`,
    },
    map: {
      title: () => 'A map of what it has learned',
      intro: (/** @type {OfKind} */ { kind }) =>
        `Before the last layer every picture is 288 numbers. Here are some test ${KINDS[kind].many}, seen from the two directions in which those numbers differ most. The pretext task never sees a label: whether ${KINDS[kind].many} of one kind still come to lie together is counted below the map. Wind the training back to compare.`,
    },
    inside: {
      title: () => 'Look inside',
      intro: () =>
        'A convolution looks for small patterns everywhere in the picture; pooling forgets where exactly they were. All four networks begin with two such stages. They differ in what stands on top, and in what may still change.',
    },
    data: {
      title: () => 'The data',
      intro: () =>
        'The pretext network learns from pictures without labels; the three readers get a small labelled part; the test is kept apart from both. Try other data: any IDX files of 28×28 pictures will do.',
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
      /** Where the pretext task is not that of turns. */
      titleOf: 'Which answers it mixes up',
      captionOf: 'Rows: the true answer. Columns: what the network says. Share of each row.',
      foundOf: (
        /** @type {{ right: number, images: number, epochs: number, steps: number, source: string, answers: number }} */
        { right, images, epochs: done, steps: more, source, answers },
      ) =>
        `${percent(right)} right. ${whole(images)} test images in ${plain(answers)} forms, ${whenTrained(done, more)}. Data: ${source}.`,
      corner: 'true <down/> says <right/>',
      cell: (/** @type {{ count: number, of: number }} */ { count, of }) => `${whole(count)} of ${whole(of)}`,
      looking: 'Looking…',
      diverged: 'The weights are no longer finite numbers: nothing to show.',
      /** The weights of so many epochs, and of so many steps of the next one. */
      found: (
        /** @type {{ right: number, images: number, epochs: number, steps: number, source: string }} */
        { right, images, epochs: done, steps: more, source },
      ) => {
        return `${percent(right)} right. ${whole(images)} test images in four turns, ${whenTrained(done, more)}. Data: ${source}.`;
      },
    },

    mistakes: {
      title: 'Its surest mistakes',
      image: (/** @type {{ index: number, name: string }} */ { index, name }) => `Test image ${plain(index)}, ${name}:`,
      is: (/** @type {{ variant: string }} */ { variant }) => `is <b>${variant}</b>`,
      says: (/** @type {{ variant: string, sure: number }} */ { variant, sure }) =>
        `says <b>${variant}</b>, ${percent(sure, 0)}`,
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
    trained: (/** @type {{ epochs: number, task: Task }} */ { epochs: count, task }) =>
      `The network has ${manyEpochs(count)} of ${TASKS[task].noun} behind it.`,
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
    youSaid: (/** @type {{ said: string }} */ { said }) => `you <arrow/><name>${said}</name> <mark/>`,
    networkSaid: (/** @type {{ said: string, sure: number }} */ { said, sure }) =>
      `net <arrow/><name>${said}</name> <mark/> ${percent(sure, 0)}`,
    /** Where the pretext task is not that of turns. `asked` of the `answers` are asked about. */
    other: {
      before: (
        /** @type {OfKind & { questions: number, task: Task, asked: number, answers: number }} */
        { kind, questions, task, asked, answers },
      ) =>
        `${plain(questions)} test ${KINDS[kind].many}, each changed at random. ${TASKS[task].asks} ${
          asked < answers
            ? `Of the ${plain(answers)} answers only ${plain(asked)} are asked about here, for you and for the network.`
            : `There are ${plain(answers)} answers.`
        } Answer with the keys 1 to ${plain(asked)} or by the buttons; the network answers at the same moment.`,
      field: (/** @type {OfKind & { number: number, of: number, task: Task }} */ { kind, number, of, task }) =>
        `${capital(KINDS[kind].one)} ${plain(number)} of ${plain(of)}: ${TASKS[task].asks}`,
      changed: (/** @type {OfKind} */ { kind }) => `A ${KINDS[kind].one}, changed`,
      upright: (/** @type {OfKind} */ { kind }) => `The ${KINDS[kind].one} as it was before`,
      choice: (/** @type {{ number: string, name: string }} */ { number, name }) => `${number}: ${name}`,
      youRight: (/** @type {{ said: string }} */ { said }) => `You: ${said}, correct`,
      youWrong: (/** @type {{ said: string, truth: string }} */ { said, truth }) => `You: ${said}, but it is ${truth}`,
      networkRight: (/** @type {{ said: string, sure: number }} */ { said, sure }) =>
        `The network: ${said} (${percent(sure, 0)}), correct`,
      networkWrong: (/** @type {{ said: string, sure: number, truth: string }} */ { said, sure, truth }) =>
        `The network: ${said} (${percent(sure, 0)}), but it is ${truth}`,
      shown: (/** @type {OfKind & { number: number, variant: string }} */ { kind, number, variant }) =>
        `${capital(KINDS[kind].one)} ${plain(number)}: ${variant}`,
    },
    luck: (/** @type {OfKind & { source: string }} */ { kind, source }) =>
      kind === 'digits'
        ? `Some are luck for both: a 0, a 1 or an 8 looks the same upside down, and a 6 becomes a 9. Data: ${source}.`
        : `Some are luck for both: some ${KINDS[kind].many} look much the same in two turns. Data: ${source}.`,
  },

  /** Which question teaches most? */
  tasks: {
    run: 'Run all questions',
    stop: 'Stop',
    waits: 'Waits until the run above has ended or is paused.',
    opening: 'Opening a second engine…',
    /** @param {{ title: string, place: number, of: number, run: string, epoch: number, epochs: number }} _ */
    at: ({ title, place, of, run, epoch, epochs: all }) =>
      `${title} (${plain(place)} of ${plain(of)}) · ${run}, epoch ${plain(epoch)} of ${plain(all)}`,
    /** @param {{ title: string, place: number, of: number }} _ */
    reading: ({ title, place, of }) => `${title} (${plain(place)} of ${plain(of)}) · reading from its features`,
    progress: 'Progress of all questions',
    /** @param {{ epochs: number, seed: number }} _ */
    note: ({ epochs: count, seed }) =>
      `A second engine trains each question with the settings as they stand (${manyEpochs(count)}, seed ${plain(seed)}); the run above stays as it is. Each becomes a row in the table of runs.`,
    /** @param {{ epochs: number, seed: number, pixels: 'unit' | 'notebook', tests: number, source: string }} _ of what is shown */
    made: ({ epochs: count, seed, pixels, tests, source }) =>
      `${manyEpochs(count)}, seed ${plain(seed)}, pixels ${pixels === 'unit' ? '0 to 1' : '0 to 255'}; test accuracy on ${whole(tests)} images with its 95% interval. Data: ${source}.`,
    untrained: 'No question (untrained)',
    chart: {
      title: 'Test accuracy over labels, by question',
      name: 'Test accuracy over labels for each question, logarithmic axis.',
      hint: 'Arrow keys go from budget to budget.',
      axis: 'labelled images',
      /** @param {{ labels: number }} _ */
      at: ({ labels }) => `${whole(labels)} ${plural(labels, { one: 'label', other: 'labels' })}`,
      /** @param {{ accuracy: number, low: number, high: number }} _ */
      value: ({ accuracy, low, high }) => `${percent(accuracy)} (${percent(low)} to ${percent(high)})`,
    },
    table: {
      label: 'What each question teaches',
      caption:
        'Under each accuracy its 95% interval over the test images, then the difference to rotation in points with its own, from the same images (paired).',
      question: 'Question',
      answers: 'Answers',
      pretext: 'Its own answers right',
      /** @param {{ labels: number }} _ */
      at: ({ labels }) => `${whole(labels)} ${plural(labels, { one: 'label', other: 'labels' })}`,
      /** @param {{ low: number, high: number }} _ */
      interval: ({ low, high }) => `${fixed(100 * low, 1)} to ${fixed(100 * high, 1)}`,
      /** @param {{ difference: number, low: number, high: number }} _ */
      difference: ({ difference, low, high }) => `${points(difference)} (${points(low)} to ${points(high)})`,
    },
    /** What can be said of the differences to rotation; `labels`: budgets where the interval leaves zero out. */
    verdict: {
      /** @param {{ title: string, labels: readonly number[] }} _ */
      ahead: ({ title, labels }) => `“${title}” is clearly ahead of rotation with ${list(labels.map(whole))} labels.`,
      /** @param {{ title: string, labels: readonly number[] }} _ */
      behind: ({ title, labels }) => `“${title}” is clearly behind rotation with ${list(labels.map(whole))} labels.`,
      level:
        'At no other place does an interval of a difference to rotation leave zero out. This is one seed: other seeds give other numbers.',
    },
  },

  /** Exact linear probes. */
  probe: {
    choice: 'Labelled images',
    waiting: 'The figures come as soon as the data are here.',
    /** @param {{ why: string }} _ */
    failed: ({ why }) => `The probe has failed: ${why}.`,

    /** Names of the curves. */
    series: {
      pretext: (/** @type {{ task: Task }} */ { task }) => TASKS[task].title,
      untrained: (/** @type {{ task: Task }} */ _) => 'Untrained',
      pixels: (/** @type {{ task: Task }} */ _) => 'Raw pixels',
      supervised: (/** @type {{ task: Task }} */ _) => 'Supervised',
    },
    /** @param {{ accuracy: number, low: number, high: number }} _ */
    value: ({ accuracy, low, high }) => `${percent(accuracy)} (${percent(low)} to ${percent(high)})`,
    /** @param {{ low: number, high: number }} _ */
    interval: ({ low, high }) => `${fixed(100 * low, 1)}–${fixed(100 * high, 1)}`,

    /**
     * Before the first figures of the network that trains; `begun`: they are on their way.
     * @param {OfKind & { labels: number, task: Task, of: number, untrained: number, pixels: number, begun: boolean }} _
     */
    before: ({ labels, task, of, untrained, pixels, begun }) =>
      `Before any training, ${manyLabels(labels)} are enough to read ${percent(untrained)} of the ${whole(of)} test images from ${named('untrained', task)}, and ${percent(pixels)} from ${named('pixels', task)}. ${begun ? 'What the task adds is being measured…' : 'Press Train and see what the task adds.'}`,
    /**
     * @param {OfKind & { labels: number, task: Task, first: Features, accuracy: number, of: number, second: Features,
     *   difference: number | object, low: number, high: number }} _ `difference`: to the second
     */
    leads: ({ labels, task, first, accuracy, of, second, difference, low, high }) =>
      `With ${manyLabels(labels)} most is read from ${named(first, task)}: ${percent(accuracy)} of the ${whole(of)} test images. From ${named(second, task)} it is ${inPoints(Number(difference))} less (95% interval ${between({ low, high })}).`,
    /** @param {OfKind & { labels: number, task: Task, first: Features, accuracy: number, of: number, others: Features[] }} _ */
    level: ({ labels, task, first, accuracy, of, others }) =>
      `With ${manyLabels(labels)} nothing clearly leads. From ${named(first, task)} ${percent(accuracy)} of the ${whole(of)} test images are read, but there is no clear difference to ${list(others.map((other) => named(other, task)))}: the 95% interval holds zero.`,

    /** What the pretext task taught against others; b: images that it alone has right, c: the other alone. */
    against: {
      ahead: (
        /** @type {{ task: Task, other: Features, difference: number, low: number, high: number, b: number, c: number }} */
        { task, other, difference, low, high, b, c },
      ) =>
        `${beginning('pretext', task)} is ahead of ${named(other, task)} by ${inPoints(difference)} (${between({ low, high })}): ${whole(b)} test images only it reads right, ${whole(c)} only the other.`,
      behind: (
        /** @type {{ task: Task, other: Features, difference: number, low: number, high: number, b: number, c: number }} */
        { task, other, difference, low, high, b, c },
      ) =>
        `${beginning('pretext', task)} is behind ${named(other, task)} by ${inPoints(-difference)} (${between({ low: -high, high: -low })}): ${whole(b)} test images only it reads right, ${whole(c)} only the other.`,
      level: (
        /** @type {{ task: Task, other: Features, difference: number, low: number, high: number, b: number, c: number }} */
        { task, other, difference, low, high, b, c },
      ) =>
        `No clear difference between ${named('pretext', task)} and ${named(other, task)}: ${inPoints(difference)} (${between({ low, high })}); ${whole(b)} test images only the first reads right, ${whole(c)} only the second.`,
      unfair: (/** @type {{ task: Task, labels: number, supervised: number }} */ { task, labels, supervised }) =>
        `${beginning('supervised', task)} cannot be compared here: their network has already learned from ${manyLabels(supervised)}, and this is about ${whole(labels)}.`,
    },

    chart: {
      title: 'Test accuracy of a linear probe',
      name: 'Test accuracy of an exact linear probe over labels, logarithmic axis.',
      hint: 'Arrow keys go from one number of labels to the next.',
      axis: 'labelled images',
      /** @param {{ labels: number }} _ */
      at: ({ labels }) => manyLabels(labels),
    },
    table: {
      fold: 'These figures as a table',
      label: 'Figures of the probe',
      /** @param {{ of: number, source: string }} _ */
      caption: ({ of, source }) =>
        `Share of ${whole(of)} test images read right, and below it its 95% interval, in percent. Data: ${source}.`,
      labels: 'Labels',
    },
    epochs: {
      fold: 'Over the epochs',
      /** @param {{ labels: number }} _ */
      title: ({ labels }) => `Over the epochs, with ${manyLabels(labels)}`,
      /** @param {{ labels: number }} _ */
      name: ({ labels }) =>
        `Test accuracy of the probe with ${manyLabels(labels)} over the epochs of the pretext task.`,
      hint: 'Arrow keys go from probe to probe.',
      axis: 'epochs of the pretext task; 0: untrained',
      /** @param {{ epoch: number }} _ */
      at: ({ epoch }) =>
        epoch === 0 ? 'before the first step' : `after ${fixed(epoch, Number.isInteger(epoch) ? 0 : 1)} epochs`,
    },

    /** An earlier run, by what was set differently then. */
    run: (
      /** @type {{ number: number, differences: readonly { code: keyof typeof DIFFERENCES, value: any }[] }} */
      { number, differences: found },
    ) =>
      found.length === 0
        ? `Run ${plain(number)}, set as now`
        : `Run ${plain(number)}: ${list(
            found.map(({ code, value }) => /** @type {(of: any) => string} */ (DIFFERENCES[code])(value)),
            'unit',
          )}`,

    /** The same number of labels, but other labelled images. */
    draws: {
      title: 'And with other labelled images?',
      asking: 'Reading with other labelled images…',
      waits: 'As soon as the training is paused or over.',
      /** @param {{ labels: number }} _ */
      single: ({ labels }) => `The data have no two sets of ${manyLabels(labels)}: choose fewer.`,
      /**
       * @param {{ labels: number, task: Task, sets: number, won: number, code: 'ahead' | 'behind' | 'level',
       *   difference: number, low: number, high: number, own: { mean: number, deviation: number },
       *   other: { mean: number, deviation: number } }} _ `own`: of the pretext task; `won`: sets in which it is ahead
       */
      found: ({ labels, task, sets, won, code, difference, low, high, own, other }) => {
        const scatter = (/** @type {{ mean: number, deviation: number }} */ { mean, deviation }) =>
          `${percent(mean)} ± ${fixed(100 * deviation, 1)}`;
        const figures = `With ${whole(sets)} separate sets of ${manyLabels(labels)} (mean ± standard deviation), ${scatter(own)} of the test images are read from ${named('pretext', task)} and ${scatter(other)} from ${named('untrained', task)}.`;
        const average = `on average (95% interval over the sets ${between({ low, high })})`;
        const reading = {
          ahead: `The first is ahead in ${whole(won)} of ${whole(sets)} sets, by ${inPoints(difference)} ${average}.`,
          behind: `The second is ahead in ${whole(sets - won)} of ${whole(sets)} sets, by ${inPoints(-difference)} on average (95% interval over the sets ${between({ low: -high, high: -low })}).`,
          level: `The first is ahead in ${whole(won)} of ${whole(sets)} sets, but there is no clear difference: ${inPoints(difference)} ${average}.`,
        };
        return `${figures} ${reading[code]}`;
      },
    },

    small: {
      /** @param {{ of: number, labels: number, source: string }} _ */
      interval: ({ of, labels, source }) =>
        `Intervals: over these ${whole(of)} test images, for one choice of labelled images, the first ${whole(labels)}. Other labelled images would give other figures. Data: ${source}.`,
      how: 'How it is measured',
      what: 'The reader is exact: ridge regression on standardised features, one column a class, its penalty chosen by leave-one-out among the labelled images. It takes no steps and has no learning rate, so no figure depends on how well an optimiser got on.',
      /** @param {{ task: Task, epoch: number, step: number }} _ */
      live: ({ task, epoch, step }) =>
        epoch === 0
          ? `${TASKS[task].title}: as it is after ${steps(step)}; renewed while it trains.`
          : `${TASKS[task].title}: as it is after ${manyEpochs(epoch)} and ${steps(step)}; renewed while it trains.`,
      /** @param {{ task: Task, epochs: number }} _ */
      last: ({ task, epochs }) => `${TASKS[task].title}: after all its ${manyEpochs(epochs)}.`,
      noSupervised: 'The supervised network joins as soon as it is trained, after the pretext task.',
      /** @param {{ labels: number }} _ */
      supervised: ({ labels }) =>
        `Dashed: the supervised network has learned from ${manyLabels(labels)} before it is probed. At fewer its curve is no fair comparison.`,
    },
  },

  duel: {
    budget: {
      slider: 'Labelled images for each network',
      again: 'Run the comparison again',
      hint: 'Fewer labels, other epochs or rates: run the comparison again. The rotation network stays as it is; it has never seen a label.',
      /** @param {{ most: number }} _ */
      all: ({ most }) =>
        `This data has ${whole(most)} labelled ${plural(most, { one: 'image', other: 'images' })}; all are used.`,
    },
    story: {
      /** @param {{ task: Task }} _ */
      self_supervised: ({ task }) => `Keeps what ${TASKS[task].noun} taught it, frozen; learns only the last layer.`,
      random: 'Keeps random weights, frozen; learns only the last layer.',
      /** @param {Shown} _ */
      supervised: ({ many }) => `Learns everything, from the labelled ${many} alone.`,
    },
    curves: 'Curves of the three',
    training: 'training…',
    /** @param {{ epoch: number }} _ */
    stoppedEarly: ({ epoch }) => `Stopped early, after epoch ${epoch}.`,
    /** `few`: the images that the notebook tests on, `all`: the test images. @param {{ labels: number, all: number, few: readonly [number, number], source: string }} _ */
    note: ({ labels, all, few: [first, last], source }) =>
      last - first === all
        ? `Test accuracy, with the 95% interval as a whisker. ${whole(labels)} labelled ${plural(labels, { one: 'image', other: 'images' })} for each network. Data: ${source}.`
        : `Test accuracy, with the 95% interval as a whisker: on all ${whole(all)} test images, and below it on the ${whole(last - first)} that the notebook tests on, test[${plain(first)}:${plain(last)}]. ${whole(labels)} labelled ${plural(labels, { one: 'image', other: 'images' })} for each network. Data: ${source}.`,
    /**
     * Why the head on random features stands still. `guess`: the loss of guessing; `scales`: means of the features; `probe`:
     * what a probe reads from the same features, where that is known.
     * @param {{ epochs: number, loss: number, guess: number, rate: number, scales: { taught: number, untrained: number } | null,
     *   probe: { labels: number, accuracy: number } | null, still: boolean }} _
     */
    stands: ({ epochs: count, loss, guess, rate, scales, probe, still }) =>
      [
        still
          ? `Why does the head on random features stand almost still? After ${manyEpochs(count)} the head’s loss is ${fixed(loss, 2)}, and guessing among ten classes gives ln 10 = ${fixed(guess, 2)}: gradient descent with rate ${plain(rate)} has hardly begun.`
          : `Why is the head on random features so slow? After ${manyEpochs(count)} the head’s loss is ${fixed(loss, 2)}, still nearer to guessing (ln 10 = ${fixed(guess, 2)}) than to zero: gradient descent with rate ${plain(rate)} is on its way.`,
        ...(scales
          ? [
              `Untrained weights make small numbers, ${significant(scales.untrained, 2)} on average, where rotation’s are ${significant(scales.taught, 2)}; so each step is small.`,
            ]
          : []),
        ...(probe
          ? [
              `That is no verdict on the features: the probe above reads ${percent(probe.accuracy)} from the same ones with ${manyLabels(probe.labels)}.`,
            ]
          : ['That is no verdict on the features.']),
        'Try <rate>a reader learning rate of 0.03</rate> or <pixels>raw pixels, 0 to 255</pixels>.',
      ].join(' '),
    /** How each run is trained. */
    facts: {
      title: 'How they are trained',
      label: 'Settings of all training runs',
      run: 'Run',
      weights: 'Learns',
      optimiser: 'Optimiser',
      rate: 'Rate',
      batch: 'Batch',
      epochs: 'Epochs',
      patience: 'Stops early',
      learns: {
        pretext: 'the whole network',
        self_supervised: 'the head, on rotation’s features',
        random: 'the head, on random features',
        supervised: 'the whole network',
      },
      optimisers: { adam: 'Adam', sgd: 'SGD, momentum 0.9' },
      /** @param {{ done: number, most: number }} _ */
      epochsOf: ({ done, most }) => `${plain(done)} of ${plain(most)}`,
      /** @param {{ epochs: number }} _ */
      afterEpochs: ({ epochs: count }) => `after ${manyEpochs(count)} without a better training accuracy`,
      never: 'never',
      /** @param {{ share: number }} _ */
      note: ({ share }) =>
        `Of the labelled images the last ${percent(share, 0)} are kept for validation, and the others are shuffled every epoch. Weights are not set back when a run stops early.`,
    },
    /** @param {{ low: number, high: number }} _ */
    interval: ({ low, high }) => `${percent(low)} to ${percent(high)}`,
    /** @param {{ accuracy: number, count: number }} _ */
    accuracy: ({ accuracy, count }) => `<b>${percent(accuracy, 2)}</b> of ${whole(count)}`,
    /** @param {{ accuracy: number, low: number, high: number, count: number }} _ */
    accuracyName: ({ accuracy, low, high, count }) =>
      `${percent(accuracy)} of ${whole(count)} test images, 95% interval ${percent(low)} to ${percent(high)}`,
    /** @param {{ mean: number, deviation: number }} _ both 0..1 */
    spread: ({ mean, deviation }) => `${percent(mean, 2)} ± ${fixed(100 * deviation, 2)}`,

    chart: {
      title: 'Test accuracy of the notebook’s heads over labels',
      name: 'Test accuracy of the notebook’s heads over labels, logarithmic axis.',
      hint: 'Arrow keys go from budget to budget.',
      axis: 'labelled images',
      /** @param {{ labels: number }} _ */
      at: ({ labels }) => `${whole(labels)} ${plural(labels, { one: 'label', other: 'labels' })}`,
    },

    more: {
      title: 'One run is one throw of the dice',
      intro:
        'Other seeds give other weights and other numbers. Repeat the comparison to see how far they spread, and vary the labels to see how the notebook’s heads get on with fewer. A second engine does it; the run above stays as it is.',
      /** @param {{ first: number, last: number }} _ */
      repeat: ({ first, last }) =>
        first === last ? `Repeat with seed ${first}` : `Repeat with seeds ${first} to ${last}`,
      sweep: 'Sweep the label budgets',
      cancel: 'Cancel',
      progress: 'Progress of the runs',
      opening: 'Opening a second engine…',
      /**
       * @param {{ seed: number, place: number, seeds: number, labels: number, run: string, epoch: number,
       *   epochs: number }} _ `place` of the seed among the seeds, from 1
       */
      at: ({ seed, place, seeds, labels, run, epoch, epochs }) =>
        `seed ${seed} (${place} of ${seeds}) · ${whole(labels)} ${plural(labels, { one: 'label', other: 'labels' })} · ${run}, epoch ${epoch} of ${epochs}`,
      waits: 'Waits until the run above has ended or is paused.',
      /**
       * The self-supervised head against another arm: numbers of labels at which it is clearly ahead, clearly behind, or
       * neither.
       * @param {{ rival: 'random' | 'supervised', ahead: number[], behind: number[], level: number[] }} _
       */
      verdict: ({ rival, ahead, behind, level }) => {
        const at = (/** @type {number[]} */ labels) => list(labels.map(whole));
        const parts = [
          ...(ahead.length > 0 ? [`ahead at ${at(ahead)}`] : []),
          ...(behind.length > 0 ? [`behind at ${at(behind)}`] : []),
          ...(level.length > 0 ? [`not clearly either at ${at(level)}`] : []),
        ];
        return `Against the ${rival === 'random' ? 'head on random features' : 'supervised network'} the self-supervised head is ${list(parts)} labels.`;
      },
      /** @param {{ labels: number[] }} _ where the random arm is no better than guessing */
      guessing: ({ labels }) =>
        `At ${list(labels.map(whole))} labels the head on random features ended near guessing, which says more about its training than about the features.`,
      /** @param {{ seeds: number }} _ of each number of labels, at least */
      verdictNote: ({ seeds }) =>
        seeds > 1
          ? 'Clearly: the 95% interval of the mean difference over the seeds leaves zero out (Student’s t). It knows nothing of other labelled images.'
          : 'Clearly: the 95% interval over the test images leaves zero out. It is for one seed: other seeds, and other labelled images, give other figures.',
    },

    /** What each arm reads, image by image. */
    readings: {
      title: (/** @type {OfKind} */ { kind }) => `Which ${KINDS[kind].many} it mixes up`,
      arm: 'Network',
      scope: 'Test images',
      scopes: {
        /** @param {{ count: number }} _ */
        few: ({ count }) => `The notebook’s ${whole(count)}`,
        /** @param {{ count: number }} _ */
        full: ({ count }) => `All ${whole(count)}`,
      },
      caption: (/** @type {OfKind} */ { kind }) =>
        `Rows: the true ${KINDS[kind].one}. Columns: what the network reads. Arrow keys go from cell to cell, Enter opens the pictures of a cell.`,
      corner: 'true, in rows; read, in columns',
      /** @param {{ count: number, of: number, truth: string, said: string }} _ */
      cell: ({ count, of, truth, said }) =>
        truth === said
          ? `${truth} read as ${said}, right: ${whole(count)} of ${whole(of)}`
          : `${truth} read as ${said}: ${whole(count)} of ${whole(of)}`,
      /** @param {{ arm: string }} _ */
      untested: ({ arm }) => `${arm}: not tested yet. The table comes when this network has been trained to its end.`,
      diverged: 'The weights are no longer finite numbers: nothing to show.',
      /** @param {OfKind & { right: number, count: number, source: string }} _ */
      found: ({ right, count, source, kind }) =>
        `Rows: the true ${KINDS[kind].one}; columns: what the network reads. ${whole(right)} of ${whole(count)} test images are read right, ${percent(right / count, 2)}. Data: ${source}.`,
      press: (/** @type {OfKind} */ { kind }) =>
        `Press a cell: its pictures open here. A picture that you press becomes the chosen ${KINDS[kind].one}.`,
      /** @param {{ truth: string, said: string }} _ */
      rightTitle: ({ said }) => `${said}, read as ${said}`,
      /** @param {{ truth: string, said: string }} _ */
      wrongTitle: ({ truth, said }) => `${truth}, but read as ${said}`,
      close: 'Close',
      looking: 'The network reads them again…',
      /** @param {OfKind & { count: number, shown: number }} _ */
      count: ({ count, shown, kind }) =>
        count === 0
          ? 'No test image is read so.'
          : shown < count
            ? `The surest ${whole(shown)} of ${whole(count)}. Press one: it becomes the chosen ${KINDS[kind].one}.`
            : `${whole(count)} ${plural(count, { one: 'image', other: 'images' })}, the surest first. Press one: it becomes the chosen ${KINDS[kind].one}.`,
      /** @param {{ index: number, name: string }} _ */
      image: ({ index, name }) => `Test image ${plain(index)}, ${name}:`,
      /** @param {{ name: string, sure: number }} _ */
      says: ({ name, sure }) => `<b>${name}</b>, ${percent(sure, 0)}`,
      more: 'Show more',

      /** @param {{ one: string }} _ */
      chosenTitle: ({ one }) => `The chosen ${one} and its ten probabilities`,
      chosenSet: 'Set of the chosen image',
      chosenNumber: 'Number of the chosen image',
      back: 'One image back',
      onward: 'One image on',
      notebookImage: 'The notebook’s image',
      /** @param {{ set: 'train' | 'test', index: number }} _ */
      chosenImage: ({ set, index }) =>
        set === 'train' ? `Training image ${plain(index)}` : `Test image ${plain(index)}`,
      /** @param {{ set: 'train' | 'test', index: number, label: string, said: string, right: boolean }} _ */
      verdict: ({ set, index, label, said, right }) =>
        `Prediction: ${said}. ${set === 'train' ? 'Training' : 'Test'} image ${plain(index)} is labelled ${label}, so this is ${right ? 'right' : 'wrong'}.`,
      /** What part the image has in the experiment. */
      roles: {
        pretext: 'The pretext task learns from this image. No network has seen its label.',
        trained: 'The three networks were trained on this image and its label: an answer for it is no test.',
        validation:
          'This image is of the labelled fifth that is kept for validation: it is looked at after each epoch, but no weight is trained on it.',
        unused: 'No training of this run uses this image.',
        test: 'This image is one of the notebook’s own test images. No training uses it.',
        setAside: 'This image is of the test set, outside the part that the notebook tests on. No training uses it.',
      },
    },

    summary: {
      label: 'Mean and standard deviation',
      /** @param {{ full: number, few: number | null, data: string }} _ `few`: images of the notebook's own test, where it has others */
      caption: ({ full, few, data }) =>
        few === null
          ? `Test accuracy on ${whole(full)} images: mean ± standard deviation over the seeds, in percent. Data: ${data}.`
          : `Test accuracy on ${whole(full)} images: mean ± standard deviation over the seeds, in percent; below it the same on the ${whole(few)} that the notebook tests on. Data: ${data}.`,
      labels: 'Labels',
      seeds: 'Seeds',
    },

    runs: {
      none: 'Finished runs are listed here.',
      label: 'All runs of this visit',
      caption:
        'All runs of this visit. Accuracies are those on the whole test set; epochs: rotation, then the three readers.',
      columns: {
        time: 'Run',
        seed: 'Seed',
        data: 'Data',
        preset: 'Pixels',
        task: 'Question',
        labels: 'Labels',
        rotation: 'Rotation',
        epochs: 'Epochs',
        signature: 'Signature',
        remove: 'Remove',
      },
      presets: { unit: '0 to 1', notebook: '0 to 255' },
      /** @param {{ rotation: number, arms: number[] }} _ */
      epochs: ({ rotation, arms }) => `${rotation} + ${list(arms.map(String), 'unit')}`,
      /** @param {{ run: number }} _ */
      remove: ({ run }) => `Remove run ${run}`,
    },
  },

  draw: {
    pad: {
      empty: 'Drawing pad, empty',
      full: 'Drawing pad, with a drawing',
      /** @param {Shown} _ */
      hint: ({ one }) => `draw a ${one} here`,
      /** @param {Shown} _ */
      keys: ({ one }) =>
        `Draw with mouse, finger or pen. Keys 0 to 9 take a test ${one}, Backspace undoes, Delete clears.`,
      undo: 'Undo',
      clear: 'Clear',
      brush: 'Brush',
      onPaper: 'Nothing was drawn.',
    },
    /** The four answers of the rotation network, from 0°. */
    turns: ['upright', 'turned left', 'upside down', 'turned right'],
    untrained: 'Nothing is trained yet: these are the guesses of random weights.',
    /** Where the pretext network has so many answers that there is no room for them. @param {{ title: string, variant: string, sure: number, answers: number }} _ */
    likeliest: ({ title, variant, sure, answers }) =>
      `${title}: of its ${plain(answers)} answers it finds “${variant}” the likeliest, ${percent(sure, 0)}.`,
    /** Where the pretext task is not that of turns. @param {{ task: string }} _ its name */
    dialOnly: ({ task }) =>
      `The dial turns the drawing for the networks that read. What the pretext network makes of every angle is shown only where its task is turns; the task of this run is: ${task}.`,
    samples: {
      /** @param {Shown} _ */
      label: ({ one }) => `Or take a test ${one}`,
      /** @param {Shown} _ */
      title: ({ one }) => `or take a test ${one}`,
      /** @param {{ one: string, name: string }} _ `name` of the class */
      one: ({ one, name }) => `Test ${one} ${name}`,
    },
    seen: {
      name: 'What the networks see, 28 by 28 pixels',
      nothing: 'Nothing drawn yet',
      drawn: 'What the networks see: 28×28 pixels, centred the way MNIST was.',
      /** @param {{ index: number, source: string }} _ */
      sample: ({ index, source }) => `What the networks see: 28×28 pixels, test image ${index}. Data: ${source}.`,
      /** @param {{ turned: string }} _ */
      turned: ({ turned }) => `Turned by the dial: ${turned}.`,
    },
    keep: {
      title: 'Keep it in my set',
      group: 'Keep the drawing as',
      as: 'as a',
      /** @param {{ name: string }} _ */
      one: ({ name }) => `Keep the drawing as a ${name}`,
      /** @param {{ name: string, count: number }} _ */
      kept: ({ name, count }) => `Kept as a ${name}: ${whole(count)} in my set, below.`,
    },

    dial: {
      title: 'Turn it',
      name: 'Turn the drawing',
      left: '90° left',
      upright: 'Upright',
      right: '90° right',
    },
    /** How far the drawing is turned. */
    turned: {
      upright: 'upright',
      upsideDown: 'upside down',
      /** @param {{ degrees: number }} _ */
      left: ({ degrees }) => `${degrees}° to the left`,
      /** @param {{ degrees: number }} _ */
      right: ({ degrees }) => `${degrees}° to the right`,
    },
    opinions: {
      title: 'What the rotation network says when the drawing is turned',
      name: 'Leading answer by clockwise angle:',
      nothing: 'nothing drawn yet',
      hint: 'Arrow keys go from value to value.',
      /** @param {{ angle: number, from: number, to: number }[]} stretches degrees */
      leading: (stretches) =>
        list(
          stretches.map(({ angle, from, to }) => `${angle}° from ${from}° to ${to}°`),
          'unit',
        ),
      /** @param {{ turned: string, answers: { angle: number, share: number }[] }} _ */
      at: ({ turned, answers }) =>
        `${turned}: ${list(
          answers.map(({ angle, share }) => `${angle}° ${percent(share)}`),
          'unit',
        )}`,
      /** Of the axis, from left to right. */
      axis: ['180°', 'left 90°', 'upright', 'right 90°', '180°'],
      /** @param {Shown} _ */
      note: ({ many }) =>
        `A perfect judge would have four equal hills, each around its dashed line. It learned quarter turns only: in between it has to guess, and some ${many} look the same upside down.`,
      table: 'These numbers as a table',
      label: 'Opinions by angle',
      turned: 'Drawing turned',
      /** @param {{ angle: number }} _ */
      says: ({ angle }) => `says ${angle}°`,
    },

    nearest: {
      title: 'Its nearest relatives',
      spaces: {
        /** @param {{ task: Task }} _ */
        trained: ({ task }) => `Features that ${TASKS[task].noun} taught`,
        random: () => 'Random features',
        pixels: () => 'Plain pixels',
      },
      /** @param {{ index: number }} _ */
      image: ({ index }) => `Training image ${index}`,
      nothing: 'Draw something first.',
      /** @param {{ count: string, source: string }} _ */
      note: ({ count, source }) =>
        `Of the ${count} pictures of the pretext task, with the label that it never saw and the cosine distance (0: the same direction, 1: nothing in common). Data: ${source}.`,
    },

    mine: {
      /** @param {Shown} _ */
      title: ({ many }) => `My ${many}`,
      /** @param {Shown} _ */
      invitation: ({ one }) =>
        `Draw on the pad, then say which ${one} it is. It is kept upright, whatever the dial says, in this browser only: a test with your own hand, or more to train on.`,
      /** @param {{ all: number, each: { name: string, count: number }[] }} _ */
      kept: ({ all, each }) =>
        `${whole(all)} kept (${list(
          each.map(({ name, count }) => `${count} × ${name}`),
          'unit',
        )}).`,
      /** @param {{ one: string, number: number, name: string }} _ */
      image: ({ one, number, name }) => `My ${one} ${number}, a ${name}`,
      /** @param {{ one: string, number: number, name: string }} _ */
      remove: ({ one, number, name }) => `Remove my ${one} ${number}, a ${name}`,
      save: 'Save as IDX files',
      images: 'My images',
      labels: 'My labels',
      removeAll: 'Remove all',

      network: 'Network',
      right: 'Right',
      /** @param {{ right: number, count: number }} _ */
      rightOf: ({ right, count }) => `${whole(right)} of ${whole(count)}`,
      /** @param {Shown} _ */
      accuracy: ({ many }) => `Accuracy on my ${many}`,
      interval: '95% interval',
      /** @param {{ low: number, high: number }} _ */
      fromTo: ({ low, high }) => `${percent(low)} to ${percent(high)}`,
      trainedOn: 'Some of these are trained on: this is no test any more.',
      neverSeen: 'The networks have never seen these: a test with your hand.',

      train:
        '<b>Train on them.</b> They take the places of the first labelled pictures, so that their number stays the same. The last fifth of the labelled pictures is for validation as ever. The pretext task never sees them. Such a run is no longer the notebook’s experiment.',
      with: 'Start afresh with them',
      withChanged: 'Start afresh with the set as it is now',
      without: 'Start afresh without them',
      fixed: 'Set by the lesson.',
      givenUp: 'The present run is given up.',
      /** @param {{ source: string }} _ */
      inUse: ({ source }) =>
        `In use: ${source}. The native program can make this very run from a folder with these four files:`,
      files: {
        trainImages: 'training images',
        trainLabels: 'training labels',
        testImages: 'test images',
        testLabels: 'test labels',
      },
    },
  },

  map: {
    weights: { label: 'Whose features', trained: 'Trained', random: 'Random', both: 'Side by side' },
    methods: { label: 'Axes', pca: 'Largest spread (PCA)', lda: 'Best apart (LDA)' },
    titles: {
      /** @param {{ task: Task }} _ */
      trained: ({ task }) => `Features that ${TASKS[task].noun} taught`,
      /** @param {{ task: Task }} _ */
      random: (_) => 'Random features',
    },
    /** Under the title of a map, by method. */
    figures: {
      /** @param {{ count: number, many: string, kin: number, held: number }} _ `kin`, `held`: 0..1 */
      pca: ({ count, many, kin, held }) =>
        `${whole(count)} test ${many} · ${percent(kin, 0)} have one of their kind nearest · ${percent(held, 0)} of the spread`,
      /** @param {{ count: number, many: string, kin: number, held: number }} _ */
      lda: ({ count, many, kin, held }) =>
        `${whole(count)} test ${many} · ${percent(kin, 0)} have one of their kind nearest · ${percent(held, 0)} of the difference between the kinds`,
    },

    /** @param {{ count: number, many: string, names: string[], title: string }} _ */
    name: ({ count, many, names, title }) => `Map of ${whole(count)} test ${many} (${list(names, 'unit')}). ${title}`,
    /** @param {{ title: string }} _ */
    noMap: ({ title }) => `${title}: no map yet`,
    keys: 'Arrow keys go from point to point, plus and minus zoom, Shift with arrows moves the map, 0 shows the whole map.',
    /** @param {{ name: string }} _ of the class */
    image: ({ name }) => `A test image of ${name}`,
    /** @param {{ name: string, index: number }} _ */
    tip: ({ name, index }) => `${name} · no. ${index}`,
    /** @param {{ name: string, index: number }} _ */
    at: ({ name, index }) => `${name}, test image ${index}`,
    drawing: 'your drawing',

    look: 'Look closer',
    closer: 'Closer',
    farther: 'Farther',
    whole: 'Whole map',
    byMouse: 'Drag, or turn the wheel with Ctrl; arrow keys go from point to point.',
    byFinger: 'Two fingers enlarge the map; then drag it. Tap a point to see it.',

    play: 'Play training',
    stop: 'Stop',
    moment: 'Moment of the training',
    now: 'now',
    nowOnly: 'now: train, then wind back',
    /** A moment of the rotation task, for whoever hears it. */
    moments: {
      /** @param {{ task: Task }} _ */
      first: (_) => 'before the first step',
      /** @param {{ task: Task, step: number }} _ */
      step: ({ step }) => `after step ${step}`,
      /** @param {{ task: Task, epochs: number }} _ */
      epochs: ({ epochs }) =>
        `after ${fixed(epochs, epochs % 1 === 0 ? 0 : 1)} ${plural(epochs, { one: 'epoch', other: 'epochs' })}`,
    },
    /** The same, as it stands beside the slider. */
    momentsOfTask: {
      /** @param {{ task: Task }} _ */
      first: ({ task }) => `before the first step of ${TASKS[task].noun}`,
      /** @param {{ task: Task, step: number }} _ */
      step: ({ task, step }) => `after step ${step} of ${TASKS[task].noun}`,
      /** @param {{ task: Task, epochs: number }} _ */
      epochs: ({ task, epochs }) =>
        `after ${fixed(epochs, epochs % 1 === 0 ? 0 : 1)} ${plural(epochs, { one: 'epoch', other: 'epochs' })} of ${TASKS[task].noun}`,
    },

    /**
     * What the maps show, in figures. `at`: the present, or an earlier moment that was chosen; `difference`, `low`, `high`:
     * from before the first step, with the 95% interval over the points.
     */
    seen: {
      /** @param {{ count: number, many: string, untrained: number }} _ */
      untrained: ({ count, many, untrained }) =>
        `On the map of random features, which are never trained, ${percent(untrained, 1)} of the ${whole(count)} ${many} have one of their own kind as the nearest point.`,
      /** @param {{ count: number, many: string, untrained: number, now: number, at: 'now' | 'then' }} _ */
      same: ({ count, many, untrained, now, at }) =>
        `${AT[at]} ${percent(now, 1)} of the ${whole(count)} ${many} have one of their own kind as the nearest point. For random features, which are never trained, it is ${percent(untrained, 1)}.`,
      /** @param {KinFigures} figures */
      ahead: (figures) =>
        `${kinFigures(figures)} So ${figures.many} of one kind lie together more often than before training.`,
      /** @param {KinFigures} figures */
      behind: (figures) =>
        `${kinFigures(figures)} So ${figures.many} of one kind lie together less often than before training.`,
      /** @param {KinFigures} figures */
      level: (figures) =>
        `${kinFigures(figures)} That is no clear difference: on this map, training has not brought the kinds together.`,
    },

    read: {
      title: 'How to read the map',
      /** @param {{ fitted: number, many: string }} _ */
      lda: ({ fitted, many }) =>
        `The axes are fitted on ${whole(fitted)} labelled training pictures of these ${many}: the whole labelled part, however few labels the comparison has. The test ${many} shown took no part.`,
      /** @param {{ many: string }} _ */
      pca: ({ many }) => `The axes are those along which the test ${many} shown spread most; no label is used.`,
      laid: 'Every map is turned, mirrored and scaled to lie as close as it can to the untrained one, so that they can be compared.',
    },
    /** @param {{ source: string }} _ */
    data: ({ source }) => `Data: ${source}.`,

    table: {
      title: 'These points as a table',
      rows: 'Rows of the table',
      earlier: 'Earlier rows',
      later: 'Later rows',
      /** @param {{ first: number, last: number, of: number }} _ */
      at: ({ first, last, of }) => `${whole(first)} to ${whole(last)} of ${whole(of)}`,
      /** @param {{ title: string }} _ */
      label: ({ title }) => `Points, ${title}`,
      /** @param {{ title: string, first: number, second: number }} _ shares that the two axes hold */
      caption: ({ title, first, second }) =>
        `${title}: places along the two axes, which hold ${percent(first)} and ${percent(second)}`,
      image: 'Test image',
      /** @param {Shown} _ */
      class: ({ one }) => `${one[0].toUpperCase()}${one.slice(1)}`,
      x: 'First axis',
      y: 'Second axis',
    },
  },

  inside: {
    network: 'Network',
    layers: {
      /** @param {{ all: number, trainable: number, frozen: number }} _ */
      title: ({ all, trainable, frozen }) =>
        `Layers: ${whole(all)} parameters, ${whole(trainable)} trained, ${whole(frozen)} frozen`,
      label: 'Layer table',
      name: 'Layer',
      kind: 'What it does',
      output: 'Output',
      parameters: 'Parameters',
      state: 'State',
      trained: 'trained',
      frozen: 'frozen',
      total: 'Total',
      /** @param {{ trainable: number, frozen: number }} _ */
      states: ({ trainable, frozen }) => `${whole(trainable)} trained, ${whole(frozen)} frozen`,
    },

    kernels: {
      /** @param {{ network: string }} _ */
      title: ({ network }) => `First-layer kernels: ${network}`,
      name: '64 kernels of 3 by 3 weights. Arrow keys go from cell to cell.',
      intro: '64 kernels of 3×3 weights; each looks for one small pattern of light and dark.',
      notes: {
        rotnet: 'They start at random and change while the pretext task trains.',
        self_supervised: 'The pretext network’s own, taken over and frozen.',
        random: 'As they were made: this network never changes them.',
        /** @param {Shown} _ */
        supervised: ({ many }) => `They change while the supervised network trains on labelled ${many}.`,
      },
      /** @param {Place} _ */
      at: ({ map, row, column, value }) => `Kernel ${map}, row ${row}, column ${column}: ${value}`,
      hint: 'Point at a weight to read it.',
    },
    noCell: 'none chosen',

    activations: {
      /** @param {{ one: string, network: string }} _ */
      title: ({ one, network }) => `What a ${one} gives in it: ${network}`,
      source: 'Image',
      /** @param {Shown} _ */
      chosen: ({ one }) => `Chosen ${one}`,
      drawing: 'My drawing',
      turn: 'Turned by',
      upright: 'Upright',
      /** @param {{ degrees: number }} _ */
      turned: ({ degrees }) => `Turned by ${degrees}°`,
      /** What is sent through. */
      image: {
        drawing: 'Your drawing',
        /** @param {{ index: number, name: string }} _ */
        test: ({ index, name }) => `Test image ${index} (${name})`,
        /** @param {{ index: number, name: string }} _ */
        train: ({ index, name }) => `Training image ${index} (${name})`,
      },
      /** @param {{ what: string, degrees: number }} _ */
      turnedImage: ({ what, degrees }) => `${what}, turned by ${degrees} degrees`,
      /** @param {Shown} _ */
      nothing: ({ one }) => `Nothing is drawn yet. <a>Draw a ${one}</a>, then come back.`,
      waiting: 'Waiting for the picture…',
      colours: 'Both sides of a row share their colours. A map without colour is silent for this image.',
      /** @param {{ what: string }} _ */
      drawn: ({ what }) => `${what}.`,
      /** @param {{ what: string, source: string }} _ */
      shown: ({ what, source }) => `${what}. Data: ${source}.`,
      /** @param {{ source: string }} _ */
      data: ({ source }) => `Data: ${source}.`,
      /** @param {Place} _ */
      at: ({ map, row, column, value }) => `Map ${map}, row ${row}, column ${column}: ${value}`,
      stage1: { title: 'After conv1, ReLU and pool', shape: '64 maps of 7×7' },
      stage2: { title: 'After conv2, ReLU and pool', shape: '32 maps of 3×3: the 288 features' },
      /** @param {{ stage: string }} _ */
      nameUpright: ({ stage }) => `${stage}, upright. Arrow keys go from cell to cell.`,
      /** @param {{ stage: string, degrees: number }} _ */
      nameTurned: ({ stage, degrees }) => `${stage}, turned by ${degrees} degrees. Arrow keys go from cell to cell.`,
    },
  },

  data: {
    drop: 'Drop IDX files of 28×28 images and their labels',

    legend: 'Data',
    sources: {
      generated: { title: 'Built-in digits', text: 'drawn by a program, as many as you like' },
      mnist: { title: 'MNIST', text: 'genuine handwriting, the classic' },
      own: {
        title: 'My files',
        text: 'IDX images and labels, 28×28, .gz too: Fashion-MNIST, KMNIST, EMNIST, your own',
      },
    },
    notHere: 'not on this server',
    /** @param {{ task: Task, pretext: number, labelled: number, test: number }} values <source/> is the name of the data */
    summary: ({ task, pretext, labelled, test }) =>
      `<source/>: ${whole(pretext)} images for ${TASKS[task].noun}, ${whole(labelled)} with labels, ${whole(test)} for the test.`,

    choose: 'Images and labels: drop them anywhere on this page, or choose',
    transpose: 'Swap rows and columns (EMNIST is stored that way)',
    classesAre: 'The classes are',
    /** @param {{ problem: string }} values without a full stop */
    filesRefused: ({ problem }) => `${problem}.`,
    onlyKnown: 'Use only labels 0 to 9',
    /** Whether the visitor's files are kept, each of `{ bytes }`. */
    filesKept: {
      /** @param {{ bytes: number }} values */
      kept: ({ bytes }) => `Kept in this browser, ${megabytes(bytes)}, so that a run can go on after a reload.`,
      /** @param {{ bytes: number }} values */
      tooMuch: ({ bytes }) =>
        `${megabytes(bytes)} are too much to be kept in this browser: after a reload the page asks for them again.`,
      notSecure: () =>
        'This address is not secure (https), so the files are not kept: after a reload the page asks for them again.',
      notKept: () => 'This browser does not keep the files: after a reload the page asks for them again.',
      forgotten: () => 'No longer kept in this browser.',
      notForgotten: () => 'This browser does not let the page delete them.',
    },
    forget: 'Do not keep them',

    /** The notebook's arrays. */
    shapes: {
      title: 'Splits and shapes, as the notebook prints them',
      array: 'Array',
      slice: 'Slice',
      shape: 'Shape',
      use: 'What it is for',
      noName: 'the whole test set',
      uses: {
        pretext: 'pictures of the pretext task',
        pretextLabels: 'their labels, which no network sees',
        labelled: 'pictures of the three networks that read',
        labels: 'their labels; the last fifth is for validation',
        setAside: 'set aside by the notebook, and part of the whole test set',
        test: 'the notebook’s test',
        turned: 'the pictures of x_train in their four turns; the engine turns them as it reads them and stores none',
        turns: 'which turn it is',
        whole: 'this page’s test, beside the notebook’s',
      },
      /**
       * Why two test accuracies stand side by side. `few`, `many`: half the width of the 95% interval at `example`.
       * @param {{ count: number, first: number, last: number, all: number, example: number, few: number, many: number }} _
       */
      ofFew: ({ count, first, last, all, example, few, many }) =>
        `An accuracy “of ${whole(count)}” is the notebook’s own: it tests on test[${first}:${last}] only. At ${percent(example, 0)} right, its 95% interval reaches about ${fixed(100 * few, 1)} points to each side, more than most of the differences that are looked for here. On all ${whole(all)} test images it reaches about ${fixed(100 * many, 1)} points. So the page tests on all of them and leads with that.`,
      /** @param {{ count: number }} _ */
      ofAll: ({ count }) =>
        `The notebook tests on test[300:600], 300 images. These data have ${whole(count)} test images, so that all of them are used.`,
    },

    whichSet: 'Which set',
    sets: { train: 'For training', test: 'For the test' },
    otherExamples: 'Other examples',
    classes: 'Classes of the data',
    className: 'Class',
    images: 'Images',
    share: 'Share',
    mean: 'Mean',
    examples: 'Examples',
    /** @param {{ name: string }} values */
    meanOf: ({ name }) => `Mean of class ${name}`,
    /** @param {{ count: number, set: 'train' | 'test', name: string }} values */
    examplesOf: ({ count, set, name }) => `${whole(count)} ${SETS[set]} images of class ${name}`,
    /** @param {{ source: string }} values */
    origin: ({ source }) => `Data: ${source}.`,
    /** @param {{ count: number, set: 'train' | 'test' }} values */
    measured: ({ count, set }) => `Mean images and pixels: over ${whole(count)} ${SETS[set]} images.`,

    greys: 'Grey values',
    /** @param {{ blank: number, mean: number }} values `blank`: a share */
    greysTitle: ({ blank, mean }) =>
      `<b>${percent(blank)}</b> of the pixels are blank, and the mean grey is <b>${fixed(mean, 1)}</b> of 255. The others:`,
    greysName: 'Share of all pixels by grey value.',
    greysHint: 'Arrow keys go from value to value.',
    greyAxis: 'grey value',
    greysTable: 'Table of grey values',
    grey: 'Grey',
    greyShare: 'Share of all pixels',
  },

  speed: {
    noEngine: 'No engine runs.',
    /** @type {Record<import('../../engine/types').BuildName, string>} */
    builds: {
      'threads-relaxed': 'many threads, relaxed SIMD',
      'threads-simd': 'many threads, SIMD',
      'single-relaxed': 'one thread, relaxed SIMD',
      'single-simd': 'one thread, SIMD',
    },
    /** @param {{ title: string, threads: number, lanes: number, isa: string, fused: boolean, bytes: number }} values */
    engine: ({ title, threads: count, lanes, isa, fused, bytes }) =>
      `<b>${title}</b>, ${threads(count)}, ${whole(lanes)} numbers at a time (${isa}${fused ? ', fused multiply-add' : ''}), ${whole(bytes / 2 ** 20)} MB of memory.`,
    /** Why this build runs. */
    why: {
      asked: 'You asked for this build.',
      fastest: 'It is the fastest of the four, and this browser can run it.',
      fastestHere: 'It is the fastest of the four that works here. Why not the faster ones:',
    },
    /** A build that does not run, and the reason. */
    passed: '<build/>: <reason/>.',
    choose: 'Choose another engine',
    open: 'Open the engine anew',

    threads: 'Threads',
    oneThread: 'This build has one thread; the reason stands above.',
    /** @param {{ count: number, most: number }} values */
    trainWith: ({ count, most }) => `Train with <b>${whole(count)}</b> of ${whole(most)}`,
    threadsNote:
      'The engine opens anew and goes on from where it was; the weights do not depend on the number of threads.',
    measure: 'Measure the speed',
    cancel: 'Cancel',
    /** @param {{ now: number, most: number }} values */
    measuring: ({ now, most }) => `Measuring ${whole(now)} of ${whole(most)} threads…`,
    measureNote: 'A second or two for each; training waits meanwhile.',
    chart: 'Speed-up; dashed: ideal',
    chartName: 'Speed-up over threads. Latest:',
    chartHint: 'Arrow keys go from value to value.',
    ideal: 'ideal',
    /** @param {{ count: number }} values */
    threadCount: ({ count }) => threads(count),
    /** @param {{ factor: number, digits: number }} values */
    times: ({ factor, digits }) => `${fixed(factor, digits)}×`,
    table: 'Measured speed by number of threads',
    imagesPerSecond: 'Images/s',
    speedUp: 'Speed-up',
    ofIdeal: 'Of ideal',

    /** @param {{ images: number }} values */
    peers: ({ images }) => `One rotation epoch, ${whole(images)} pictures`,
    peersTable: 'Seconds of one epoch',
    program: 'Program',
    seconds: 'Seconds',
    bar: 'Bar',
    /** @param {{ how: 'measured' | 'now' | 'trained' }} values */
    here: ({ how }) => `This page on your machine, ${HOW[how]}`,
    /** How the other programs ran, each of `{ program, browser }`. */
    runs: {
      /** @param {{ program: string }} values */
      native: ({ program }) => `${program}, native`,
      /** @param {{ program: string, browser?: string }} values */
      page: ({ program, browser }) => `${program}, ${browser}`,
      /** @param {{ program: string, browser?: string }} values */
      webgl: ({ program, browser }) => `${program}, WebGL in software, ${browser}`,
      /** @param {{ program: string, browser?: string }} values */
      wasm: ({ program, browser }) => `${program}, WebAssembly, ${browser}`,
    },
    measureToSee: 'Measure the speed, or train, to see your machine here.',
    /** @param {{ measuredOn: Date }} values */
    peersNote: ({ measuredOn }) =>
      `The others: 2 cores of an Intel Xeon server with AVX-512, shared, no graphics card, ${month(measuredOn)}, the same network and batch; of the two slow ones some steps were timed and scaled up. Your machine may be another. Bars: logarithmic.`,

    reasons: 'Why',
    multiplications: {
      title: 'Fewer multiplications',
      text: 'Winograd’s method makes all 6×6 results of a 3×3 convolution from 64 products per channel pair instead of 324: add first, multiply less, add again.',
    },
    blank: {
      title: 'Blank paper costs nothing',
      text: 'More than half of the first layer’s windows on a digit see no ink. Their answer is known before: it is skipped, exactly.',
    },
    turned: {
      title: 'Turned by reading',
      text: 'Nobody makes four turned copies. A turn is another order of reading the same 784 bytes.',
    },
    agree: {
      title: 'Threads that always agree',
      text: 'Each thread takes whole pieces of a batch; their sums are added in one fixed order. So one thread or eight give the same weights, to the last bit.',
    },
    simd: {
      title: 'Four numbers at once, rounded once',
      text: 'SIMD works on four numbers in one go. Relaxed SIMD also joins multiply and add into one step, where the browser has it.',
    },
  },

  keep: {
    signature: 'Signature',
    noSignature: 'when the run has ended',
    /** @param {{ fused: boolean }} values */
    signatureNote: ({ fused }) =>
      `A fingerprint of every weight and every epoch. The same settings and data give the same one in every browser and native program whose engine rounds as this one does: ${
        fused ? 'once for multiply and add (fused)' : 'after multiply and after add (unfused)'
      }. The other kind gives another.`,
    command: 'The same run in a terminal',
    copy: 'Copy',
    noCommand:
      'None for this run: a learning rate or the arithmetic was changed on the way, or the data are only a part of the files or were changed.',

    here: 'In this browser',
    /** @param {{ moment: number, bytes: number }} values */
    keptAt: ({ moment, bytes }) =>
      `Kept at ${clock(moment)}, ${whole(bytes / 1024)} KB: weights, optimisers, random state, curves and the moments of the map.`,
    beingKept: 'Being kept…',
    willKeep: 'As soon as it trains, the run is kept here every few seconds.',
    comesBack: 'Close or reload the page, and it offers to go on exactly there.',

    link: 'As a link',
    /** @param {{ rounding: 'fused' | 'unfused' | '' }} values of the engine; '': there is none */
    linkNote: ({ rounding }) =>
      `The link holds the settings and the seed, not the weights: whoever opens it and presses Train makes this run again${
        rounding ? `, with the same signature where the engine rounds as this one does (${rounding})` : ''
      }.`,
    /** @param {{ missing: (keyof typeof LEFT)[] }} values one at least */
    notInLink: ({ missing }) =>
      `It does not hold ${missing.map((each) => LEFT[each]).join(', nor ')}, so that the result is another.`,
    copyLink: 'Copy the link',

    files: 'As files',
    curves: 'Curves, CSV',
    runs: 'Table of runs, CSV',
    everything: 'Everything, JSON',
    weights: 'Weights, safetensors',
    network: 'A network for other programs',
    saveOnnx: 'Save as ONNX',
    onnxNote: 'Takes pixels 0 to 255, [N, 28, 28, 1], and gives probabilities; scaling is inside.',
    chart: 'A chart as a picture',
    savePng: 'Save as PNG',
    /** @param {{ section: string, chart: string }} values */
    chartName: ({ section, chart }) => `${section}: ${chart}`,
    /** @param {{ name: string, place: number }} values of several with one name */
    chartPlace: ({ name, place }) => `${name} (${whole(place)})`,
    someChart: 'chart',
    /** What is to be said of a file that was saved. */
    remarks: {
      altered: 'Saved. This browser alters single pixels a little, as protection against fingerprinting.',
    },
    print: 'Print, or save as PDF',
    preparing: 'Getting everything ready…',
    printNote: 'The whole page on paper: every part, and the charts with their tables.',

    makeLesson: 'Make a lesson link…',
    lesson: 'A link for a lesson',
    lessonNote:
      'It opens this page as it is set now, untrained and in the colours of whoever opens it, unless you lock these. Locked controls show their value; hidden parts are left out. Neither can be changed on that page; whoever edits the address opens another one.',
    control: 'Control',
    lock: 'Lock',
    hide: 'Hide',
    /** @param {{ control: string }} values */
    lockOf: ({ control }) => `Lock ${control}`,
    /** @param {{ control: string }} values */
    hideOf: ({ control }) => `Hide ${control}`,
    hideParts: 'Hide whole parts',
    lessonLink: 'The link',
    copyLesson: 'Copy the lesson link',
    close: 'Close',

    offer: 'Kept run',
    /** @param {{ moment: number }} values */
    offerTitle: ({ moment }) => `A run from ${time(moment)} is kept here.`,
    /** Where a kept run stands. @param {{ run: string, share: number, seed: number, source: string }} values `run`: its name */
    stands: ({ run, share, seed, source }) => `${run}, ${percent(share, 0)} done · seed ${seed} · ${source}`,
    /** @param {{ seed: number, source: string }} values */
    finished: ({ seed, source }) => `finished · seed ${seed} · ${source}`,
    /** @param {{ seed: number, source: string }} values */
    failed: ({ seed, source }) => `failed · seed ${seed} · ${source}`,
    /** @param {{ seed: number, source: string }} values of a run of which it is not known where it stands */
    standsSomewhere: ({ seed, source }) => `seed ${seed} · ${source}`,
    unusable: 'It was kept by another version of this page, or is damaged, and cannot be continued.',
    goOn: 'Continue it',
    startFresh: 'Start fresh',
    /** <names/>: of the files. */
    filesWanted: 'It learned from your files, which are not kept here. To go on, choose them again: <names/>',
  },

  /** Versions and offline use. */
  offline: {
    newVersion: 'New version of the page',
    isHere: 'A new version of this page is here.',
    wouldLose: 'This browser cannot keep your run, so loading the page again would lose it.',
    keepsRun: 'A run is kept before the page loads again.',
    reload: 'Reload',
    reloadAnyway: 'Reload anyway',
    later: 'Later',
  },

  /** Errors of the worker and of the page's own readers, by code. */
  errors: {
    /** What browsers say, mostly in English. @param {{ text: string }} values */
    engine: ({ text }) => text,

    // IDX files
    /** @param {{ name: string, label: number, known: number, count: number }} values */
    unknownLabels: ({ name, label, known, count }) =>
      `${name}: label ${label}; the networks read ten classes, 0 to 9, and ${
        known > 0
          ? `${whole(known)} of the ${whole(count)} images have such a label`
          : 'none of the images has one; relabel them'
      }`,
    /** @param {{ name: string }} values */
    damagedGzip: ({ name }) => `${name}: damaged gzip data; fetch the file again`,
    /** @param {{ name: string, most: number }} values */
    tooLarge: ({ name, most }) => `${name}: more than ${whole(most)} bytes when unpacked; give a smaller file`,
    /** @param {{ name: string }} values */
    emptyFile: ({ name }) => `${name}: the file is empty; fetch it again`,
    /** @param {{ name: string }} values */
    headerCut: ({ name }) => `${name}: cut short within its header; fetch the file again`,
    /** @param {{ name: string, rows: number, columns: number }} values */
    wrongSide: ({ name, rows, columns }) => `${name}: images of ${whole(rows)}×${whole(columns)}; give images of 28×28`,
    /** @param {{ name: string, kind: 'images' | 'labels' }} values */
    noItems: ({ name, kind }) => `${name}: holds no ${ITEMS[kind]}; give a file with some`,
    /** @param {{ name: string, kind: 'images' | 'labels', count: number, there: number }} values */
    cutShort: ({ name, kind, count, there }) =>
      `${name}: cut short, its header says ${whole(count)} ${ITEMS[kind]} and ${whole(there)} are there; fetch the file again`,
    /** @param {{ name: string, kind: 'images' | 'labels', count: number, extra: number }} values */
    tooLong: ({ name, kind, count, extra }) =>
      `${name}: ${whole(extra)} bytes more than ${whole(count)} ${ITEMS[kind]} need; fetch the file again`,
    /** @param {{ name: string }} values */
    zipArchive: ({ name }) => `${name}: a zip archive; unpack it and give the files inside`,
    /** @param {{ name: string, type: number }} values */
    otherType: ({ name, type }) => `${name}: holds ${TYPES[type]}; only unsigned bytes can be read, convert the file`,
    /** @param {{ name: string }} values */
    notIdx: ({ name }) =>
      `${name}: not an IDX file of 8-bit images or labels; give files such as train-images-idx3-ubyte.gz`,
    /** @param {{ imagesName: string, images: number, labelsName: string, labels: number }} values */
    noPair: ({ imagesName, images, labelsName, labels }) =>
      `${imagesName} has ${whole(images)} images and ${labelsName} ${whole(labels)} labels; they must be a pair`,
    noImagesFile: 'there are no images among the files; add an images file (…-idx3-ubyte)',
    /** @param {{ images: number, labels: number }} values */
    unpairedFiles: ({ images, labels }) =>
      `${whole(images)} images and ${whole(labels)} labels files; give one labels file for each images file`,
    /** @param {{ images: number }} values */
    tooManyFiles: ({ images }) => `${whole(images)} images files; give one for training and at most one for testing`,
    whichForTesting: 'which files are for testing? Put “test” or “t10k” into their names',
    /** @param {{ name: string }} values */
    notRead: ({ name }) => `${name}: could not be read; is it a folder? Give the files inside`,
    noFiles: 'choose your IDX files first: images and labels',
    noMnist: 'this server has no MNIST; choose the built-in digits or your own files',
    filesLocked: 'The lesson has chosen the data, so your files are not taken; open the page without its link',
    /** @param {{ name: string, why: string }} values */
    notServed: ({ name, why }) => `${name}: ${why}; choose the built-in digits instead, or try again`,
    /** @param {{ status: number }} values */
    answers: ({ status }) => `the server answers ${status}`,
    noAnswerOfServer: 'the server does not answer',

    // Own digits
    digitsNotRead: 'This browser keeps nothing for this page (a private window?): your digits last until you close it.',
    digitsNotStored: 'Your digits could not be stored and last until you close this page; free some space for it.',
    /** @param {{ most: number }} values */
    setFull: ({ most }) => `your set has ${whole(most)} digits, as many as it holds; remove some first`,

    // Kept runs and files to take away
    storageFull:
      'The storage that this browser allows the page is full, so the run is not kept. Free some space, or export the run.',
    /** @param {{ why: string }} values */
    storageRefused: ({ why }) =>
      `This browser keeps nothing for the page (${why}). The run lives until the tab is closed; export what you need.`,
    storageSilent: 'its storage does not answer',
    keptRunGone: 'the kept run is gone',
    /** @param {{ name: string }} values */
    strangeFile: ({ name }) => `${name} is none of them: its checksum is another.`,
    /** @param {{ names: string[] }} values */
    missingFiles: ({ names }) => `Still missing: ${names.join(', ')}.`,
    noEngine: 'there is no engine; start it again first',
    noEpochs: 'there are no epochs yet; train first',
    noRuns: 'no run has ended yet; train first',
    noChart: 'there is no chart on the page yet; scroll past the charts first',
    canvasHidden:
      'This browser hides from a page what it has painted (protection against fingerprinting), so the picture would be white or noise. Allow this page to read canvases, or take a screenshot',
    /** @param {{ name: string }} values */
    noTensor: ({ name }) => `${name}: the engine's weights have no such tensor`,

    // The worker
    momentGone: 'that moment of the training is no longer kept',
    dataChanged: 'the data have changed',
    tooFewImages: 'the test set has fewer than two images of these digits',
    tooFewClasses: 'LDA parts classes: choose at least two digits',
    engineCrashed: 'the engine has crashed',
    engineNotOpen: 'the engine is not open',
    engineClosed: 'the engine was closed',
    /** @param {{ why: string }} values */
    engineStopped: ({ why }) => `the engine stopped: ${why}`,
    workerUsed: 'this worker has had its engine',
    workerNotStarted: 'the worker could not be started',
    workerEnded: 'its worker was ended from outside',
    /** @param {{ seconds: number }} values */
    workerSilent: ({ seconds }) => `nothing was heard of it for ${whole(seconds)} seconds`,
    messageUnread: 'a message could not be read',
  },

  /** What the engine reports, by code (engine/codes.js). */
  says,

  /** Why an engine does not start, by code. */
  engine: {
    /** @param {{ reasons: { builds: string[], why: string }[], fixes: string[] }} values no builds: all of them */
    noBuild: ({ reasons, fixes }) => {
      const said = reasons.map(({ builds, why }) => (builds.length > 0 ? `${builds.join(', ')}: ${why}` : why));
      return `no engine build runs here: ${said.join('; ')}. What helps: ${fixes.join('; ')}`;
    },
    /** @param {{ reason: string }} values */
    notOpened: ({ reason }) => reason,
    noneRuns: 'this browser can run none of the builds',
    /** @param {{ why: string }} values */
    failedToStart: ({ why }) => `failed to start: ${why}`,

    noSimd: 'this browser has no WebAssembly SIMD',
    notSecure:
      'the address is not secure (plain http, and not this machine’s own), so the browser gives the page no shared memory; by https it would run on many threads',
    framed: 'the page is shown inside another page, where browsers give it no shared memory',
    notIsolated:
      'the page is not cross-origin isolated (its server sends no COOP and COEP headers), so there is no shared memory',
    noThreads: 'this browser has no WebAssembly threads',
    noRelaxedSimd: 'this browser has no relaxed SIMD',

    /** @param {{ seconds: number }} values */
    noAnswer: ({ seconds }) => `did not answer within ${whole(seconds)} s`,
    freeMachine: 'close what keeps the machine busy, then start the engine again',
    chooseBest: 'choose “best here” as the engine build',
    startAgain: 'start the engine again, or reload the page',
    startAgainOrOther: 'start the engine again, or reload the page; if that does not help, try another browser',
    /** @param {{ why: string }} values */
    noMemory: ({ why }) => `there is not enough memory for it (${why})`,
    makeRoom: 'close other tabs or programs, then start the engine again',
    /** @param {{ bytes: number }} values */
    codeDamaged: ({ bytes }) => `its code (.wasm) came damaged or cut off, ${whole(bytes)} bytes`,
    reloadOrCopy:
      'reload the page without the browser’s cache; if that does not help, copy the file to the server again, in binary mode',
    /** @param {{ why: string }} values */
    codeCutOff: ({ why }) => `its code (.wasm) cannot be fetched whole (${why})`,
    checkNetworkAgain: 'check the network, then start the engine again',
    /** @param {{ address: string, status: number }} values */
    codeRefused: ({ address, status }) => `${address}: the server answers ${status}`,
    /** @param {{ why: string }} values */
    policy: ({ why }) => `a Content-Security-Policy forbids WebAssembly (${why})`,
    loosenPolicy: "add 'wasm-unsafe-eval' to script-src in the policy that the server sends, or use a newer browser",
    /** @param {{ why: string }} values */
    workerStuck: ({ why }) => `its worker does not start (${why || 'the browser gives no reason'})`,
    policyWithEveryFile:
      'the server sends Cross-Origin-Embedder-Policy with the page only: send it with every file, or with none',
    allowWorkers: `a policy of the server may forbid workers (worker-src), or the browser may be too old: use ${NEW_ENOUGH}`,
    /** @param {{ script: string, why: string }} values */
    threadStuck: ({ script, why }) => `a thread of ${script} did not start: ${why}`,
  },

  /** The run as a Python script. */
  code: {
    title: 'The run as Keras or PyTorch code',
    note: 'A whole script with the settings of this run: it loads the images, trains the pretext task, freezes, trains the readers and prints the table. Weights begin with random numbers of the library’s own, so its figures agree with those above within their spread over seeds.',
    none: 'As soon as the data are there, the script stands here.',
    library: 'Library',
    copy: 'Copy the script',
    /** @param {{ file: string }} values */
    save: ({ file }) => `Save ${file}`,
  },

  /** The line of a result, and many of them. */
  results: {
    term: 'Result line',
    none: 'when the run has ended',
    copy: 'Copy the line',
    note: 'Settings, seed, data, figures and signature in one line of text, to be sent to a teacher. Its last word is a checksum: a line that was cut or changed is noticed.',

    collectTitle: 'For teachers: collect results',
    collectNote:
      'Paste what your students sent, all messages at once: one result line each, with a name before it or without. Nothing leaves this page.',
    paste: 'Result lines',
    /** @param {{ results: number, refused: number }} values */
    found: ({ results, refused }) => {
      const found = `${whole(results)} ${plural(results, { one: 'result', other: 'results' })}`;
      if (refused === 0) return `${found}.`;
      return `${found}; ${whole(refused)} ${plural(refused, { one: 'line is', other: 'lines are' })} not counted.`;
    },
    /** @param {{ line: number, who: string, why: string }} values */
    atLine: ({ line, who, why }) => `Line ${whole(line)}${who ? ` (${who})` : ''}: ${why}`,
    /** Why a line is not counted. */
    faults: {
      noLine: 'there is no result in it',
      /** @param {{ version: string }} values */
      otherVersion: ({ version }) =>
        `its format is version “${version}”, which this page does not read; open the page that made it, or ask for the line of a present one`,
      cut: 'its end with the checksum is missing; ask for the whole line',
      damaged: 'the checksum does not fit: something in it was changed or lost on the way',
      /** @param {{ name: string }} values */
      field: ({ name }) => `“${name}” is missing, or has a value that it cannot have`,
      /** @param {{ first: number }} values */
      twice: ({ first }) => `the same as line ${whole(first)}, and counted once`,
    },
    /** @param {{ first: number }} values */
    contradicts: ({ first }) =>
      `the same settings, seed and images as line ${whole(first)}, but another result: the program gives only one of them. Run it again to see which`,
    table: 'Collected results',
    /** @param {{ line: number }} values */
    line: ({ line }) => `line ${whole(line)}`,
    columns: {
      who: 'From',
      seed: 'Seed',
      task: 'Question',
      labels: 'Labels',
      epochs: 'Epochs',
      question: 'Answered right',
      taught: 'Probe, 100 labels: taught',
      untrained: 'Probe, 100 labels: untrained',
      self_supervised: RUNS.self_supervised,
      random: RUNS.random,
      supervised: RUNS.supervised,
      signature: 'Signature',
    },
    mean: 'Mean ± standard deviation',
    /** @param {{ mean: number, deviation: number }} values shares */
    spread: ({ mean, deviation }) => `${percent(mean)} ± ${fixed(100 * deviation, 1)}`,
    noMean: 'The runs differ in more than their seeds, so a mean would say nothing.',
    save: 'Table, CSV',
  },

  /** Lessons: the builder of links, and what a link brings. */
  lessons: {
    /** Over the task that a link brings. */
    task: 'Your task',
    /** Under it, where it is in the words of whoever made the link. */
    byLink: 'These words came with the link that you opened.',
    /** Ready ones, by name. */
    ready: {
      guess: {
        title: 'Which way is up?',
        task: 'Play ten rounds of the quiz before anything is trained, and note how many you get right. What in a picture tells you which way is up? Then train the network and play ten more rounds against it.',
      },
      learn: {
        title: 'What does it learn?',
        task: 'Press Train and watch both curves. Guess first: once the network names most turns right, how many digits will a simple reader of its features get right from 100 labelled pictures? Compare with untrained features and with raw pixels.',
      },
      labels: {
        title: 'Few labels, many labels',
        task: 'Train with 100 labelled pictures, then with 1,000. Write down what each of the three networks gets right. Who gains most from more labels, and who can do without?',
      },
      control: {
        title: 'The control',
        task: 'Here the network must tell four fixed shuffles of all pixels apart. Train it. How often is it right? And what are its features worth for reading digits, with 1,000 labels, beside those that turns taught? Explain why a question that is answered perfectly can teach so little.',
      },
      seeds: {
        title: 'One seed for each',
        task: 'Set the seed to your number in the class list, train to the end, and send the result line, which stands under “Keep and share”, to your teacher. How far do thirty runs lie apart that differ in nothing but chance?',
      },
      notebook: {
        title: 'The notebook as it stands',
        task: 'Run the notebook’s own settings: raw pixels, 50 epochs. Compare the three networks with those of the usual settings. Which figures change, and why does the untrained network gain most?',
      },
    },

    begin: 'Begin with',
    present: 'the page as it is set now',
    taskLabel: 'Task for the students',
    /** @param {{ most: number }} values */
    taskNote: ({ most }) => `It stands over the page. Up to ${whole(most)} letters; empty: no task.`,
    preview: 'What a student sees',
    noTask: 'No task stands over the page.',
    /** @param {{ parts: readonly string[] }} values */
    shows: ({ parts }) => `Parts: ${parts.length > 0 ? parts.join(' · ') : 'none but the training'}`,
    /** @param {{ values: readonly string[] }} values each “control: value” */
    locked: ({ values }) => `Locked: ${values.join('; ')}.`,
    /** @param {{ control: string, value: string }} values */
    lockedValue: ({ control, value }) => `${control}: ${value}`,
    /** @param {{ controls: readonly string[] }} values */
    hidden: ({ controls }) => `Controls that are not there: ${list(controls)}.`,
    nothingLocked: 'No control is locked or hidden.',
    on: 'on',
    off: 'off',
    open: 'Open it as a student does',
    inNewTab: 'in a new tab',
  },

  /** Links that leave the page. */
  about: {
    paper: 'The paper',
    licence: 'Licence',
    notices: 'Licences of what it is made from',
    source: 'Source code',
  },
};
