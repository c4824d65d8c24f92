// English: what stands on the first screen, and what any part may need at any time.
import { capital, duration, percent, plain, plural, whole } from '../intl.js';

/** Words for what the data show. `classes`: names of the ten, where they have others than their signs. */
export const KINDS = {
  digits: { title: 'digits', ...written('digit', 'digits') },
  fashion: {
    title: 'Fashion-MNIST',
    ...seen('garment', 'garments'),
    classes: [
      ...['T-shirt', 'trousers', 'pullover', 'dress', 'coat'],
      ...['sandal', 'shirt', 'sneaker', 'bag', 'ankle boot'],
    ],
  },
  kmnist: {
    title: 'KMNIST',
    ...written('character', 'characters'),
    classes: ['お o', 'き ki', 'す su', 'つ tsu', 'な na', 'は ha', 'ま ma', 'や ya', 'れ re', 'を wo'],
  },
  letters: { title: 'EMNIST letters', ...written('letter', 'letters') },
  numbers: {
    title: 'no names',
    ...seen('image', 'images'),
    classes: [0, 1, 2, 3, 4, 5, 6, 7, 8, 9].map((digit) => `class ${digit}`),
  },
};

/** Signs that somebody wrote. @param {string} one @param {string} many */
function written(one, many) {
  return { one, many, reads: 'recognise', parts: 'notice strokes and loops, and that is most of what reading takes' };
}
/** Things that are seen. @param {string} one @param {string} many */
function seen(one, many) {
  return {
    ...{ one, many, reads: 'recognise' },
    parts: 'notice edges and shapes, and that is most of what it takes to recognise them',
  };
}

/** @typedef {keyof typeof KINDS} Kind */
/** @typedef {{ kind: Kind }} OfKind */

export const RUNS = {
  pretext: 'Rotation',
  self_supervised: 'Self-supervised',
  random: 'Random features',
  supervised: 'Supervised',
};
/** @typedef {keyof typeof RUNS} Run */

/**
 * Pretext tasks: what each asks, what its answers are, what it is itself within a sentence, and a class in words, by its
 * number and the engine's name for it.
 */
export const TASKS = {
  turns: {
    title: RUNS.pretext,
    asks: 'How many quarter turns was the image turned?',
    things: 'turns',
    noun: 'rotation',
    /** @param {{ variant: number, name: string }} _ */
    variant: ({ variant }) => `${plain(90 * variant)}°`,
  },
  mirrors: {
    title: 'Mirrors',
    asks: 'How was the image mirrored?',
    things: 'mirrors',
    noun: 'mirroring',
    /** @param {{ variant: number, name: string }} _ */
    variant: ({ variant }) => ['not mirrored', 'left–right', 'up–down', 'both ways'][variant],
  },
  turns_mirrors: {
    title: 'Turns and mirrors',
    asks: 'How was the image turned and mirrored?',
    things: 'turns and mirrors',
    noun: 'turning and mirroring',
    /** @param {{ variant: number, name: string }} _ */
    variant: ({ variant }) => (variant < 4 ? `${plain(90 * variant)}°` : `mirrored, ${plain(90 * (variant - 4))}°`),
  },
  jigsaw: {
    title: 'Jigsaw',
    asks: 'In which order are the four quarters of the image?',
    things: 'orders',
    noun: 'the jigsaw',
    /** @param {{ variant: number, name: string }} _ */
    variant: ({ name }) => [...name].join(' '),
  },
  shuffles: {
    title: 'Shuffles',
    asks: 'Which of four fixed shuffles mixed the pixels?',
    things: 'shuffles',
    noun: 'the shuffles',
    /** @param {{ variant: number, name: string }} _ */
    variant: ({ name }) => `shuffle ${name}`,
  },
};
/** @typedef {keyof typeof TASKS} Task */

/** A share with its 95% interval, as every figure of a result stands in sentences. @param {{ accuracy: number, low: number, high: number }} _ */
export const withInterval = ({ accuracy, low, high }) => `${percent(accuracy)} (${percent(low)} to ${percent(high)})`;
/** @typedef {{ accuracy: number, low: number, high: number }} Share */

