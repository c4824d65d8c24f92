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
    ...seen('picture', 'pictures'),
    classes: [0, 1, 2, 3, 4, 5, 6, 7, 8, 9].map((digit) => `class ${digit}`),
  },
};

/** Signs that somebody wrote. @param {string} one @param {string} many */
function written(one, many) {
  return { one, many, reads: 'read', parts: 'strokes and loops, most of what reading takes' };
}
/** Things that are seen. @param {string} one @param {string} many */
function seen(one, many) {
  return { one, many, reads: 'name', parts: 'edges and shapes, most of what naming them takes' };
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
    asks: 'By how many quarter turns was the picture turned?',
    things: 'turns',
    noun: 'rotation',
    /** @param {{ variant: number, name: string }} _ */
    variant: ({ variant }) => `${plain(90 * variant)}°`,
  },
  mirrors: {
    title: 'Mirrors',
    asks: 'How was the picture mirrored?',
    things: 'mirrorings',
    noun: 'mirroring',
    /** @param {{ variant: number, name: string }} _ */
    variant: ({ variant }) => ['not mirrored', 'left–right', 'up–down', 'both ways'][variant],
  },
  turns_mirrors: {
    title: 'Turns and mirrors',
    asks: 'How was the picture turned and mirrored?',
    things: 'turns and mirrorings',
    noun: 'turning and mirroring',
    /** @param {{ variant: number, name: string }} _ */
    variant: ({ variant }) => (variant < 4 ? `${plain(90 * variant)}°` : `mirrored, ${plain(90 * (variant - 4))}°`),
  },
  jigsaw: {
    title: 'Jigsaw',
    asks: 'In which order do the four quarters of the picture stand?',
    things: 'orders',
    noun: 'the jigsaw',
    /** @param {{ variant: number, name: string }} _ */
    variant: ({ name }) => [...name].join(' '),
  },
  shuffles: {
    title: 'Shuffles',
    asks: 'By which of four fixed shuffles were the pixels mixed?',
    things: 'shuffles',
    noun: 'the shuffles',
    /** @param {{ variant: number, name: string }} _ */
    variant: ({ name }) => `shuffle ${name}`,
  },
};
/** @typedef {keyof typeof TASKS} Task */

/** @param {number} count */
export const epochs = (count) => `${plain(count)} ${plural(count, { one: 'epoch', other: 'epochs' })}`;

const NOW = 'Applies at once, even while training.';
import start from './start.js';

