// English: everything but the first screen.
import { capital, fixed, list, percent, plain, plural, whole } from '../intl.js';
import { KINDS, RUNS } from './first.js';

/** @typedef {{ one: string, many: string }} Shown what the pictures show */
/** @typedef {{ map: number, row: number, column: number, value: string }} Place of a value, counted from 1 */

/** @typedef {import('./first.js').OfKind} OfKind */
/** @typedef {import('./first.js').Run} Run */

/** Where the top of a picture points. */
const TOPS = { up: 'up', left: 'left', down: 'down', right: 'right' };
/** @typedef {keyof typeof TOPS} Top */

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

  duel: {
    budget: {
      slider: 'Labelled images for each network',
      again: 'Run the duel again',
      hint: 'Fewer labels, other epochs or rates: run the duel again. The rotation network stays as it is; it has never seen a label.',
      /** @param {{ most: number }} _ */
      all: ({ most }) =>
        `This data has ${whole(most)} labelled ${plural(most, { one: 'image', other: 'images' })}; all are used.`,
    },
    story: {
      self_supervised: 'Keeps what rotation taught it, frozen; learns only the last layer.',
      random: 'Keeps random weights, frozen; learns only the last layer.',
      /** @param {Shown} _ */
      supervised: ({ many }) => `Learns everything, from the labelled ${many} alone.`,
    },
    training: 'training…',
    /** @param {{ epoch: number }} _ */
    stoppedEarly: ({ epoch }) => `Stopped early, after epoch ${epoch}.`,
    /** @param {{ labels: number, source: string }} _ */
    note: ({ labels, source }) =>
      `Test accuracy, with the 95% interval as a whisker. ${whole(labels)} labelled ${plural(labels, { one: 'image', other: 'images' })} for each network. Data: ${source}.`,
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
      title: 'Test accuracy over labels',
      name: 'Test accuracy over labels, logarithmic axis.',
      hint: 'Arrow keys go from budget to budget.',
      axis: 'labelled images',
      /** @param {{ labels: number }} _ */
      at: ({ labels }) => `${whole(labels)} ${plural(labels, { one: 'label', other: 'labels' })}`,
    },

    more: {
      title: 'One run is one throw of the dice',
      intro:
        'Other seeds give other weights and other numbers. Repeat the run to see how far they spread, and vary the labels to see where self-supervision pays. A second engine does it; the run above stays as it is.',
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
      /** Where self-supervision is ahead of learning everything from the labels alone. */
      verdict: {
        nowhere: 'The supervised network is ahead or level at every budget tried.',
        /** @param {{ wins: number[] }} _ */
        everywhere: ({ wins }) =>
          `Self-supervision is ahead at every budget tried (${list(wins.map(whole), 'unit')} labels).`,
        /** @param {{ wins: number[] }} _ */
        somewhere: ({ wins }) =>
          `Self-supervision is ahead at ${list(wins.map(whole), 'unit')} labels, and not at the other budgets.`,
      },
    },

    summary: {
      label: 'Mean and standard deviation',
      /** @param {{ full: number, few: number | null, data: string }} _ `few`: images of the notebook's own test, where it has others */
      caption: ({ full, few, data }) =>
        few === null
          ? `Test accuracy on ${whole(full)} images: mean ± standard deviation over the seeds, in percent. Data: ${data}.`
          : `Test accuracy on ${whole(full)} images: mean ± standard deviation over the seeds, in percent; below it the same on ${whole(few)}. Data: ${data}.`,
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
        trained: 'Features that rotation taught',
        random: 'Random features',
        pixels: 'Plain pixels',
      },
      /** @param {{ index: number }} _ */
      image: ({ index }) => `Training image ${index}`,
      nothing: 'Draw something first.',
      /** @param {{ count: string, source: string }} _ */
      note: ({ count, source }) =>
        `Of the ${count} pictures of the rotation task, with the label that rotation never saw and the cosine distance (0: the same direction, 1: nothing in common). Data: ${source}.`,
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
        '<b>Train on them.</b> They take the places of the first labelled pictures, so that their number stays the same. The last fifth of the labelled pictures is for validation as ever. Rotation never sees them. Such a run is no longer the notebook’s experiment.',
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
    titles: { trained: 'Features that rotation taught', random: 'Random features' },
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
      first: 'before the first step',
      /** @param {{ step: number }} _ */
      step: ({ step }) => `after step ${step}`,
      /** @param {{ epochs: number }} _ */
      epochs: ({ epochs }) =>
        `after ${fixed(epochs, epochs % 1 === 0 ? 0 : 1)} ${plural(epochs, { one: 'epoch', other: 'epochs' })}`,
    },
    /** The same, as it stands beside the slider. */
    momentsOfRotation: {
      first: 'before the first step of rotation',
      /** @param {{ step: number }} _ */
      step: ({ step }) => `after step ${step} of rotation`,
      /** @param {{ epochs: number }} _ */
      epochs: ({ epochs }) =>
        `after ${fixed(epochs, epochs % 1 === 0 ? 0 : 1)} ${plural(epochs, { one: 'epoch', other: 'epochs' })} of rotation`,
    },

    read: {
      title: 'How to read the map',
      /** @param {{ fitted: number, many: string }} _ */
      lda: ({ fitted, many }) =>
        `The axes are fitted on ${whole(fitted)} labelled training pictures of these ${many}: the whole labelled part, however few labels the duel has. The test ${many} shown took no part.`,
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
        rotnet: 'They start at random and change while the rotation task trains.',
        self_supervised: 'The rotation network’s own, taken over and frozen.',
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