/** @param {number} count */
export const epochs = (count) => `${plain(count)} ${plural(count, { one: 'epoch', other: 'epochs' })}`;

const NOW = 'Takes effect at once, even during training.';
/** A setting of the pretext run, by the task that is set. @param {string} name */
const ofPretext = (name) => ({
  label: `Pretext ${name}`,
  ofTask: (/** @type {{ task: Task, brief: boolean }} */ { task, brief }) =>
    brief ? `<group>${TASKS[task].title} </group><name>${name}</name>` : `${TASKS[task].title} ${name}`,
});

/** Behind a share that stands by itself. @param {{ low: number, high: number }} _ */
const within = ({ low, high }) => `(${percent(low)} to ${percent(high)})`;

/** @typedef {{ labels: number, taught: Share, untrained: Share, code: 'ahead' | 'behind' | 'level' }} Learned */
/** What a linear probe reads from the features now. @param {Learned} learned */
const readNow = ({ labels, taught, untrained, code }) =>
  `With ${whole(labels)} ${plural(labels, { one: 'label', other: 'labels' })}, a linear probe of its features gets <b>${withInterval(taught)}</b> correct; untrained features give <b>${withInterval(untrained)}</b>${code === 'level' ? ', which is no clear difference' : ''}. <a>See the results</a>.`;

import start from './start.js';