export default {
  /** The article around its sections. */
  page: {
    title: 'Which way is up?',
    lede: (/** @type {OfKind} */ { kind }) =>
      `A small network sees turned ${KINDS[kind].many} and must say by how much. Nobody tells it what a ${KINDS[kind].one} is; but to know up from down it has to learn ${KINDS[kind].parts}.`,
    toLight: 'Light',
    toDark: 'Dark',
    addressFault: (/** @type {{ fault: string }} */ { fault }) =>
      `From the address of the page: ${fault}. The usual value is used.`,
    inFrame:
      'Inside another page it trains on one thread, since browsers give it no shared memory there. <a>Open it in a tab of its own</a>, where it can be faster.',
    source:
      'The idea is RotNet: S. Gidaris, P. Singh and N. Komodakis, “Unsupervised Representation Learning by Predicting Image Rotations”, ICLR 2018.',
    keptOffline: 'This page is kept in your browser: it opens without a network too.',
    contents: 'Contents',
    onThisPage: 'On this page',

    /** Sections in the contents. */
    links: {
      learn: 'Learning',
      probe: 'Result',
      quiz: 'Quiz',
      tasks: 'Questions',
      duel: 'Notebook',
      draw: 'Draw',
      map: 'Map',
      inside: 'Inside',
      data: 'Data',
      speed: 'Speed',
      keep: 'Keep',
    },

    /** Where a section's view is not there. */
    notFetched: (/** @type {{ title: string }} */ { title }) => `“${title}” could not be fetched.`,
    notFetchedWhy: (/** @type {{ title: string, why: string }} */ { title, why }) =>
      `“${title}” could not be fetched: ${why}.`,
    failed: (/** @type {{ title: string, why: string }} */ { title, why }) => `“${title}” has failed: ${why}`,
    reload: 'Reload',
    tryAgain: 'Try again',
    goOnWithout: 'Go on without it',
    notOnPaper: (/** @type {{ title: string }} */ { title }) =>
      `${title}: not yet on the page when this was printed. “Print, or save as PDF”, under “Keep and share”, waits for it.`,
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
    generated: ({ version, seed }) => `built-in generated digits, version ${version}, seed ${seed} (not handwriting)`,
  },

  /** Controls of the table of settings, by name. `brief`: where its neighbours share the group. */
  settings: {
    data: {
      label: 'Data',
      choices: { auto: 'best here', generated: 'built-in', mnist: 'MNIST', own: 'my files' },
    },
    images: { label: 'Training images', hint: 'Of eleven, ten are for the pretext task and one is labelled.' },
    tests: { label: 'Test images' },
    preset: {
      label: 'Pixels',
      hint: 'The notebook feeds raw 0–255; dividing by 255 is the normal practice.',
      choices: { unit: '0 to 1', notebook: '0 to 255' },
    },
    seed: { label: 'Seed', hint: 'Same seed, same result, to the last bit.' },
    task: {
      label: 'Question',
      choices: {
        turns: 'quarter turns (4 answers)',
        mirrors: 'mirrors (4)',
        turns_mirrors: 'turns and mirrors (8)',
        jigsaw: 'jigsaw of quarters (24)',
        shuffles: 'fixed shuffles (4)',
      },
    },
    epochs: { label: 'Rotation epochs', brief: '<group>Rotation </group><name>epochs</name>' },
    batch: { label: 'Rotation batch', brief: '<group>Rotation </group><name>batch</name>' },
    shuffle: { label: 'Rotation shuffle', brief: '<group>Rotation </group><name>shuffle</name>' },
    rate: {
      label: 'Rotation learning rate',
      brief: '<group>Rotation </group><name>learning rate</name>',
      hint: NOW,
    },
    pace: {
      label: 'Speed',
      choices: { full: 'full speed', 20: '20 steps a second', 5: '5 steps a second', 1: '1 step a second' },
    },
    armEpochs: { label: 'Reader epochs', brief: '<group>Reader </group><name>epochs</name>' },
    labels: { label: 'Labelled images', hint: 'One fifth of them is kept for validation.' },
    armRate: { label: 'Reader learning rate', brief: '<group>Reader </group><name>learning rate</name>', hint: NOW },
    repeats: { label: 'Repeats', hint: 'Each with the next seed.' },
    budgets: { label: 'Label budgets', hint: 'Numbers of labelled images, such as 10, 100, 1000.' },
    probeLabels: { label: 'Labels of the probe' },
    threads: {
      label: 'Threads',
      hint: '0: as many as the machine offers. The result does not depend on it.',
    },
    build: {
      label: 'Engine build',
      choices: {
        auto: 'best here',
        'threads-relaxed': 'threads, relaxed SIMD',
        'threads-simd': 'threads, SIMD',
        'single-relaxed': 'one thread, relaxed SIMD',
        'single-simd': 'one thread, SIMD',
      },
    },
    digit: { label: 'Image number' },
    digitSet: { label: 'Image from', choices: { train: 'training', test: 'test' } },
    smoothing: { label: 'Smoothing' },
    log: { label: 'Log scale' },
    latentDigits: {
      label: 'Digits on the map',
      ofKind: (/** @type {OfKind} */ { kind }) => `${capital(KINDS[kind].many)} on the map`,
    },
    latentWeights: {
      label: 'Features',
      choices: { trained: 'trained on the pretext task', random: 'random weights', both: 'both side by side' },
    },
    latentMethod: { label: 'Axes', choices: { pca: 'largest spread (PCA)', lda: 'best apart (LDA)' } },
    mine: { label: 'My digits', choices: { test: 'only for testing', train: 'among the labelled ones' } },
    theme: { label: 'Colours', choices: { auto: 'as the system', light: 'light', dark: 'dark' } },
  },

  /** Faults in the page's address, and in a control; `label`: of the control. */
  address: {
    notOneOf: (/** @type {{ label: string, text: string, choices: readonly string[] }} */ { label, text, choices }) =>
      `${label}: “${text}” is not one of ${choices.join(', ')}`,
    notFlag: (/** @type {{ label: string }} */ { label }) => `${label}: write 1 or 0`,
    notDigits: (/** @type {{ label: string }} */ { label }) => `${label}: write digits, such as 156`,
    notNumbers: (/** @type {{ label: string, such: readonly number[] }} */ { label, such }) =>
      `${label}: numbers, please, such as ${such.join(', ')}`,
    notWhole: (/** @type {{ label: string }} */ { label }) => `${label}: a whole number, please`,
    notNumber: (/** @type {{ label: string }} */ { label }) => `${label}: a number, please`,
    outside: (/** @type {{ label: string, min: number, max: number }} */ { label, min, max }) =>
      `${label}: from ${plain(min)} to ${plain(max)}, please`,
    nothingToLock: (/** @type {{ name: string, names: readonly string[] }} */ { name, names }) =>
      `lock: there is no control “${name}”; there are ${names.join(', ')}`,
    nothingToHide: (/** @type {{ name: string }} */ { name }) => `hide: there is no control and no section “${name}”`,
    otherDigits: (/** @type {{ version: string, present: number }} */ { version, present }) =>
      `digits: this link is of version “${version}” of the built-in digits, which this page makes in version ${plain(present)} only: its figures will differ. To have the older ones, write them with “quarterturn digits” of the release that made the link, and load them as your files`,
    noLanguage: (/** @type {{ name: string, names: readonly string[] }} */ { name, names }) =>
      `lang: there is no language “${name}”; there are ${names.join(', ')}`,
    noLesson: (/** @type {{ name: string, names: readonly string[] }} */ { name, names }) =>
      `lesson: there is no ready lesson “${name}”; there are ${names.join(', ')}`,
  },

  hero: {
    image: (/** @type {OfKind & { name: string, turn: number }} */ { kind, name, turn }) =>
      `The ${KINDS[kind].one} ${name}, turned by ${plain(90 * turn)} degrees`,
    noImage: 'No image yet',
    note: (/** @type {{ source: string }} */ { source }) =>
      `Triangles: where the network thinks up is. Data: ${source}.`,
    previous: 'Previous image',
    next: 'Next image',
    any: 'Any',
    /** Under a picture, after its turn. `<wide>`: left out where there is no room. */
    says: (/** @type {{ variant: string, sure: number }} */ { variant, sure }) =>
      `<wide>says </wide>${variant}<wide>, </wide><sure>${percent(sure, 0)}</sure>`,
    /** Where the pretext task is not that of turns. */
    other: {
      lede: (/** @type {OfKind & { task: Task, answers: number }} */ { kind, task, answers }) =>
        `A small network sees changed ${KINDS[kind].many} and must answer: ${TASKS[task].asks} There are ${plain(answers)} answers. Nobody tells it what a ${KINDS[kind].one} is.`,
      image: (/** @type {OfKind & { name: string, variant: string }} */ { kind, name, variant }) =>
        `The ${KINDS[kind].one} ${name}: ${variant}`,
      note: (/** @type {{ source: string, shown: number, of: number }} */ { source, shown, of }) =>
        shown < of
          ? `${plain(shown)} of the ${plain(of)} answers, and what the network says of each picture. Data: ${source}.`
          : `Under each picture: what it is, and what the network says. Data: ${source}.`,
      untrained: (/** @type {{ task: Task, answers: number, images: number | null }} */ { task, answers, images }) =>
        `of ${TASKS[task].things} named right: that is guessing among ${plain(answers)}. Press <b>Train</b>, and it practises on ${images === null ? 'many' : whole(images)} changed images in this tab.`,
      training: (
        /** @type {{ task: Task, answers: number, epoch: number, epochs: number }} */ {
          task,
          answers,
          epoch,
          epochs: of,
        },
      ) =>
        `of ${TASKS[task].things} named right, epoch ${plain(epoch)} of ${plain(of)}. Guessing gives ${percent(1 / answers, answers > 20 ? 1 : 0)}.`,
      tested: (/** @type {{ task: Task, answers: number }} */ { task }) =>
        `of ${TASKS[task].things} named right in images it has never seen. Now it is frozen, and small layers learn to read from it: <a>the results</a>.`,
    },
    guessing: 'guessing',
    /** After the accuracy in large figures. */
    untrained: (/** @type {{ images: number | null }} */ { images }) =>
      `of turns named right: that is guessing. Press <b>Train</b>, and it practises on ${images === null ? 'many' : whole(images)} turned images in this tab.`,
    training: (/** @type {{ epoch: number, of: number }} */ { epoch, of }) =>
      `of turns named right, epoch ${plain(epoch)} of ${plain(of)}. Guessing gives 25%.`,
    learning: (
      /** @type {{ epoch: number, of: number, labels: number, taught: number, untrained: number }} */
      { epoch, of, labels, taught, untrained },
    ) =>
      `of turns named right, epoch ${plain(epoch)} of ${plain(of)}. A linear reader of its features now gets <b>${percent(taught)}</b> right from ${whole(labels)} labels, of untrained ones ${percent(untrained)}: <a>what it has learned</a>.`,
    frozen:
      'of turns named right in images it has never seen. Now it is frozen; <a>what it has learned</a> shows what its features are worth.',
    read: (/** @type {{ labels: number, taught: number, untrained: number }} */ { labels, taught, untrained }) =>
      `of turns named right in images it has never seen. A linear reader of its features gets <b>${percent(taught)}</b> right from ${whole(labels)} labels, of untrained ones <b>${percent(untrained)}</b>: <a>what it has learned</a>.`,
  },

  /** The bar with Train, Pause, Step. */
  run: {
    name: 'Training',
    train: 'Train',
    pause: 'Pause',
    resume: 'Resume',
    startOver: 'Start over',
    startEngine: 'Start the engine again',
    slower: (/** @type {{ rate: number }} */ { rate }) => `Go on with rate ${plain(rate)}`,
    step: 'Step',
    stepTitle: 'One training step',
    epoch: 'Epoch',
    epochTitle: 'To the end of this epoch',
    reset: 'Reset',
    resetTitle: 'Back to the initial weights',
    slowed: (/** @type {{ pace: number }} */ { pace }) =>
      `Slowed to ${plain(pace)} ${plural(pace, { one: 'step', other: 'steps' })} a second. <button>Full speed</button>`,
    armsWanted: '<a>Run the comparison again</a> takes up your new settings.',
    resetWanted: 'Reset takes up your new settings.',
    progress: 'Progress of the whole experiment',
    ok: 'OK',

    opening: 'Opening the engine…',
    loading: (/** @type {OfKind} */ { kind }) => `Making the ${KINDS[kind].many} ready…`,
    broken: 'No engine.',
    ready: (/** @type {{ epochs: number, task: Task }} */ { epochs: count, task }) =>
      `Ready. Press Train. ${count === 1 ? 'One epoch' : epochs(count)} of ${TASKS[task].things}, then reading.`,
    finished: (/** @type {OfKind} */ { kind }) =>
      `Finished. Draw a ${KINDS[kind].one}, look inside, or start over with another seed.`,
    failed: 'Training has failed.',
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
        ...(accuracy === null ? [] : [`${percent(accuracy)} right`]),
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
      'First task: four turns, four answers; guessing gives 25%. An epoch is one round through all pictures, each in its four turns. The loss measures how far the network is from being sure of the right turn: lower is better.',

    /** The section's paragraph, where the pretext task is not that of turns. */
    introOf: (/** @type {{ task: Task, answers: number }} */ { task, answers }) =>
      `First task: ${TASKS[task].asks} There are ${plain(answers)} answers; guessing gives ${percent(1 / answers, answers > 20 ? 1 : 0)}. An epoch is one round through all pictures, each in its ${plain(answers)} forms. The loss measures how far the network is from being sure of the right answer: lower is better.`,
    testedOf: (/** @type {{ images: number, accuracy: number, source: string }} */ { images, accuracy, source }) =>
      `On ${whole(images)} changed test images it never saw, it gives the right answer in ${percent(accuracy)}. Data: ${source}.`,

    settings: (/** @type {{ rate: number, epochs: number, seed: number }} */ { rate, epochs: count, seed }) =>
      `Settings <note>rate ${plain(rate)}, ${epochs(count)}, seed ${plain(seed)}</note>`,
    strip: 'Settings of the rotation task',
    sets: { label: 'Set of settings', usual: 'Quick look', notebook: 'The notebook’s settings' },
    wanted: 'Your change needs a fresh start. <button>Start afresh</button>',
    hint: 'Learning rate: the size of a step; it applies at once, even while training. Batch: the pictures of one step. All but the rate needs a fresh start. One seed gives one result, to the last bit.',
    data: (/** @type {{ source: string }} */ { source }) => `Data: ${source}.`,
    tested: (/** @type {{ images: number, accuracy: number, source: string }} */ { images, accuracy, source }) =>
      `On ${whole(images)} turned test images it never saw, it names the turn in ${percent(accuracy)}. Data: ${source}.`,

    /** How it is trained, under the curves. */
    how: (/** @type {{ rate: number, batch: number, epochs: number }} */ { rate, batch, epochs: count }) =>
      `Adam, rate ${plain(rate)}, batch ${plain(batch)}, ${epochs(count)}; it never stops early.`,

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
      hint: 'Arrow keys go from value to value.',
      latest: 'latest',
      at: (/** @type {{ x: string, value: number }} */ { x, value }) => `${x} ${plain(value)}`,
      value: (/** @type {{ label: string, value: string }} */ { label, value }) => `${label} ${value}`.trim(),
      noValue: (/** @type {{ label: string }} */ { label }) => `${label} none yet`,
      values: (/** @type {{ values: readonly string[] }} */ { values }) => values.join(', '),
      read: (/** @type {{ place: string, values: readonly string[] }} */ { place, values }) =>
        `${place}: ${values.join(', ')}`,
      empty: 'The curve begins with the training.',
      noLibrary: 'The curves could not be fetched; the table has their values. Reload the page to try again.',
      table: (/** @type {{ title: string }} */ { title }) => `Table of ${title.toLowerCase()}`,
      nothing: 'Nothing yet: train first.',
    },

    curves: {
      loss: 'Loss',
      accuracy: 'Accuracy',
      epoch: 'epoch',
      training: 'training',
      validation: (/** @type {{ title: string }} */ { title }) => `${title}, validation`,
      within: (/** @type {{ title: string }} */ { title }) => `${title}, within the epoch`,
      guessing: 'guessing',
      thin: 'thin: as measured',
      lines: 'solid: training · dashed: validation, on a fifth kept apart',
      linesAndRing: 'solid: training · dashed: validation, on a fifth kept apart · ring: stopped early',
    },
  },
};