export default {
  /** The article around its sections. */
  page: {
    title: 'Which way is up?',
    /** In the browser's tab, and where the page is listed. */
    tab: 'Quarterturn: which way is up?',
    description:
      'A small network learns to see by finding out which way is up. Train it in your browser, draw a digit, and watch.',
    language: 'Language',
    lede: (/** @type {OfKind} */ { kind }) =>
      `A small network sees turned ${KINDS[kind].many} and must say how far each was turned. Nobody tells it what a ${KINDS[kind].one} is. But to tell up from down, it has to ${KINDS[kind].parts}.`,
    toLight: 'Light',
    toDark: 'Dark',
    addressFault: (/** @type {{ fault: string }} */ { fault }) =>
      `The page’s address is not valid: ${fault}. The default is used.`,
    inFrame:
      'Inside another page it trains on one thread, because browsers give it no shared memory. <a>Open it in a tab of its own</a>: it can be faster.',
    source:
      'The idea comes from RotNet: S. Gidaris, P. Singh and N. Komodakis, “Unsupervised Representation Learning by Predicting Image Rotations”, ICLR 2018.',
    keptOffline: 'This page is saved in your browser, so it also opens offline.',
    contents: 'Contents',
    appendix: 'Appendix',
    /** Beside the title of a section: what it takes. */
    minutes: (/** @type {{ minutes: number }} */ { minutes }) =>
      `${plain(minutes)} ${plural(minutes, { one: 'minute', other: 'minutes' })}`,
    onThisPage: 'On this page',

    /** Sections in the contents. */
    links: {
      learn: 'Learning',
      probe: 'Result',
      quiz: 'Quiz',
      tasks: 'Tasks',
      duel: 'Notebook',
      draw: 'Draw',
      map: 'Map',
      inside: 'Inside',
      data: 'Data',
      speed: 'Speed',
      keep: 'Save',
    },

    /** Where a section's view is not there. */
    notFetched: (/** @type {{ title: string }} */ { title }) => `“${title}” could not be loaded.`,
    notFetchedWhy: (/** @type {{ title: string, why: string }} */ { title, why }) =>
      `“${title}” could not be loaded: ${why}.`,
    failed: (/** @type {{ title: string, why: string }} */ { title, why }) => `“${title}” stopped working: ${why}`,
    reload: 'Reload',
    tryAgain: 'Try again',
    goOnWithout: 'Continue without it',
    notOnPaper: (/** @type {{ title: string }} */ { title }) =>
      `${title}: not loaded when the page was printed. “Print or save as PDF” in “Save and share” waits for every section.`,
  },

  /** Words that many parts share: runs, networks, data. */
  common: {
    runs: RUNS,
    networks: {
      rotnet: RUNS.pretext,
      self_supervised: RUNS.self_supervised,
      random: RUNS.random,
      supervised: RUNS.supervised,
    },
    kinds: KINDS,
    tasks: TASKS,
    /** Beside figures, as the data's name. @param {{ version: string, seed: string }} values */
    generated: ({ version, seed }) => `built-in generated digits, version ${version}, seed ${seed} (not handwritten)`,
  },

  /** Controls of the table of settings, by name. `brief`: where its neighbours share the group. */
  settings: {
    data: {
      label: 'Data',
      choices: { auto: 'best available', generated: 'built-in', mnist: 'MNIST', own: 'my files' },
    },
    images: {
      label: 'Training images',
      hint: 'Of every eleven, ten go to the pretext task without labels, and one keeps its label.',
    },
    tests: { label: 'Test images' },
    preset: {
      label: 'Pixels',
      hint: 'The notebook uses 0 to 255. Dividing by 255 is common practice.',
      choices: { unit: '0 to 1', notebook: '0 to 255' },
    },
    seed: { label: 'Seed', hint: 'The same seed gives the same result, to the last bit.' },
    task: {
      label: 'Pretext task',
      choices: {
        turns: 'quarter turns (4 answers)',
        mirrors: 'mirrors (4 answers)',
        turns_mirrors: 'turns and mirrors (8 answers)',
        jigsaw: 'jigsaw of quarters (24 answers)',
        shuffles: 'fixed shuffles (4 answers)',
      },
    },
    epochs: ofPretext('epochs'),
    batch: ofPretext('batch'),
    shuffle: ofPretext('shuffle'),
    rate: { ...ofPretext('learning rate'), hint: NOW },
    pace: {
      label: 'Speed',
      choices: { full: 'full speed', 20: '20 steps a second', 5: '5 steps a second', 1: '1 step a second' },
    },
    armEpochs: { label: 'Comparison epochs', brief: '<group>Comparison </group><name>epochs</name>' },
    labels: { label: 'Labelled images', hint: 'One fifth of them is set aside for validation.' },
    armRate: {
      label: 'Comparison learning rate',
      brief: '<group>Comparison </group><name>learning rate</name>',
      hint: NOW,
    },
    repeats: { label: 'Repeats', hint: 'Each repeat uses the next seed.' },
    budgets: { label: 'Numbers of labels', hint: 'How many labelled images to try, such as 10, 100, 1000.' },
    probeLabels: { label: 'Labels for the probe' },
    threads: {
      label: 'Threads',
      hint: '0: as many as the machine offers. The result is the same.',
    },
    build: {
      label: 'Engine build',
      choices: {
        auto: 'best available',
        'threads-relaxed': 'threads, relaxed SIMD',
        'threads-simd': 'threads, SIMD',
        'single-relaxed': 'one thread, relaxed SIMD',
        'single-simd': 'one thread, SIMD',
      },
    },
    digit: { label: 'Image number' },
    digitSet: { label: 'Image set', choices: { train: 'training', test: 'test' } },
    smoothing: { label: 'Smoothing' },
    log: { label: 'Log scale' },
    latentDigits: {
      label: 'Digits on the map',
      ofKind: (/** @type {OfKind} */ { kind }) => `${capital(KINDS[kind].many)} on the map`,
    },
    latentWeights: {
      label: 'Features',
      choices: { trained: 'trained on the pretext task', random: 'random weights', both: 'both, side by side' },
    },
    latentMethod: { label: 'Axes', choices: { pca: 'largest spread (PCA)', lda: 'best separation (LDA)' } },
    mine: { label: 'My digits', choices: { test: 'for testing only', train: 'among the labelled images' } },
    theme: { label: 'Colours', choices: { auto: 'like the system', light: 'light', dark: 'dark' } },
  },

  hero: {
    image: (/** @type {OfKind & { name: string, turn: number }} */ { kind, name, turn }) =>
      turn === 0
        ? `The ${KINDS[kind].one} ${name}, upright`
        : `The ${KINDS[kind].one} ${name}, turned ${plain(90 * turn)} degrees counter-clockwise`,
    noImage: 'No image yet',
    key: 'Each triangle points to where the network thinks up is. Angles count counter-clockwise.',
    note: (/** @type {{ source: string }} */ { source }) => `Data: ${source}.`,
    previous: 'Previous image',
    next: 'Next image',
    any: 'Any',
    /** Under an image, after its turn. `<wide>`: left out where there is no room. */
    says: (/** @type {{ variant: string, sure: number }} */ { variant, sure }) =>
      `<wide>says </wide>${variant}<wide>, </wide><sure>${percent(sure, 0)}</sure>`,
    /** Where the pretext task is not that of turns. */
    other: {
      lede: (/** @type {OfKind & { task: Task, answers: number }} */ { kind, task, answers }) =>
        `A small network sees changed ${KINDS[kind].many} and must answer: ${TASKS[task].asks} There are ${plain(answers)} possible answers. Nobody tells it what a ${KINDS[kind].one} is.`,
      image: (/** @type {OfKind & { name: string, variant: string }} */ { kind, name, variant }) =>
        `The ${KINDS[kind].one} ${name}: ${variant}`,
      note: (/** @type {{ source: string, shown: number, of: number }} */ { source, shown, of }) =>
        shown < of
          ? `${plain(shown)} of the ${plain(of)} answers, and what the network says about each image. Data: ${source}.`
          : `Each image has its true answer and what the network says. Data: ${source}.`,
      untrained: (/** @type {{ task: Task, answers: number, images: number | null }} */ { task, answers, images }) =>
        `of ${TASKS[task].things} named correctly. That is guessing among ${plain(answers)} answers. Press <b>Train</b>, and the network practises on ${images === null ? 'many' : whole(images)} changed images in this tab.`,
      training: (
        /** @type {{ task: Task, answers: number, epoch: number, epochs: number }} */ {
          task,
          answers,
          epoch,
          epochs: of,
        },
      ) =>
        `of ${TASKS[task].things} named correctly, epoch ${plain(epoch)} of ${plain(of)}. Guessing gives ${percent(1 / answers, answers > 20 ? 1 : 0)}.`,
      learning: (
        /** @type {{ task: Task, epoch: number, epochs: number } & Learned} */ { task, epoch, epochs: of, ...learned },
      ) => `of ${TASKS[task].things} named correctly, epoch ${plain(epoch)} of ${plain(of)}. ${readNow(learned)}`,
      tested: (/** @type {{ task: Task } & Share} */ { task, ...share }) =>
        `of ${TASKS[task].things} named correctly ${within(share)} in images it has never seen. Now its features are frozen, and small layers learn from them: <a>see the results</a>.`,
      read: (/** @type {{ task: Task, tested: Share } & Learned} */ { task, tested, ...learned }) =>
        `of ${TASKS[task].things} named correctly ${within(tested)} in images it has never seen. ${readNow(learned)}`,
    },
    guessing: 'guessing',
    /** After the accuracy in large figures. */
    untrained: (/** @type {{ images: number | null }} */ { images }) =>
      `of turns named correctly. That is guessing. Press <b>Train</b>, and the network practises on ${images === null ? 'many' : whole(images)} turned images in this tab.`,
    training: (/** @type {{ epoch: number, of: number }} */ { epoch, of }) =>
      `of turns named correctly, epoch ${plain(epoch)} of ${plain(of)}. Guessing gives 25%.`,
    learning: (/** @type {{ epoch: number, of: number } & Learned} */ { epoch, of, ...learned }) =>
      `of turns named correctly, epoch ${plain(epoch)} of ${plain(of)}. ${readNow(learned)}`,
    frozen: (/** @type {Share} */ share) =>
      `of turns named correctly ${within(share)} in images it has never seen. Now its features are frozen. <a>See the results</a>.`,
    read: (/** @type {{ tested: Share } & Learned} */ { tested, ...learned }) =>
      `of turns named correctly ${within(tested)} in images it has never seen. ${readNow(learned)}`,
  },

  /** The bar with Train, Pause, Step. */
  run: {
    name: 'Training',
    train: 'Train',
    pause: 'Pause',
    resume: 'Resume',
    startOver: 'Start over',
    startEngine: 'Restart the engine',
    slower: (/** @type {{ rate: number }} */ { rate }) => `Continue with rate ${plain(rate)}`,
    step: 'Step',
    stepTitle: 'One training step',
    epoch: 'Epoch',
    epochTitle: 'Train to the end of this epoch',
    reset: 'Start over',
    resetTitle: 'Return to the initial weights',
    slowed: (/** @type {{ pace: number }} */ { pace }) =>
      `Slowed to ${plain(pace)} ${plural(pace, { one: 'step', other: 'steps' })} a second. <button>Full speed</button>`,
    armsWanted: '<a>Run the comparison again</a> to use your new settings.',
    resetWanted: 'Start over to use your new settings.',
    progress: 'Progress of the whole experiment',
    ok: 'OK',

    opening: 'Opening the engine…',
    loading: (/** @type {OfKind} */ { kind }) => `Preparing the ${KINDS[kind].many}…`,
    broken: 'No engine is running.',
    ready: (/** @type {{ epochs: number, task: Task }} */ { epochs: count, task }) =>
      `Ready. Press Train. It takes ${epochs(count)} of ${TASKS[task].noun}, then the comparison.`,
    finished: (/** @type {OfKind} */ { kind }) =>
      `Finished. Draw a ${KINDS[kind].one}, look inside, or start over with another seed.`,
    failed: 'Training failed.',
    /** Where training stands; what is not known yet is null. */
    line: (
      /** @type {{ paused: boolean, place: { title: string, epoch: number, epochs: number, step: number, steps: number } | null,
       *   accuracy: number | null, speed: number | null, seconds: number | null }} */
      { paused, place, accuracy, speed, seconds },
    ) =>
      [
        ...(paused ? ['Paused'] : []),
        ...(place
          ? [
              place.title,
              `epoch ${plain(place.epoch)} of ${plain(place.epochs)}`,
              `step ${plain(place.step)} of ${plain(place.steps)}`,
            ]
          : []),
        ...(accuracy === null ? [] : [`${percent(accuracy)} correct`]),
        ...(speed === null ? [] : [`${whole(speed)} images/s`]),
        ...(seconds === null ? [] : [`${duration(seconds)} left`]),
      ].join(' · '),

    /** For the screen reader. */
    ended: 'Training has ended.',
    spoken: (
      /** @type {{ title: string, epoch: number, epochs: number, accuracy: number | null }} */
      { title, epoch, epochs: of, accuracy },
    ) =>
      `Training: ${title}, epoch ${plain(epoch)} of ${plain(of)}${accuracy === null ? '' : `, accuracy ${percent(accuracy, 0)}`}`,

    /** The tab's title while it is hidden. */
    tabRunning: (/** @type {{ share: number }} */ { share }) => `${percent(share, 0)} · Quarterturn`,
    tabFinished: 'Finished · Quarterturn',
  },

  learn: {
    title: 'Watch it learn',
    intro:
      'The <term pretext>pretext task</term>: each image is turned by 0, 90, 180 or 270 degrees, always counter-clockwise, and the network must say which. Guessing gives 25%. One <term epoch>epoch</term> is one pass over all images in all four turns. The loss says how far the network is from being sure of the correct turn: lower is better.',

    /** The section's paragraph, where the pretext task is not that of turns. */
    introOf: (/** @type {{ task: Task, answers: number }} */ { task, answers }) =>
      `The <term pretext>pretext task</term>: ${TASKS[task].asks} There are ${plain(answers)} possible answers, so guessing gives ${percent(1 / answers, answers > 20 ? 1 : 0)}. One <term epoch>epoch</term> is one pass over all images in all ${plain(answers)} forms. The loss says how far the network is from being sure of the correct answer: lower is better.`,
    testedOf: (/** @type {{ images: number, source: string } & Share} */ { images, source, ...share }) =>
      `It gives the correct answer for ${withInterval(share)} of ${whole(images)} changed test images that it has never seen. Data: ${source}.`,

    settings: (/** @type {{ rate: number, epochs: number, seed: number }} */ { rate, epochs: count, seed }) =>
      `Settings <note>rate ${plain(rate)}, ${epochs(count)}, seed ${plain(seed)}</note>`,
    strip: (/** @type {{ task: Task }} */ { task }) => `Settings of the ${TASKS[task].title.toLowerCase()} task`,
    sets: { label: 'Set of settings', usual: 'Quick look', notebook: 'The notebook’s settings' },
    wanted: 'To use your change, start over. <button>Start over</button>',
    hint: 'The learning rate is the size of a step. The <term batch>batch</term> is the number of images in one step. To change anything but the rate, start over. The same seed gives the same result, to the last bit.',
    data: (/** @type {{ source: string }} */ { source }) => `Data: ${source}.`,
    tested: (/** @type {{ images: number, source: string } & Share} */ { images, source, ...share }) =>
      `It names the turn correctly for ${withInterval(share)} of ${whole(images)} turned test images that it has never seen. Data: ${source}.`,

    /** How it is trained, under the curves. */
    how: (/** @type {{ rate: number, batch: number, epochs: number }} */ { rate, batch, epochs: count }) =>
      `Adam, rate ${plain(rate)}, batch ${plain(batch)}, ${epochs(count)}, no early stopping.`,

    epoch: 'Epoch',
    step: 'Step',
    speed: 'Images per second',
    left: 'Time left',
    done: 'done',
    of: (/** @type {{ count: number, of: number }} */ { count, of }) => `${plain(count)} of ${plain(of)}`,
    /** A point of the epoch axis. */
    atEpoch: (/** @type {{ epoch: number }} */ { epoch }) => `epoch ${plain(epoch)}`,
    atStep: (/** @type {{ epoch: number, step: number }} */ { epoch, step }) =>
      `epoch ${plain(epoch)}, step ${plain(step)}`,
  },

  /** Why the page or its engine does not start, by code; more in `engine`. */
  start,

  /** Charts, tables, fields. */
  components: {
    setByLesson: 'Set by the lesson.',

    chart: {
      role: 'chart',
      /** Its accessible name; `hint`: what keys do. */
      name: (/** @type {{ name: string, latest: string, hint: string }} */ { name, latest, hint }) =>
        `${name} ${latest}. ${hint}`,
      over: (/** @type {{ title: string, x: string }} */ { title, x }) => `${title} over ${x}s. Latest:`,
      hint: 'Use the arrow keys to move between values.',
      latest: 'latest',
      at: (/** @type {{ x: string, value: number }} */ { x, value }) => `${x} ${plain(value)}`,
      value: (/** @type {{ label: string, value: string }} */ { label, value }) => `${label} ${value}`.trim(),
      noValue: (/** @type {{ label: string }} */ { label }) => `${label} none yet`,
      values: (/** @type {{ values: readonly string[] }} */ { values }) => values.join(', '),
      read: (/** @type {{ place: string, values: readonly string[] }} */ { place, values }) =>
        `${place}: ${values.join(', ')}`,
      empty: 'The curve appears as soon as training starts.',
      noLibrary: 'The chart could not be loaded; the table has its values. Reload the page to try again.',
      table: (/** @type {{ title: string }} */ { title }) => `${title}: table`,
      nothing: 'No values yet. Train first.',
    },

    curves: {
      loss: 'Loss',
      accuracy: 'Accuracy',
      epoch: 'epoch',
      training: 'training',
      validation: (/** @type {{ title: string }} */ { title }) => `${title}, validation`,
      within: (/** @type {{ title: string }} */ { title }) => `${title}, within the epoch`,
      guessing: 'guessing',
      thin: 'thin line: not smoothed',
      lines: 'solid: training · dashed: validation (a fifth set aside)',
      linesAndRing: 'solid: training · dashed: validation (a fifth set aside) · ring: stopped early',
    },
  },
};
