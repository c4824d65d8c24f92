// English: everything but the first screen.
import { capital, clock, fixed, list, month, percent, plain, plural, significant, time, whole } from '../intl.js';
import { dataTitle } from '../data-title.js';
import says from './engine-says.js';
import { KINDS, RUNS, TASKS, epochs as manyEpochs, withInterval } from './first.js';

/** @typedef {{ one: string, many: string }} Shown what the images show */
/** @typedef {{ map: number, row: number, column: number, value: string }} Place of a value, counted from 1 */

/** @typedef {import('./first.js').OfKind} OfKind */
/** @typedef {import('./first.js').Run} Run */
/** @typedef {import('./first.js').Task} Task */
/** @typedef {import('./first.js').Share} Share */

/** Where the top of an image points. */
const TOPS = { up: 'up', left: 'left', down: 'down', right: 'right' };
/** @typedef {keyof typeof TOPS} Top */

/** @type {Record<'train' | 'test', string>} */
const SETS = { train: 'training', test: 'test' };

/** @param {number} bytes */
const megabytes = (bytes) => `${fixed(Math.max(0.1, bytes / 2 ** 20), 1)} MB`;

/** @param {number} count */
const threads = (count) => `${whole(count)} ${plural(count, { one: 'thread', other: 'threads' })}`;

/** How the speed of this machine is known. @type {Record<'measured' | 'now' | 'trained', string>} */
const HOW = { measured: 'measured', now: 'training now', trained: 'during training' };

/** How a program in the browser was written. @type {Record<'shipped' | 'tuned', string>} */
const FORM = { shipped: 'as shipped', tuned: 'tuned' };

/** What no link can hold. @type {Record<'files' | 'digits' | 'rate' | 'arithmetic', string>} */
const LEFT = {
  files: 'your files',
  digits: 'your own digits',
  rate: 'a learning rate that changed during training',
  arithmetic: 'arithmetic that changed during training',
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
    supervised: 'the supervised features',
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
  return trained.length > 0 ? `after ${trained.join(' and ')}` : 'before training';
}

/** The present, or an earlier moment. @type {Record<'now' | 'then', string>} */
const AT = { now: 'Now', then: 'At the moment you chose,' };

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

/** @typedef {{ program: string, browser: string, form: 'shipped' | 'tuned' }} PeerInPage */
/** @typedef {{ truth: string, said: string, count: number, of: number }} Mixed the answers that are mixed up most */
/** @param {Mixed | null} mixed null: none is wrong */
const mixedUp = (mixed) =>
  mixed
    ? `Its most frequent mistake is to say “${mixed.said}” for “${mixed.truth}”: ${whole(mixed.count)} of ${whole(mixed.of)}.`
    : 'It makes no mistakes here.';

/** @param {KinFigures} figures */
const kinFigures = ({ count, many, untrained, now, before, at, difference, low, high }) =>
  `${AT[at]} ${percent(now, 1)} of the ${whole(count)} ${many} have one of their own kind as the nearest point; before the first step it was ${percent(before, 1)}. For <random>random features</random>, which are never trained, it is ${percent(untrained, 1)}. The change is ${points(difference)} points (95% interval ${points(low)} to ${points(high)}).`;

/** Data of the example run. @type {Record<'generated' | 'mnist', string>} */
const OF_EXAMPLE = { generated: 'built-in digits', mnist: 'MNIST' };
/** @typedef {{ data: keyof typeof OF_EXAMPLE, epochs: number, seed: string }} Example */

export default {
  /** Over a section, and under its title. */
  sections: {
    quiz: {
      title: () => 'You against the network',
      intro: (/** @type {OfKind & { task: Task }} */ { kind, task }) =>
        task === 'turns'
          ? `Now try the same task yourself. Nobody told the network what a ${KINDS[kind].one} is, only how far each image was turned. How do you know which way is up?`
          : `Now try the same task yourself. Nobody told the network what a ${KINDS[kind].one} is, only what was done to each image. How do you know the answer?`,
    },
    tasks: {
      title: () => 'Which pretext task teaches most?',
      intro: (/** @type {OfKind} */ { kind }) =>
        `Turns are only one choice. Any fixed set of changes to an image makes a <term pretext>pretext task</term>, and its answers need no labels. Here each task trains a network of its own, from the same seed and the same images. Then a <term probe>linear probe</term> recognises ${KINDS[kind].many} from its features, with few labels and with many. The shuffles are the control: a network can tell them apart without noticing a single stroke.`,
    },
    probe: {
      title: () => 'What has it learned?',
      intro: (/** @type {OfKind} */ { kind }) =>
        `<term frozen>Freeze</term> the network. It makes 288 numbers from each image, its <term features>features</term>. A <term probe>linear probe</term>, the simplest possible classifier, learns to recognise ${KINDS[kind].many} from them with a few <term label>labelled</term> images. The better the features, the more it gets correct. Are features from the pretext task worth more than those of an untrained network, or than the pixels themselves?`,
    },
    duel: {
      title: () => 'The notebook’s comparison',
      intro: (/** @type {OfKind} */ { kind }) =>
        `The notebook compares three networks, all trained on the same labelled images. One is <term unsupervised>self-supervised</term>. Two of them train only a <term head>head</term>: one small layer on top of <term frozen>frozen</term> features, which learns to ${KINDS[kind].reads} ${KINDS[kind].many} by gradient descent. So these results depend on two things: what the features contain, and how far the head got. The linear probe shows the first alone.`,
    },
    draw: {
      title: (/** @type {OfKind} */ { kind }) => `Draw a ${KINDS[kind].one}`,
      intro: (/** @type {OfKind} */ { kind }) =>
        `All networks answer while you draw, even during training. An answer is one probability for each class, made by <term softmax>softmax</term>. Draw small, large or in a corner: your drawing is scaled and centred first. Then draw a ${kind === 'letters' ? 'digit' : 'letter'} and see how sure they are of a wrong answer.`,
    },
    map: {
      title: () => 'A map of what it has learned',
      intro: (/** @type {OfKind} */ { kind }) =>
        `Each image becomes 288 features, so it is a point in 288 dimensions. This <term map>map</term> shows some test ${KINDS[kind].many} along the two directions in which their features differ most. The pretext task never sees a label. Do ${KINDS[kind].many} of one kind end up close together all the same? The sentence with the map counts it. Rewind the training to compare.`,
    },
    inside: {
      title: () => 'Look inside',
      intro: () =>
        'A <term convolution>convolution</term> looks for small patterns everywhere in the image. Pooling then keeps the strongest response and forgets exactly where it was. All four networks begin with two such stages. They differ in the layers after that, and in which weights are trained.',
    },
    data: {
      title: () => 'The data',
      intro: () =>
        'The pretext task uses many images without labels. The three compared networks use a small labelled part. The test images belong to neither. You can also use your own data: any IDX files of 28×28 images.',
    },
    speed: {
      title: () => 'Why it is so fast',
      intro: () =>
        'The engine is written in C++, compiled to WebAssembly, and runs on your own processor. Nothing is sent to a server.',
    },
    keep: {
      title: () => 'Save and share',
      intro: () =>
        'Continue later, get exactly the same numbers again, share your run, or use the network in other programs.',
    },
  },

  tries: {
    name: '“Try this” tasks',
    /** @param {{ done: number, of: number }} _ */
    title: ({ done, of }) => `Try this: ${done} of ${of} done`,
    done: 'Done:',
    open: 'Not done yet:',
    later: 'The answer appears when you have done it.',
    forget: 'Forget these ticks',
    tasks: {
      trained: {
        task: 'Press Train and let the pretext task run to its end.',
        help: 'Start the training',
        answer:
          'The network now says what was done to an image, and nobody labelled a single one for it: the computer made each question, so it knew the answer.',
      },
      slow: {
        task: 'Train at 5 steps per second or fewer, and watch the loss.',
        help: 'Train at 5 steps per second',
        answer:
          'Each step changes the weights a little, after one batch of images. From batch to batch the loss goes up and down; over many batches it falls.',
      },
      fewLabels: {
        task: 'After training, choose the smallest number of labels and read the sentence again.',
        help: 'Choose 10 labels',
        answer:
          'With so few labels the intervals are wide, and chance decides much of the order. With more labels every curve rises, and differences stand out from the noise.',
      },
      otherLabels: {
        task: 'After training, open “What about other labelled images?”',
        help: 'Show other labelled images',
        answer:
          'Accuracy depends on which images happen to be labelled. Both kinds of features are read from the same sets, so compare them within each set.',
      },
      gameBefore: {
        task: 'Play a whole game before you train.',
        help: 'Start the game',
        answer:
          'An untrained network only guesses: it is about as often correct as chance. Random weights know nothing about what was done to an image.',
      },
      gameAfter: {
        task: 'Play again after at least one epoch of training.',
        help: 'Start another game',
        answer:
          'Now most of its answers are correct. Where both of you go wrong, look whether the image looks the same either way: then nobody could know.',
      },
      otherTask: {
        task: 'Train the page with another pretext task.',
        help: 'Choose the mirrors',
        answer:
          'The network and the images are the same; only the question is another. So the probe shows what each question teaches.',
      },
      allTasks: {
        task: 'Train all pretext tasks with the button of this section.',
        help: 'Train all of them',
        answer:
          'The fixed shuffles can be recognised without noticing a stroke. Such a task is solved almost perfectly, yet it teaches hardly more than random weights know.',
      },
      fewForArms: {
        task: 'Give the three networks 100 labelled images or fewer, and train them again.',
        help: 'Set 100 labelled images',
        answer:
          'The supervised network has only these images to learn from, so it loses most. Features that were learned without labels keep more of their worth.',
      },
      seeds: {
        task: 'Add runs with other seeds to the table.',
        help: 'Run the next two seeds',
        answer:
          'A seed changes the initial weights. If two networks differ by less than one network does from seed to seed, a single run does not say which is better.',
      },
      drawn: {
        task: 'Draw something and read the answers.',
        help: 'Go to the drawing pad',
        answer:
          'Your drawing is centred and scaled to 28×28 pixels first, like the images in the data. No network has ever seen it: this is a true test.',
      },
      upsideDown: {
        task: 'Turn your drawing upside down with the dial.',
        help: 'Turn it by 180°',
        answer:
          'The answer of the rotation network turns with it. The other networks saw only upright images in training, so they often read something else now.',
      },
      bothMaps: {
        task: 'Show the trained and the untrained network side by side.',
        help: 'Show both maps',
        answer:
          'Random features already put similar images close together. What training adds is the difference between the two counts: how many points have one of their own kind nearest.',
      },
      backInTime: {
        task: 'Move back to an earlier moment of training.',
        help: 'Go back to the first moment',
        answer:
          'Compare the first epoch with the last ones: usually most of the movement happens at the beginning, when the loss falls fastest.',
      },
      poolLoser: {
        task: 'In the card with one unit’s numbers, look at a value that the pool does not keep.',
        help: 'Show a value that is not kept',
        answer:
          'The pool keeps the largest of four values. So the unit says that its pattern is there, but no longer exactly where.',
      },
      randomKernels: {
        task: 'Compare the kernels of a trained network with those of “Random features”.',
        help: 'Show the random kernels',
        answer:
          'Trained kernels often show edges: one side positive, the other negative. Random kernels respond to strokes too, which is why a probe can read untrained features at all.',
      },
    },
    guess: {
      name: 'The guess before the result',
      title: 'Your guess',
      /** @param {{ labels: number, kind: import('./first.js').OfKind['kind'], task: Task }} _ */
      question: ({ labels, kind, task }) =>
        `Guess first, if you like: with ${manyLabels(labels)}, how many of 100 test ${KINDS[kind].many} will be correct from ${TAUGHT[task]}?`,
      slider: 'Your guess, out of 100',
      /** @param {{ guess: number }} _ */
      value: ({ guess }) => `${guess} of 100`,
      keep: 'Keep my guess',
      forget: 'Guess again',
      /** @param {{ guess: number }} _ */
      waiting: ({ guess }) => `Your guess: ${guess} of 100. The result appears here when the pretext task is trained.`,
      /** @param {Share & { guess: number }} _ */
      found: ({ guess, ...share }) => `Your guess: ${guess} of 100. The result: ${withInterval(share)}.`,
    },
  },

  listen: {
    /** @param {{ name: string }} _ */
    play: ({ name }) => `Play as sound: ${name}`,
    /** @param {{ name: string }} _ */
    stop: ({ name }) => `Stop the sound: ${name}`,
    playShort: 'Play as sound: a higher pitch is a higher value',
    stopShort: 'Stop the sound',
  },

  /** Terms that are marked in sentences, and what they mean; one entry a term. */
  glossary: {
    unsupervised: 'Self-supervised learning: training without labels. The task makes its own answers from the data.',
    pretext:
      'A task that needs no labels. Its answers are of no use; the network is meant to learn useful features from it.',
    label: 'What an image shows, as a person has written it down: for a digit, one of ten classes.',
    features:
      'The numbers that a network computes from an image before its last layers. A classifier works with them instead of the pixels.',
    frozen: 'Frozen weights stay as they are while other layers train.',
    head: 'The last layer of a network, which turns features into one score for each class.',
    probe: 'A linear classifier fitted to frozen features. Its accuracy measures how good the features are.',
    epoch: 'One pass of training over all training images.',
    batch: 'The images of one training step. The network changes its weights once for each batch.',
    softmax: 'It turns the scores of the last layer (logits) into probabilities: all between 0 and 1, and 1 in sum.',
    confusion: 'A table that counts how often each true class got each answer. Correct answers are on the diagonal.',
    interval:
      'A range around a measured value. If the test were repeated with other test images, 95% of such ranges would contain the true value.',
    stopping: 'Early stopping ends the training when a measured value has not improved for several epochs.',
    ridge:
      'It keeps the weights of a linear classifier small, so that the classifier does not fit the noise in a few images.',
    tuning:
      'Fine-tuning starts from the weights that a pretext task has trained and trains all of them further, with labels.',
    convolution:
      'A layer that moves small grids of weights (kernels) over an image and computes a weighted sum at each position.',
    map: 'A chart of a network’s features, with one point for each image. PCA, principal component analysis, finds the directions in which the points differ most.',
  },

  /** What the session reports. */
  /** The run that comes with the page: in the bar, and beside the titles of sections. */
  example: {
    line: (/** @type {Example} */ { data, epochs, seed }) =>
      `Example run: ${OF_EXAMPLE[data]}, seed ${seed}, ${manyEpochs(epochs)}. Press Train for your own.`,
    mark: (/** @type {Example} */ { data, epochs, seed }) =>
      `Example run: ${OF_EXAMPLE[data]}, seed ${seed}, ${manyEpochs(epochs)}`,
  },
  session: {
    noEngine: 'no engine is running',
    noData: 'no data are loaded yet',
    withHelp: (/** @type {{ reason: string, fix: string }} */ { reason, fix }) => `${reason}. What to do: ${fix}`,
    noOwnFiles:
      'This browser does not have your files. Choose them in the section “The data”. Until then the page uses other images.',
    rowsDamaged: 'Some saved rows of the table of runs are damaged or come from another version. They are not shown.',
    momentsDamaged: 'The run continues. Only the earlier moments of its map were damaged, so the map starts from here.',
    keptRefused: (/** @type {{ why: string }} */ { why }) =>
      `The saved run cannot continue: ${why}. Start over; the page itself works.`,
    /** `reason`: why the engine stopped. */
    reopening: (/** @type {{ reason: string }} */ { reason }) =>
      `The engine stopped: ${reason}. The page is restarting it…`,
    reopened: (/** @type {{ reason: string }} */ { reason }) =>
      `The engine stopped: ${reason}. The page restarted it, and it is ready.`,
    resumed: (/** @type {{ reason: string }} */ { reason }) =>
      `The engine stopped: ${reason}. The page restarted it, and training continues; nothing else is lost.`,
    resumedAt: (
      /** @type {{ reason: string, run: Run, epoch: number, step: number }} */ { reason, run, epoch, step },
    ) =>
      `The engine stopped: ${reason}. The page restarted it, and training continues at ${RUNS[run]}, epoch ${plain(epoch)}, step ${plain(step)}; nothing else is lost.`,
    resumedResult: (/** @type {{ reason: string }} */ { reason }) =>
      `The engine stopped: ${reason}. The page restarted it, with the result; nothing else is lost.`,
    givenUp: (/** @type {{ reason: string, times: number, kept: boolean }} */ { reason, times, kept }) =>
      `The engine stopped: ${reason}. The page restarted it ${plain(times)} ${plural(times, { one: 'time', other: 'times' })}, and it stopped again. ${kept ? 'Your run is saved. Close other tabs, then restart the engine.' : 'Close other tabs, then restart the engine.'}`,
  },

  copy: {
    copied: 'Copied.',
    refused: 'The browser did not allow copying. The text is selected: copy it with Ctrl+C or from the menu.',
    text: 'Text to copy',
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
      caption: 'Rows: the true turn. Columns: what the network says. Each cell: its share of the row.',
      /** Where the pretext task is not that of turns. */
      titleOf: 'Which answers it mixes up',
      captionOf: 'Rows: the true answer. Columns: what the network says. Each cell: its share of the row.',
      foundOf: (
        /** @type {{ right: Share, images: number, epochs: number, steps: number, source: string, answers: number, mixed: Mixed | null }} */
        { right, images, epochs: done, steps: more, source, answers, mixed },
      ) =>
        `${withInterval(right)} correct. ${mixedUp(mixed)} ${whole(images)} test images in ${plain(answers)} forms, ${whenTrained(done, more)}. Data: ${source}.`,
      corner: 'true <down/> says <right/>',
      cell: (/** @type {{ count: number, of: number }} */ { count, of }) => `${whole(count)} of ${whole(of)}`,
      looking: 'Testing…',
      diverged: 'Training diverged: the weights are no longer finite numbers, so there is nothing to show.',
      /** The weights of so many epochs, and of so many steps of the next one. */
      found: (
        /** @type {{ right: Share, images: number, epochs: number, steps: number, source: string, mixed: Mixed | null }} */
        { right, images, epochs: done, steps: more, source, mixed },
      ) => {
        return `${withInterval(right)} correct. ${mixedUp(mixed)} ${whole(images)} test images in four turns, ${whenTrained(done, more)}. Data: ${source}.`;
      },
    },

    mistakes: {
      title: 'Its most confident mistakes',
      image: (/** @type {{ index: number, name: string }} */ { index, name }) => `Test image ${plain(index)}, ${name}:`,
      is: (/** @type {{ variant: string }} */ { variant }) => `is <b>${variant}</b>`,
      says: (/** @type {{ variant: string, sure: number }} */ { variant, sure }) =>
        `says <b>${variant}</b>, ${percent(sure, 0)}`,
      note: (/** @type {OfKind} */ { kind }) =>
        `Choose one to see that ${KINDS[kind].one} <top>at the start of the page</top> and in <inside>Look inside</inside>.`,
      none: (/** @type {OfKind} */ { kind }) =>
        `No mistakes on these images. Choose one to see that ${KINDS[kind].one} <top>at the start of the page</top> and in <inside>Look inside</inside>.`,
    },
  },

  quiz: {
    tops: TOPS,
    before: (/** @type {OfKind & { questions: number }} */ { kind, questions }) =>
      `You get ${plain(questions)} test ${KINDS[kind].many}, each turned at random. Where does the top of the ${KINDS[kind].one} point? Answer with the arrow keys, the keys 1 to 4, or the buttons around it. The network answers at the same time.`,
    play: 'Play',
    again: (/** @type {OfKind} */ { kind }) => `Play again with other ${KINDS[kind].many}`,
    data: (/** @type {{ source: string }} */ { source }) => `Data: ${source}.`,

    untrained: 'The network is not trained yet, so it guesses.',
    firstEpoch: (/** @type {{ step: number, of: number }} */ { step, of }) =>
      `The network is in its first epoch, at step ${plain(step)} of ${plain(of)}.`,
    trained: (/** @type {{ epochs: number, task: Task }} */ { epochs: count, task }) =>
      `The network has trained for ${manyEpochs(count)} of ${TASKS[task].noun}.`,
    noAnswer: 'The network has no answer: training diverged, and its weights are no longer finite. Start over.',

    question: (/** @type {OfKind} */ { kind }) => `Where does the top of the ${KINDS[kind].one} point?`,
    field: (/** @type {OfKind & { number: number, of: number }} */ { kind, number, of }) =>
      `${capital(KINDS[kind].one)} ${plain(number)} of ${plain(of)}: where does its top point? Use the arrow keys, or 1 to 4.`,
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
      `You ${plain(you)} of ${plain(of)}, the network ${plain(network)}. It is a tie.`,
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
        `You get ${plain(questions)} test ${KINDS[kind].many}, each changed at random. ${TASKS[task].asks} ${
          asked < answers
            ? `The quiz uses only ${plain(asked)} of the ${plain(answers)} answers, for you and for the network.`
            : `There are ${plain(answers)} possible answers.`
        } Answer with the keys 1 to ${plain(asked)} or the buttons. The network answers at the same time.`,
      field: (/** @type {OfKind & { number: number, of: number, task: Task }} */ { kind, number, of, task }) =>
        `${capital(KINDS[kind].one)} ${plain(number)} of ${plain(of)}: ${TASKS[task].asks}`,
      changed: (/** @type {OfKind} */ { kind }) => `A ${KINDS[kind].one}, changed`,
      upright: (/** @type {OfKind} */ { kind }) => `The ${KINDS[kind].one} before the change`,
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
        ? `Sometimes you both have to guess: a 0, a 1 or an 8 looks the same upside down, and a 6 becomes a 9. Data: ${source}.`
        : `Sometimes you both have to guess: some ${KINDS[kind].many} look almost the same in two turns. Data: ${source}.`,
  },

  /** Which pretext task teaches most? */
  tasks: {
    run: 'Run all pretext tasks',
    stop: 'Stop',
    removeAll: 'Remove these results',
    waits: 'This waits until your run has finished or is paused.',
    opening: 'Opening a second engine…',
    /** @param {{ title: string, place: number, of: number, run: string, epoch: number, epochs: number }} _ */
    at: ({ title, place, of, run, epoch, epochs: all }) =>
      `${title} (${plain(place)} of ${plain(of)}) · ${run}, epoch ${plain(epoch)} of ${plain(all)}`,
    /** @param {{ title: string, place: number, of: number }} _ */
    reading: ({ title, place, of }) => `${title} (${plain(place)} of ${plain(of)}) · probing its features`,
    progress: 'Progress of all pretext tasks',
    /** @param {{ epochs: number, seed: number }} _ */
    note: ({ epochs: count, seed }) =>
      `A second engine trains one network for each task, with your present settings (${manyEpochs(count)}, seed ${plain(seed)}). Your run stays as it is. Each task adds a row to the table of runs.`,
    /** @param {{ epochs: number, seed: number, pixels: 'unit' | 'notebook', tests: number, source: string }} _ of what is shown */
    made: ({ epochs: count, seed, pixels, tests, source }) =>
      `${manyEpochs(count)}, seed ${plain(seed)}, pixels ${pixels === 'unit' ? '0 to 1' : '0 to 255'}. Test accuracy on ${whole(tests)} images, with its 95% interval. Data: ${source}.`,
    untrained: 'No pretext task (untrained)',
    chart: {
      title: 'Test accuracy by number of labels, for each pretext task',
      name: 'Test accuracy by number of labels for each pretext task, logarithmic axis.',
      hint: 'Use the arrow keys to move between numbers of labels.',
      axis: 'labelled images',
      /** @param {{ labels: number }} _ */
      at: ({ labels }) => `${whole(labels)} ${plural(labels, { one: 'label', other: 'labels' })}`,
      value: withInterval,
    },
    table: {
      label: 'What each pretext task teaches',
      caption:
        'Each cell has three lines: the test accuracy, its 95% interval over the test images, and the difference to rotation in points with the 95% interval of that difference (paired, on the same images).',
      question: 'Pretext task',
      remove: 'Remove',
      /** @param {{ title: string }} _ */
      removeOne: ({ title }) => `Remove the result of “${title}”`,
      answers: 'Answers',
      pretext: 'Its own answers correct',
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
        'Every other difference to rotation could be zero: its 95% interval includes it. This is one seed; other seeds give other numbers.',
    },
  },

  /** Exact linear probes. */
  probe: {
    choice: 'Labelled images',
    waiting: 'Results appear as soon as they are measured.',
    /** @param {{ why: string }} _ */
    failed: ({ why }) => `The probe failed: ${why}.`,

    /** Names of the curves. */
    series: {
      pretext: (/** @type {{ task: Task }} */ { task }) => TASKS[task].title,
      untrained: (/** @type {{ task: Task }} */ _) => 'Untrained',
      pixels: (/** @type {{ task: Task }} */ _) => 'Raw pixels',
      supervised: (/** @type {{ task: Task }} */ _) => 'Supervised',
    },
    value: withInterval,
    /** @param {{ low: number, high: number }} _ */
    interval: ({ low, high }) => `${fixed(100 * low, 1)}–${fixed(100 * high, 1)}`,

    /**
     * Before the first figures of the network that trains; `begun`: they are on their way.
     * @param {OfKind & { labels: number, task: Task, of: number, untrained: Share, pixels: Share, begun: boolean }} _
     */
    before: ({ labels, task, of, untrained, pixels, begun }) =>
      `Before training, the probe with ${manyLabels(labels)} gets ${withInterval(untrained)} of the ${whole(of)} test images correct from ${named('untrained', task)} and ${withInterval(pixels)} from ${named('pixels', task)}. ${begun ? 'It is now measuring what the pretext task adds…' : 'Press Train to see what the pretext task adds.'}`,
    /**
     * @param {OfKind & { labels: number, task: Task, first: Features, share: Share, of: number, second: Features,
     *   difference: number | object, low: number, high: number }} _ `difference`: to the second
     */
    leads: ({ labels, task, first, share, of, second, difference, low, high }) =>
      `With ${manyLabels(labels)}, the best result comes from ${named(first, task)}: ${withInterval(share)} of the ${whole(of)} test images are correct. From ${named(second, task)} it is ${inPoints(Number(difference))} less (95% interval ${between({ low, high })}).`,
    /** @param {OfKind & { labels: number, task: Task, first: Features, share: Share, of: number, others: Features[] }} _ */
    level: ({ labels, task, first, share, of, others }) =>
      `With ${manyLabels(labels)}, nothing is clearly ahead. From ${named(first, task)}, ${withInterval(share)} of the ${whole(of)} test images are correct, but there is no clear difference to ${list(others.map((other) => named(other, task)))}: the 95% interval includes zero.`,

    /** What the pretext task taught against others; b: images that it alone has right, c: the other alone. */
    against: {
      ahead: (
        /** @type {{ task: Task, other: Features, difference: number, low: number, high: number, b: number, c: number }} */
        { task, other, difference, low, high, b, c },
      ) =>
        `${beginning('pretext', task)} is ahead of ${named(other, task)} by ${inPoints(difference)} (${between({ low, high })}): ${whole(b)} test images are correct only with the first, ${whole(c)} only with the second.`,
      behind: (
        /** @type {{ task: Task, other: Features, difference: number, low: number, high: number, b: number, c: number }} */
        { task, other, difference, low, high, b, c },
      ) =>
        `${beginning('pretext', task)} is behind ${named(other, task)} by ${inPoints(-difference)} (${between({ low: -high, high: -low })}): ${whole(b)} test images are correct only with the first, ${whole(c)} only with the second.`,
      level: (
        /** @type {{ task: Task, other: Features, difference: number, low: number, high: number, b: number, c: number }} */
        { task, other, difference, low, high, b, c },
      ) =>
        `No clear difference between ${named('pretext', task)} and ${named(other, task)}: ${inPoints(difference)} (${between({ low, high })}); ${whole(b)} test images are correct only with the first, ${whole(c)} only with the second.`,
      unfair: (/** @type {{ task: Task, labels: number, supervised: number }} */ { task, labels, supervised }) =>
        `${beginning('supervised', task)} cannot be compared here: that network has already learned from ${manyLabels(supervised)}, and this comparison uses only ${whole(labels)}.`,
    },

    chart: {
      title: 'Test accuracy of a linear probe',
      name: 'Test accuracy of a linear probe by number of labels, logarithmic axis.',
      hint: 'Use the arrow keys to move between numbers of labels.',
      axis: 'labelled images',
      /** @param {{ labels: number }} _ */
      at: ({ labels }) => manyLabels(labels),
    },
    table: {
      fold: 'These results as a table',
      label: 'Results of the probe',
      /** @param {{ of: number, source: string }} _ */
      caption: ({ of, source }) =>
        `Each cell: the share of ${whole(of)} test images recognised correctly, then its 95% interval in percent. Data: ${source}.`,
      labels: 'Labels',
    },
    epochs: {
      fold: 'Over the epochs',
      /** @param {{ labels: number }} _ */
      title: ({ labels }) => `Over the epochs, with ${manyLabels(labels)}`,
      /** @param {{ labels: number }} _ */
      name: ({ labels }) =>
        `Test accuracy of the probe with ${manyLabels(labels)} over the epochs of the pretext task.`,
      hint: 'Use the arrow keys to move between probes.',
      /**
       * What the chart shows. `first`, `last`: accuracies at the first and the latest probe
       * @param {{ labels: number, first: number, last: number, from: string, to: string }} _ `from`, `to`: when, by `at`
       */
      claim: ({ labels, first, last, from, to }) =>
        `With ${manyLabels(labels)}, the probe gets ${percent(first)} correct ${from} and ${percent(last)} ${to}.`,
      axis: 'epochs of the pretext task; 0: untrained',
      /** @param {{ epoch: number }} _ */
      at: ({ epoch }) =>
        epoch === 0
          ? 'before the first step'
          : `after ${fixed(epoch, Number.isInteger(epoch) ? 0 : 1)} ${plural(epoch, { one: 'epoch', other: 'epochs' })}`,
    },

    /** An earlier run, by what was set differently then. */
    run: (
      /** @type {{ number: number, differences: readonly { code: keyof typeof DIFFERENCES, value: any }[] }} */
      { number, differences: found },
    ) =>
      found.length === 0
        ? `Run ${plain(number)}, same settings`
        : `Run ${plain(number)}: ${list(
            found.map(({ code, value }) => /** @type {(of: any) => string} */ (DIFFERENCES[code])(value)),
            'unit',
          )}`,

    /** The same number of labels, but other labelled images. */
    draws: {
      title: 'What about other labelled images?',
      asking: 'Probing with other labelled images…',
      waits: 'This starts as soon as training is paused or finished.',
      /** @param {{ labels: number }} _ */
      single: ({ labels }) => `These data cannot give two separate sets of ${manyLabels(labels)}. Choose fewer.`,
      /**
       * @param {{ labels: number, task: Task, sets: number, won: number, code: 'ahead' | 'behind' | 'level',
       *   difference: number, low: number, high: number, own: { mean: number, deviation: number },
       *   other: { mean: number, deviation: number } }} _ `own`: of the pretext task; `won`: sets in which it is ahead
       */
      found: ({ labels, task, sets, won, code, difference, low, high, own, other }) => {
        const scatter = (/** @type {{ mean: number, deviation: number }} */ { mean, deviation }) =>
          `${percent(mean)} ± ${fixed(100 * deviation, 1)}`;
        const figures = `Over ${whole(sets)} separate sets of ${manyLabels(labels)} (mean ± standard deviation), the probe gets ${scatter(own)} of the test images correct from ${named('pretext', task)} and ${scatter(other)} from ${named('untrained', task)}.`;
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
        `The <term interval>95% intervals</term> are over these ${whole(of)} test images, for one choice of labelled images: the first ${whole(labels)}. Other labelled images would give other results. Data: ${source}.`,
      how: 'How it is measured',
      what: 'The probe is ridge regression on standardised features, with one output for each class. Its <term ridge>ridge penalty</term> is chosen by leave-one-out validation on the labelled images. It is solved exactly: there are no steps and no learning rate, so the results do not depend on how well an optimiser did.',
      /** @param {{ task: Task, epoch: number, step: number }} _ */
      live: ({ task, epoch, step }) =>
        epoch === 0
          ? `${TASKS[task].title}: measured after ${steps(step)}, and again and again during training.`
          : `${TASKS[task].title}: measured after ${manyEpochs(epoch)} and ${steps(step)}, and again and again during training.`,
      /** @param {{ task: Task, epochs: number }} _ */
      last: ({ task, epochs }) => `${TASKS[task].title}: measured at the end, after ${manyEpochs(epochs)}.`,
      noSupervised: 'The supervised network appears as soon as it is trained, after the pretext task.',
      /** @param {{ labels: number }} _ */
      supervised: ({ labels }) =>
        `Dashed line: the supervised network learned from ${manyLabels(labels)} before the probe. With fewer labels than that, its curve is not a fair comparison.`,
    },
  },

  duel: {
    budget: {
      slider: 'Labelled images for each network',
      again: 'Run the comparison again',
      hint: 'Choose another number of labels, epochs or learning rate, then run the comparison again. The pretext network stays as it is; it has never seen a label.',
      /** @param {{ most: number }} _ */
      all: ({ most }) =>
        `These data have only ${whole(most)} labelled ${plural(most, { one: 'image', other: 'images' })}, so all of them are used.`,
    },
    story: {
      /** @param {{ task: Task }} _ */
      self_supervised: ({ task }) =>
        `Its features come from ${TASKS[task].noun} and are frozen. It trains only the head.`,
      random: 'Its features have random weights and are frozen. It trains only the head.',
      /** @param {Shown} _ */
      supervised: ({ many }) => `It trains all its weights, with the labelled ${many} alone.`,
    },
    curves: 'Learning curves of the three networks',
    training: 'training…',
    /** @param {{ epoch: number }} _ */
    stoppedEarly: ({ epoch }) => `Stopped early, after epoch ${plain(epoch)}.`,
    /** `few`: the images that the notebook tests on, `all`: the test images. @param {{ labels: number, all: number, few: readonly [number, number], source: string }} _ */
    note: ({ labels, all, few: [first, last], source }) =>
      last - first === all
        ? `Test accuracy; the whisker is the 95% interval. ${whole(labels)} labelled ${plural(labels, { one: 'image', other: 'images' })} for each network. Data: ${source}.`
        : `Test accuracy on all ${whole(all)} test images, then on the ${whole(last - first)} that the notebook uses, test[${plain(first)}:${plain(last)}]. The whiskers are 95% intervals. ${whole(labels)} labelled ${plural(labels, { one: 'image', other: 'images' })} for each network. Data: ${source}.`,
    /**
     * Why the head on random features stands still. `guess`: the loss of guessing; `scales`: means of the features; `probe`:
     * what a probe reads from the same features, where that is known.
     * @param {{ task: Task, epochs: number, loss: number, guess: number, rate: number, still: boolean,
     *   scales: { taught: number, untrained: number } | null, probe: ({ labels: number } & Share) | null }} _
     */
    stands: ({ task, epochs: count, loss, guess, rate, scales, probe, still }) =>
      [
        still
          ? `Why does the head on <random>random features</random> learn almost nothing? After ${manyEpochs(count)} its loss is ${fixed(loss, 2)}, and guessing among ten classes gives ln 10 = ${fixed(guess, 2)}. Gradient descent with rate ${plain(rate)} has hardly begun.`
          : `Why does the head on <random>random features</random> learn so slowly? After ${manyEpochs(count)} its loss is ${fixed(loss, 2)}, still closer to guessing (ln 10 = ${fixed(guess, 2)}) than to zero. Gradient descent with rate ${plain(rate)} has not finished.`,
        ...(scales
          ? [
              `The random features are small numbers, ${significant(scales.untrained, 2)} on average; those that ${TASKS[task].noun} taught average ${significant(scales.taught, 2)}. Small features make small steps.`,
            ]
          : []),
        ...(probe
          ? [
              `This does not mean that the features are bad: the linear probe gets ${withInterval(probe)} correct from the same features with ${manyLabels(probe.labels)}.`,
            ]
          : ['This does not mean that the features are bad.']),
        'Try <rate>a comparison learning rate of 0.03</rate> or <pixels>raw pixels, 0 to 255</pixels>.',
      ].join(' '),
    /** How each run is trained. */
    facts: {
      title: 'How they are trained',
      label: 'How each network is trained',
      run: 'Network',
      weights: 'Trains',
      optimiser: 'Optimiser',
      rate: 'Rate',
      batch: 'Batch',
      epochs: 'Epochs',
      patience: 'Stops early',
      learns: {
        pretext: 'the whole network',
        self_supervised: (/** @type {{ task: Task }} */ { task }) =>
          `the head, on features that ${TASKS[task].noun} taught`,
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
        `The last ${percent(share, 0)} of the labelled images are set aside for validation; the others are shuffled before each epoch. When training <term stopping>stops early</term>, the weights of the last epoch are kept, not the best ones. No network here uses <term tuning>fine-tuning</term>.`,
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
      title: 'Test accuracy of the compared networks by number of labels',
      name: 'Test accuracy of the compared networks by number of labels, logarithmic axis.',
      hint: 'Use the arrow keys to move between numbers of labels.',
      axis: 'labelled images',
      /** @param {{ labels: number }} _ */
      at: ({ labels }) => `${whole(labels)} ${plural(labels, { one: 'label', other: 'labels' })}`,
    },

    more: {
      title: 'One run can be luck',
      intro:
        'Another seed gives other weights and other results. Repeat the comparison to see how much they vary, or vary the number of labels to see which network needs fewest. A second engine does this; your run stays as it is.',
      /** @param {{ first: number, last: number }} _ */
      repeat: ({ first, last }) =>
        first === last ? `Repeat with seed ${first}` : `Repeat with seeds ${first} to ${last}`,
      sweep: 'Try each number of labels',
      cancel: 'Cancel',
      progress: 'Progress of the repeated runs',
      opening: 'Opening a second engine…',
      /**
       * @param {{ seed: number, place: number, seeds: number, labels: number, run: string, epoch: number,
       *   epochs: number }} _ `place` of the seed among the seeds, from 1
       */
      at: ({ seed, place, seeds, labels, run, epoch, epochs }) =>
        `seed ${plain(seed)} (${plain(place)} of ${plain(seeds)}) · ${whole(labels)} ${plural(labels, { one: 'label', other: 'labels' })} · ${run}, epoch ${plain(epoch)} of ${plain(epochs)}`,
      waits: 'This waits until your run has finished or is paused.',
      /**
       * The self-supervised head against another arm: numbers of labels at which it is clearly ahead, clearly behind, or
       * neither.
       * @param {{ rival: 'random' | 'supervised', ahead: number[], behind: number[], level: number[] }} _
       */
      verdict: ({ rival, ahead, behind, level }) => {
        const at = (/** @type {number[]} */ labels) => list(labels.map(whole));
        const parts = [
          ...(ahead.length > 0 ? [`clearly ahead with ${at(ahead)}`] : []),
          ...(behind.length > 0 ? [`clearly behind with ${at(behind)}`] : []),
          ...(level.length > 0 ? [`not clearly different with ${at(level)}`] : []),
        ];
        return `Compared with the ${rival === 'random' ? '<random>head on random features</random>' : '<supervised>supervised network</supervised>'}, the <own>self-supervised head</own> is ${list(parts)} labels.`;
      },
      /** @param {{ labels: number[] }} _ where the random arm is no better than guessing */
      guessing: ({ labels }) =>
        `With ${list(labels.map(whole))} labels, the head on random features hardly did better than guessing. That says more about its training than about the features.`,
      /** @param {{ seeds: number }} _ of each number of labels, at least */
      verdictNote: ({ seeds }) =>
        seeds > 1
          ? '“Clearly” means that the 95% interval of the mean difference over the seeds does not include zero (Student’s t). Other labelled images could still change the result.'
          : '“Clearly” means that the 95% interval over the test images does not include zero. This is one seed; other seeds and other labelled images give other results.',
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
        `Rows: the true ${KINDS[kind].one}. Columns: what the network says. Use the arrow keys to move between cells; Enter opens the images of a cell.`,
      corner: 'rows: true; columns: predicted',
      /** @param {{ count: number, of: number, truth: string, said: string }} _ */
      cell: ({ count, of, truth, said }) =>
        truth === said
          ? `${truth} recognised as ${said}, correct: ${whole(count)} of ${whole(of)}`
          : `${truth} recognised as ${said}: ${whole(count)} of ${whole(of)}`,
      /** @param {{ arm: string }} _ */
      untested: ({ arm }) => `${arm}: not tested yet. The table appears as soon as this network has finished training.`,
      diverged: 'Training diverged: the weights are no longer finite numbers, so there is nothing to show.',
      /** @param {OfKind & { right: number, count: number, share: Share, source: string, mixed: Mixed | null }} _ */
      found: ({ right, count, share, source, kind, mixed }) =>
        `${withInterval(share)} correct: ${whole(right)} of ${whole(count)} test images. ${mixedUp(mixed)} Rows: the true ${KINDS[kind].one}. Columns: what the network says. Data: ${source}.`,
      press: (/** @type {OfKind} */ { kind }) =>
        `Press a cell of this <term confusion>confusion matrix</term> to see its images. Press an image to make it the chosen ${KINDS[kind].one}.`,
      /** @param {{ truth: string, said: string }} _ */
      rightTitle: ({ said }) => `${said}, recognised as ${said}`,
      /** @param {{ truth: string, said: string }} _ */
      wrongTitle: ({ truth, said }) => `${truth}, but recognised as ${said}`,
      close: 'Close',
      looking: 'The network is looking at them again…',
      /** @param {OfKind & { count: number, shown: number }} _ */
      count: ({ count, shown, kind }) =>
        count === 0
          ? 'There is no such test image.'
          : shown < count
            ? `The ${whole(shown)} most confident of ${whole(count)}. Press one to make it the chosen ${KINDS[kind].one}.`
            : `${whole(count)} ${plural(count, { one: 'image', other: 'images' })}, the most confident first. Press one to make it the chosen ${KINDS[kind].one}.`,
      /** @param {{ index: number, name: string }} _ */
      image: ({ index, name }) => `Test image ${plain(index)}, ${name}:`,
      /** @param {{ name: string, sure: number }} _ */
      says: ({ name, sure }) => `<b>${name}</b>, ${percent(sure, 0)}`,
      more: 'Show more',

      /** @param {{ one: string }} _ */
      chosenTitle: ({ one }) => `The chosen ${one} and its ten probabilities`,
      chosenSet: 'Set of the chosen image',
      chosenNumber: 'Number of the chosen image',
      back: 'Previous image',
      onward: 'Next image',
      notebookImage: 'The notebook’s image',
      /** @param {{ set: 'train' | 'test', index: number }} _ */
      chosenImage: ({ set, index }) =>
        set === 'train' ? `Training image ${plain(index)}` : `Test image ${plain(index)}`,
      /** @param {{ set: 'train' | 'test', index: number, label: string, said: string, right: boolean }} _ */
      verdict: ({ set, index, label, said, right }) =>
        `Prediction: ${said}. ${set === 'train' ? 'Training' : 'Test'} image ${plain(index)} is labelled ${label}, so this is ${right ? 'right' : 'wrong'}.`,
      /** What part the image has in the experiment. */
      roles: {
        pretext: 'The pretext task trains on this image. No network has seen its label.',
        trained:
          'The three compared networks were trained on this image and its label, so their answer is not a fair test.',
        validation:
          'This image belongs to the labelled fifth that is set aside for validation. It is checked after each epoch, but no weight is trained on it.',
        unused: 'This run does not train on this image.',
        test: 'This image is one of the notebook’s test images. No network trains on it.',
        setAside: 'This image is a test image that the notebook does not use. No network trains on it.',
      },
    },

    summary: {
      label: 'Mean and standard deviation',
      /** @param {{ full: number, few: number | null, data: string }} _ `few`: images of the notebook's own test, where it has others */
      caption: ({ full, few, data }) =>
        few === null
          ? `Test accuracy on ${whole(full)} images: mean ± standard deviation over the seeds, in percent. Data: ${data}.`
          : `Test accuracy: mean ± standard deviation over the seeds, in percent. Each cell shows it on ${whole(full)} images, then on the ${whole(few)} that the notebook uses. Data: ${data}.`,
      labels: 'Labels',
      seeds: 'Seeds',
    },

    runs: {
      none: 'Finished runs appear here.',
      label: 'Table of runs',
      caption:
        'Your finished runs, saved in this browser. Accuracies are on the whole test set. Epochs: the pretext task, then the three compared networks.',
      columns: {
        time: 'Run',
        seed: 'Seed',
        data: 'Data',
        preset: 'Pixels',
        task: 'Pretext task',
        labels: 'Labels',
        rotation: 'Pretext',
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
      hint: ({ one }) => `Draw a ${one} here`,
      /** @param {Shown} _ */
      keys: ({ one }) =>
        `Draw with a mouse, finger or pen. Keys 0 to 9 load a test ${one}, Backspace undoes a stroke, Delete clears the pad.`,
      undo: 'Undo',
      clear: 'Clear',
      brush: 'Brush',
      onPaper: 'Nothing was drawn.',
    },
    /** The four answers of the rotation network, from 0°. */
    turns: ['upright', 'turned left', 'upside down', 'turned right'],
    untrained: 'Nothing is trained yet, so these are guesses from random weights.',
    /** Where the pretext network has so many answers that there is no room for them. @param {{ title: string, variant: string, sure: number, answers: number }} _ */
    likeliest: ({ title, variant, sure, answers }) =>
      `${title}: of the ${plain(answers)} answers, “${variant}” is the most likely for it, ${percent(sure, 0)}.`,
    /** Where the pretext task is not that of turns. @param {{ task: string }} _ its name */
    dialOnly: ({ task }) =>
      `The dial turns your drawing for the networks that recognise it. Answers for every angle are shown only if the pretext task is rotation; the task of this run is: ${task}.`,
    samples: {
      /** @param {Shown} _ */
      label: ({ one }) => `Or use a test ${one}`,
      /** @param {Shown} _ */
      title: ({ one }) => `or use a test ${one}`,
      /** @param {{ one: string, name: string }} _ `name` of the class */
      one: ({ one, name }) => `Test ${one} ${name}`,
    },
    seen: {
      name: 'What the networks see, 28 by 28 pixels',
      nothing: 'Nothing drawn yet',
      drawn: 'What the networks see: 28×28 pixels, centred as in MNIST.',
      /** @param {{ index: number, source: string }} _ */
      sample: ({ index, source }) => `What the networks see: 28×28 pixels, test image ${index}. Data: ${source}.`,
      /** @param {{ turned: string }} _ */
      turned: ({ turned }) => `Turned by the dial: ${turned}.`,
    },
    keep: {
      title: 'Save it in my set',
      group: 'Save the drawing as',
      as: 'as a',
      /** @param {{ name: string }} _ */
      one: ({ name }) => `Save the drawing as a ${name}`,
      /** @param {{ name: string, count: number }} _ */
      kept: ({ name, count }) =>
        `Saved as a ${name}: my set now has ${whole(count)} ${plural(count, { one: 'drawing', other: 'drawings' })}.`,
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
      left: ({ degrees }) => `${plain(degrees)}° left`,
      /** @param {{ degrees: number }} _ */
      right: ({ degrees }) => `${plain(degrees)}° right`,
    },
    opinions: {
      title: 'What the rotation network says as the drawing turns',
      name: 'Most likely answer by angle, counter-clockwise:',
      nothing: 'nothing drawn yet',
      hint: 'Use the arrow keys to move between values.',
      /** @param {{ angle: number, from: number, to: number }[]} stretches degrees counter-clockwise, -180 to 180 */
      leading: (stretches) =>
        list(
          stretches.map(({ angle, from, to }) => `${plain(angle)}° from ${plain(from)}° to ${plain(to)}°`),
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
        `A perfect network would draw four equal hills, each around its dashed line. But this one learned quarter turns only: in between it has to guess, and some ${many} look the same upside down.`,
      table: 'These values as a table',
      label: 'Answers by angle',
      turned: 'Drawing turned',
      /** @param {{ angle: number }} _ */
      says: ({ angle }) => `says ${angle}°`,
    },

    nearest: {
      title: 'The most similar training images',
      spaces: {
        /** @param {{ task: Task }} _ */
        trained: ({ task }) => `By features from ${TASKS[task].noun}`,
        random: () => 'By random features',
        pixels: () => 'By raw pixels',
      },
      /** @param {{ index: number }} _ */
      image: ({ index }) => `Training image ${index}`,
      nothing: 'Draw something first.',
      /** @param {{ count: string, source: string }} _ */
      note: ({ count, source }) =>
        `From the ${count} images of the pretext task, each with its label, which the task never sees, and its cosine distance (0: same direction, 1: nothing in common). Data: ${source}.`,
    },

    mine: {
      /** @param {Shown} _ */
      title: ({ many }) => `My ${many}`,
      /** @param {Shown} _ */
      invitation: ({ one }) =>
        `Draw on the pad, then say which ${one} it is. It is saved upright, whatever the dial shows, and in this browser only. Use your set to test the networks on your own hand, or to train them.`,
      /** @param {{ all: number, each: { name: string, count: number }[] }} _ */
      kept: ({ all, each }) =>
        `${whole(all)} saved (${list(
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
      right: 'Correct',
      /** @param {{ right: number, count: number }} _ */
      rightOf: ({ right, count }) => `${whole(right)} of ${whole(count)}`,
      /** @param {Shown} _ */
      accuracy: ({ many }) => `Accuracy on my ${many}`,
      interval: '95% interval',
      /** @param {{ low: number, high: number }} _ */
      fromTo: ({ low, high }) => `${percent(low)} to ${percent(high)}`,
      trainedOn: 'The networks were trained on some of these, so this is no longer a test.',
      neverSeen: 'The networks have never seen these, so this is a real test.',

      train:
        '<b>Train on them.</b> They replace the first labelled images, so the number of labelled images stays the same. The last fifth is still used for validation. The pretext task never sees your drawings. Such a run is no longer the notebook’s experiment.',
      with: 'Start over with them',
      withChanged: 'Start over with the set as it is now',
      without: 'Start over without them',
      fixed: 'Set by the lesson.',
      givenUp: 'This discards the present run.',
      /** @param {{ source: string }} _ */
      inUse: ({ source }) =>
        `In use: ${source}. The native program can reproduce this run from a folder with these four files:`,
      files: {
        trainImages: 'training images',
        trainLabels: 'training labels',
        testImages: 'test images',
        testLabels: 'test labels',
      },
    },
  },

  map: {
    weights: { label: 'Features', trained: 'Trained', random: 'Random', both: 'Side by side' },
    methods: { label: 'Axes', pca: 'Largest spread (PCA)', lda: 'Best separation (LDA)' },
    titles: {
      /** @param {{ task: Task }} _ */
      trained: ({ task }) => `Features from ${TASKS[task].noun}`,
      /** @param {{ task: Task }} _ */
      random: (_) => 'Random features',
    },
    /** Under the title of a map, by method. */
    figures: {
      /** @param {{ count: number, many: string, kin: number, held: number }} _ `kin`, `held`: 0..1 */
      pca: ({ count, many, kin, held }) =>
        `${whole(count)} test ${many} · ${percent(kin, 0)} next to one of their own kind · ${percent(held, 0)} of the spread shown`,
      /** @param {{ count: number, many: string, kin: number, held: number }} _ */
      lda: ({ count, many, kin, held }) =>
        `${whole(count)} test ${many} · ${percent(kin, 0)} next to one of their own kind · ${percent(held, 0)} of the difference between the kinds shown`,
    },

    /** @param {{ count: number, many: string, names: string[], title: string }} _ */
    name: ({ count, many, names, title }) => `Map of ${whole(count)} test ${many} (${list(names, 'unit')}). ${title}`,
    /** @param {{ title: string }} _ */
    noMap: ({ title }) => `${title}: no map yet`,
    keys: 'Use the arrow keys to move between points, plus and minus to zoom, Shift with the arrow keys to move the map, and 0 to show the whole map.',
    /** @param {{ name: string }} _ of the class */
    image: ({ name }) => `A test image of ${name}`,
    /** @param {{ name: string, index: number }} _ */
    tip: ({ name, index }) => `${name} · no. ${index}`,
    /** @param {{ name: string, index: number }} _ */
    at: ({ name, index }) => `${name}, test image ${index}`,
    drawing: 'your drawing',

    look: 'Zoom',
    closer: 'Zoom in',
    farther: 'Zoom out',
    whole: 'Whole map',
    byMouse: 'Drag to move the map; use Ctrl and the wheel to zoom. The arrow keys move between points.',
    byFinger: 'Pinch to zoom, then drag. Tap a point to see its image.',

    play: 'Replay training',
    stop: 'Stop',
    moment: 'Moment of training',
    now: 'now',
    nowOnly: 'now (train, then rewind)',
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
        `On the map of <random>random features</random>, which are never trained, ${percent(untrained, 1)} of the ${whole(count)} ${many} have one of their own kind as the nearest point.`,
      /** @param {{ count: number, many: string, untrained: number, now: number, at: 'now' | 'then' }} _ */
      same: ({ count, many, untrained, now, at }) =>
        `${AT[at]} ${percent(now, 1)} of the ${whole(count)} ${many} have one of their own kind as the nearest point. For <random>random features</random>, which are never trained, it is ${percent(untrained, 1)}.`,
      /** @param {KinFigures} figures */
      ahead: (figures) =>
        `On this map, ${figures.many} of one kind are neighbours more often than before training. ${kinFigures(figures)}`,
      /** @param {KinFigures} figures */
      behind: (figures) =>
        `On this map, ${figures.many} of one kind are neighbours less often than before training. ${kinFigures(figures)}`,
      /** @param {KinFigures} figures */
      level: (figures) =>
        `On this map, ${figures.many} of one kind are neighbours about as often as before training. There is no clear difference. ${kinFigures(figures)}`,
    },

    read: {
      title: 'How to read the map',
      /** @param {{ fitted: number, many: string }} _ */
      lda: ({ fitted, many }) =>
        `The axes are fitted on ${whole(fitted)} labelled training images of these ${many}: the whole labelled part of the data, whatever number of labels the comparison uses. The test ${many} on the map are not used for the fit.`,
      /** @param {{ many: string }} _ */
      pca: ({ many }) =>
        `The axes are the two directions along which the features of these test ${many} spread most. No labels are used.`,
      laid: 'Each map is turned, mirrored and scaled to match the untrained map as closely as possible, so that you can compare them.',
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
        `${title}: positions along the two axes, which account for ${percent(first)} and ${percent(second)}`,
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
      name: '64 kernels of 3 by 3 weights. Use the arrow keys to move between weights.',
      intro: 'Each of the 64 kernels has 3×3 weights and looks for one small pattern of light and dark.',
      notes: {
        rotnet: 'They start at random and change while the pretext task trains.',
        self_supervised: 'They are copied from the rotation network and frozen.',
        random: 'They stay random: this network never trains them.',
        /** @param {Shown} _ */
        supervised: ({ many }) => `They change while the supervised network trains on labelled ${many}.`,
      },
      /** @param {Place} _ */
      at: ({ map, row, column, value }) => `Kernel ${map}, row ${row}, column ${column}: ${value}`,
      hint: 'Point at a weight to see its value.',
    },
    noCell: 'none selected',

    activations: {
      /** @param {{ one: string, network: string }} _ */
      title: ({ one, network }) => `How the network responds to a ${one}: ${network}`,
      source: 'Image',
      /** @param {Shown} _ */
      chosen: ({ one }) => `Chosen ${one}`,
      drawing: 'My drawing',
      turn: 'Turned by',
      upright: 'Upright',
      /** @param {{ degrees: number }} _ */
      turned: ({ degrees }) => `Turned ${plain(degrees)}°`,
      /** What is sent through. */
      image: {
        drawing: 'Your drawing',
        /** @param {{ index: number, name: string }} _ */
        test: ({ index, name }) => `Test image ${index} (${name})`,
        /** @param {{ index: number, name: string }} _ */
        train: ({ index, name }) => `Training image ${index} (${name})`,
      },
      /** @param {{ what: string, degrees: number }} _ */
      turnedImage: ({ what, degrees }) => `${what}, turned ${plain(degrees)} degrees counter-clockwise`,
      /** @param {Shown} _ */
      nothing: ({ one }) => `You have not drawn anything yet. <a>Draw a ${one}</a>, then come back.`,
      waiting: 'Waiting for the image…',
      colours:
        'The upright and the turned image use the same colours, so you can compare them. A map without colour means that this unit does not respond to this image.',
      pick: 'Click or tap a cell, or press Enter on it, and the card below shows how its value is computed.',
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
      nameUpright: ({ stage }) => `${stage}, upright. Use the arrow keys to move between cells.`,
      /** @param {{ stage: string, degrees: number }} _ */
      nameTurned: ({ stage, degrees }) =>
        `${stage}, turned ${plain(degrees)} degrees counter-clockwise. Use the arrow keys to move between cells.`,
    },

    unit: {
      /** @param {{ network: string }} _ */
      title: ({ network }) => `One unit by its own numbers: ${network}`,
      intro:
        'A convolution only multiplies and adds. Choose a unit on the maps above, or move on the small map here: every number is the network’s own, as it is now.',
      layer: 'Layer',
      image: 'Image',
      map: 'Map',
      previous: 'Previous map',
      next: 'Next map',
      input: 'Input image',
      /** @param {{ channel: number }} _ */
      inputOf: ({ channel }) => `Input, channel ${channel}`,
      /** @param {{ row: number, column: number }} _ */
      window: ({ row, column }) =>
        `The window begins at row ${row}, column ${column}; a dashed frame shows all that the pool’s outputs see.`,
      /** @param {{ map: number }} _ */
      output: ({ map }) => `Map ${map} after the pool`,
      /** @param {{ map: number }} _ */
      outputName: ({ map }) => `Map ${map} after the pool. Use the arrow keys to choose a unit.`,
      /** @param {{ row: number, column: number, value: string }} _ */
      unitAt: ({ row, column, value }) => `Row ${row}, column ${column}: ${value}`,
      products: 'Multiply each input by its weight',
      windowCaption: 'Window',
      kernelCaption: 'Kernel',
      productCaption: 'Products',
      /** @param {{ map: number, sum: string }} _ */
      part: ({ map, sum }) => `The products of kernel ${map} sum to ${sum}.`,
      /** @param {{ channel: number, map: number, sum: string }} _ */
      partOf: ({ channel, map, sum }) => `In channel ${channel}, the products of kernel ${map} sum to ${sum}.`,
      edge: 'Cells with a dashed border lie beyond the edge and count as 0.',
      /** @param {{ count: number }} _ */
      channels: ({ count }) => `Do the same in all ${count} channels`,
      /** @param {{ count: number }} _ */
      channelsName: ({ count }) =>
        `Sums of the ${count} channels. Use the arrow keys to choose the channel whose window is shown.`,
      /** @param {{ channel: number, sum: string }} _ */
      channelAt: ({ channel, sum }) => `Channel ${channel}: ${sum}`,
      /** @param {{ count: number, sum: string }} _ */
      all: ({ count, sum }) => `The ${count} channels together: ${sum}.`,
      sumTitle: 'Add the bias; ReLU turns a negative sum into 0',
      /** @param {{ products: string, bias: string, sum: string }} _ */
      sum: ({ products, bias, sum }) => `${products} + bias (${bias}) = ${sum}`,
      /** @param {{ sum: string, value: string }} _ */
      relu: ({ sum, value }) => `ReLU: max(0, ${sum}) = ${value}`,
      /** @param {{ side: number }} _ */
      poolTitle: ({ side }) => `The pool keeps the largest of ${side}×${side} such values`,
      poolCaption: 'The values that the pool chooses from. A button shows how its value is computed.',
      /** @param {{ value: string }} _ */
      wins: ({ value }) => `${value} ✓`,
      /** @param {{ value: string }} _ */
      kept: ({ value }) => `It keeps ${value}: that is the value of this unit.`,
      silent: 'All of them are 0: this unit does not respond here.',
      /** @param {{ value: string }} _ */
      engine: ({ value }) => `The engine gives this unit ${value}. Shown with three decimals.`,
    },
  },

  data: {
    drop: 'Drop IDX files of 28×28 images and their labels',

    legend: 'Data',
    sources: {
      generated: { title: 'Built-in digits', text: 'drawn by a program, up to 11,000 of them' },
      mnist: { title: 'MNIST', text: 'real handwritten digits, the classic data set' },
      own: {
        title: 'My files',
        text: 'IDX files of images (28×28) and labels, also .gz: Fashion-MNIST, KMNIST, EMNIST or your own',
      },
    },
    notHere: 'not on this server',
    /** @param {{ task: Task, pretext: number, labelled: number, test: number }} values <source/> is the name of the data */
    summary: ({ task, pretext, labelled, test }) =>
      `<source/>: ${whole(pretext)} images for ${TASKS[task].noun}, ${whole(labelled)} labelled images, ${whole(test)} test images.`,

    choose: 'Drop image and label files anywhere on this page, or choose them here',
    transpose: 'Swap rows and columns (for EMNIST, which is stored that way)',
    classesAre: 'What the classes are',
    /** @param {{ problem: string }} values without a full stop */
    filesRefused: ({ problem }) => `${problem}.`,
    onlyKnown: 'Use only labels 0 to 9',
    /** Whether the visitor's files are kept, each of `{ bytes }`. */
    filesKept: {
      /** @param {{ bytes: number }} values */
      kept: ({ bytes }) => `Saved in this browser, ${megabytes(bytes)}, so that a run can continue after a reload.`,
      /** @param {{ bytes: number }} values */
      tooMuch: ({ bytes }) =>
        `The files have ${megabytes(bytes)}, too much to save in this browser. After a reload the page asks for them again.`,
      notSecure: () =>
        'This address is not secure (https), so the files are not saved. After a reload the page asks for them again.',
      notKept: () => 'This browser does not save the files. After a reload the page asks for them again.',
      forgotten: () => 'No longer saved in this browser.',
      notForgotten: () => 'This browser does not let the page delete them.',
    },
    forget: 'Do not save them',

    /** The notebook's arrays. */
    shapes: {
      title: 'Splits and shapes, as the notebook prints them',
      array: 'Array',
      slice: 'Slice',
      shape: 'Shape',
      use: 'Use',
      noName: 'the whole test set',
      uses: {
        pretext: 'images for the pretext task',
        pretextLabels: 'their labels, which no network sees',
        labelled: 'images for the three compared networks',
        labels: 'their labels; the last fifth is for validation',
        setAside: 'not used by the notebook; part of the whole test set',
        test: 'the notebook’s test images',
        changed:
          'the images of x_train in every form of the task; the engine changes them while it reads them and stores no copies',
        answers: 'the correct answer for each image',
        turned: 'the images of x_train in four turns; the engine turns them while it reads them and stores no copies',
        turns: 'the turn of each image',
        whole: 'the page tests on all of them',
      },
      /**
       * Why two test accuracies stand side by side. `few`, `many`: half the width of the 95% interval at `example`.
       * @param {{ count: number, first: number, last: number, all: number, example: number, few: number, many: number }} _
       */
      ofFew: ({ count, first, last, all, example, few, many }) =>
        `An accuracy “of ${whole(count)}” is the notebook’s: it tests on test[${plain(first)}:${plain(last)}] only. At an accuracy of ${percent(example, 0)}, the 95% interval is then about ±${fixed(100 * few, 1)} points, more than most differences between the networks. On all ${whole(all)} test images it is about ±${fixed(100 * many, 1)} points. So the page tests on all of them and shows that result first.`,
      /** @param {{ count: number }} _ */
      ofAll: ({ count }) =>
        `The notebook tests on test[300:600], 300 images. These data have only ${whole(count)} test images, so all of them are used.`,
    },

    whichSet: 'Image set',
    sets: { train: 'Training', test: 'Test' },
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
    measured: ({ count, set }) => `Mean images and pixel statistics are over ${whole(count)} ${SETS[set]} images.`,

    greys: 'Grey values',
    /** @param {{ blank: number, mean: number }} values `blank`: a share */
    greysTitle: ({ blank, mean }) =>
      `<b>${percent(blank)}</b> of the pixels are blank (0), and the mean grey value is <b>${fixed(mean, 1)}</b> of 255. The chart shows the pixels that are not blank.`,
    greysName: 'Share of all pixels by grey value.',
    greysHint: 'Use the arrow keys to move between values.',
    greyAxis: 'grey value',
    greysTable: 'Table of grey values',
    grey: 'Grey',
    greyShare: 'Share of all pixels',
  },

  speed: {
    noEngine: 'No engine is running.',
    /** @type {Record<import('../../engine/types').BuildName, string>} */
    builds: {
      'threads-relaxed': 'Threads, relaxed SIMD',
      'threads-simd': 'Threads, SIMD',
      'single-relaxed': 'Single thread, relaxed SIMD',
      'single-simd': 'Single thread, SIMD',
    },
    /** @param {{ title: string, threads: number, lanes: number, isa: string, fused: boolean, bytes: number }} values */
    engine: ({ title, threads: count, lanes, isa, fused, bytes }) =>
      `Engine build: <b>${title}</b>. It runs on ${threads(count)} and processes ${whole(lanes)} numbers at a time (${isa}${fused ? ', fused multiply-add' : ''}). Memory: ${whole(bytes / 2 ** 20)} MB.`,
    /** Why this build runs. */
    why: {
      asked: 'You asked for this build.',
      fastest: 'It is the fastest of the four, and this browser can run it.',
      fastestHere: 'It is the fastest of the four that works here. Why the faster ones do not:',
    },
    /** A build that does not run, and the reason. */
    passed: '<build/>: <reason/>.',
    choose: 'Choose another build',
    open: 'Restart the engine',
    kernel: {
      title: 'The C++ source of the convolutions that run here',
      layer: 'Layer',
      /** @param {{ function: string }} values */
      note: ({ function: name }) =>
        `The file as this page’s engine was built from it. The forward pass begins at <code>${name}</code>.`,
      /** @param {{ title: string, lanes: number, isa: string }} values */
      runs: ({ title, lanes, isa }) =>
        `It is compiled once for each build. The build that runs here (${title}, ${isa}) has ${whole(lanes)} numbers in a vector: kLanes is ${whole(lanes)}.`,
    },

    threads: 'Threads',
    oneThread: 'This engine build has a single thread.',
    /** @param {{ count: number, most: number }} values */
    trainWith: ({ count, most }) => `Train with <b>${whole(count)}</b> of ${whole(most)}`,
    threadsNote: 'The engine restarts and continues where it was. The weights are the same for any number of threads.',
    measure: 'Measure the speed',
    cancel: 'Cancel',
    /** @param {{ now: number, most: number }} values */
    measuring: ({ now, most }) => `Measuring with ${threads(now)} of ${whole(most)}…`,
    measureNote: 'This takes a second or two for each number of threads; training waits.',
    chart: 'Speed-up by number of threads; dashed: ideal',
    chartName: 'Speed-up by number of threads. Latest:',
    chartHint: 'Use the arrow keys to move between values.',
    ideal: 'ideal',
    /** @param {{ count: number }} values */
    threadCount: ({ count }) => threads(count),
    /** @param {{ factor: number, digits: number }} values */
    times: ({ factor, digits }) => `${fixed(factor, digits)}×`,
    /** What the chart shows. @param {{ count: number, factor: number }} values the fastest, as a multiple of one thread */
    claim: ({ count, factor }) =>
      count === 1
        ? 'On this machine one thread is the fastest.'
        : `On this machine, training is fastest with ${threads(count)}: ${fixed(factor, 1)} times as fast as with one.`,
    table: 'Measured speed by number of threads',
    imagesPerSecond: 'Images/s',
    speedUp: 'Speed-up',
    ofIdeal: 'Of ideal',

    /** @param {{ images: number, task: Task }} values the others have trained on turns */
    peers: ({ images, task }) =>
      task === 'turns'
        ? `Time for one epoch of rotation, ${whole(images)} turned images`
        : `Time for one epoch, ${whole(images)} changed images`,
    peersTable: 'Seconds for one epoch',
    program: 'Program',
    seconds: 'Seconds',
    bar: 'Bar',
    /** @param {{ how: 'measured' | 'now' | 'trained' }} values */
    here: ({ how }) => `This page on your machine, ${HOW[how]}`,
    /** How the other programs ran. */
    runs: {
      /** @param {{ program: string }} values */
      native: ({ program }) => `${program}, native`,
      /** @param {{ program: string, browser: string }} values */
      page: ({ program, browser }) => `${program}, ${browser}`,
      /** @param {PeerInPage} values */
      webgl: ({ program, browser, form }) => `${program}, WebGL in software, ${FORM[form]}, ${browser}`,
      /** @param {PeerInPage} values */
      wasm: ({ program, browser, form }) => `${program}, WebAssembly, ${FORM[form]}, ${browser}`,
      /** @param {PeerInPage} values */
      plain: ({ program, browser, form }) => `${program}, JavaScript, ${FORM[form]}, ${browser}`,
    },
    measureToSee: 'Train, or measure the speed, to see your machine here.',
    /** @param {{ measuredOn: Date, machine: string, processors: number }} values */
    peersNote: ({ measuredOn, machine, processors }) =>
      `The other programs ran on ${whole(processors)} shared cores of a server (${machine}) without a graphics card, in ${month(measuredOn)}, with the same network and batch. As shipped: written as the library’s guide says. Tuned: the network’s layers written by hand from the library’s own fastest operations. For the slowest programs, some steps were timed and scaled up. Your machine may be faster or slower. The bars are logarithmic.`,

    reasons: 'What makes it fast',
    multiplications: {
      title: 'Fewer multiplications',
      text: 'Winograd’s method computes all 6×6 results of a 3×3 convolution with 64 multiplications for each pair of channels, instead of 324.',
    },
    blank: {
      title: 'Blank pixels cost nothing',
      text: 'In a digit, more than half of the windows of the first layer are blank. Their result is known in advance, so the engine skips them. The result stays exact.',
    },
    turned: {
      title: 'No turned copies',
      text: 'The engine does not store four turned copies of an image. It reads the same 784 bytes in another order.',
    },
    /** The same of another pretext task. */
    changed: {
      title: 'No changed copies',
      text: 'The engine does not store changed copies of an image. Every form is another order of reading the same 784 bytes.',
    },
    agree: {
      title: 'The same result on any number of threads',
      text: 'Each thread works on whole parts of a batch, and their sums are added in one fixed order. So one thread and eight threads give the same weights, to the last bit.',
    },
    simd: {
      title: 'Four numbers at once',
      text: 'SIMD instructions work on four numbers at a time. Relaxed SIMD also multiplies and adds in one step, if the browser supports it.',
    },
  },

  keep: {
    signature: 'Signature',
    noSignature: 'available when the run has finished',
    /** @param {{ fused: boolean }} values */
    signatureNote: ({ fused }) =>
      fused
        ? 'The signature is a fingerprint of every weight and every epoch. The same settings and data give the same signature in every browser and native program that rounds like this engine: once for each multiply-add (fused). Engines that round twice give another signature.'
        : 'The signature is a fingerprint of every weight and every epoch. The same settings and data give the same signature in every browser and native program that rounds like this engine: twice for each multiply-add (unfused). Engines that round once give another signature.',
    command: 'The same run in a terminal',
    copy: 'Copy',
    noCommand:
      'No command can reproduce this run: a learning rate or the arithmetic changed during training, or the data are only part of the files or were edited.',

    here: 'In this browser',
    /** @param {{ moment: number, bytes: number }} values */
    keptAt: ({ moment, bytes }) =>
      `Saved at ${clock(moment)}, ${whole(bytes / 1024)} KB: weights, optimisers, random state, curves and the moments of the map.`,
    beingKept: 'Saving…',
    willKeep: 'During training, the run is saved here every few seconds.',
    comesBack: 'If you close or reload the page, it offers to continue exactly there.',

    link: 'As a link',
    /** @param {{ rounding: 'fused' | 'unfused' | '' }} values of the engine; '': there is none */
    linkNote: ({ rounding }) =>
      rounding
        ? `The link contains the settings and the seed, not the weights. Whoever opens it and presses Train repeats this run, with the same signature if their engine rounds like this one (${rounding}).`
        : 'The link contains the settings and the seed, not the weights. Whoever opens it and presses Train repeats this run.',
    /** @param {{ missing: (keyof typeof LEFT)[] }} values one at least */
    notInLink: ({ missing }) =>
      `The link cannot contain ${list(
        missing.map((each) => LEFT[each]),
        'disjunction',
      )}, so it gives another result.`,
    copyLink: 'Copy the link',

    files: 'As files',
    curves: 'Curves, CSV',
    runs: 'Table of runs, CSV',
    everything: 'Everything, JSON',
    weights: 'Weights, safetensors',
    network: 'A network for other programs',
    saveOnnx: 'Save as ONNX',
    onnxNote: 'Its input is pixels 0 to 255, [N, 28, 28, 1]; its output is probabilities. Scaling is included.',
    chart: 'A chart as an image',
    savePng: 'Save as PNG',
    /** @param {{ section: string, chart: string }} values */
    chartName: ({ section, chart }) => `${section}: ${chart}`,
    /** @param {{ name: string, place: number }} values of several with one name */
    chartPlace: ({ name, place }) => `${name} (${whole(place)})`,
    someChart: 'chart',
    /** What is to be said of a file that was saved. */
    remarks: {
      altered: 'Saved. This browser changes some pixels slightly, to protect against fingerprinting.',
    },
    print: 'Print or save as PDF',
    preparing: 'Preparing every section…',
    printNote: 'This prints the whole page: every section, and the charts with their tables.',

    makeLesson: 'Make a lesson link…',
    lesson: 'A link for a lesson',
    lessonNote:
      'The link opens this page with your present settings and an untrained network. Colours follow each student’s own choice unless you lock them. Students see locked controls but cannot change them; hidden controls and sections do not appear. A student who edits the address can still get around both.',
    control: 'Control',
    lock: 'Lock',
    hide: 'Hide',
    /** @param {{ control: string }} values */
    lockOf: ({ control }) => `Lock ${control}`,
    /** @param {{ control: string }} values */
    hideOf: ({ control }) => `Hide ${control}`,
    hideParts: 'Hide whole sections',
    lessonLink: 'The link',
    copyLesson: 'Copy the lesson link',
    close: 'Close',

    offer: 'Saved run',
    /** @param {{ moment: number }} values */
    offerTitle: ({ moment }) => `A run from ${time(moment)} is saved here.`,
    /** Where a kept run stands. @param {{ run: string, share: number, seed: number, source: string }} values `run`: its name */
    stands: ({ run, share, seed, source }) => `${run}, ${percent(share, 0)} done · seed ${seed} · ${source}`,
    /** @param {{ seed: number, source: string }} values */
    finished: ({ seed, source }) => `finished · seed ${seed} · ${source}`,
    /** @param {{ seed: number, source: string }} values */
    failed: ({ seed, source }) => `failed · seed ${seed} · ${source}`,
    /** @param {{ seed: number, source: string }} values of a run of which it is not known where it stands */
    standsSomewhere: ({ seed, source }) => `seed ${seed} · ${source}`,
    unusable: 'This run cannot continue: another version of the page saved it, or it is damaged.',
    goOn: 'Continue the run',
    startFresh: 'Start over',
    /** <names/>: of the files. */
    filesWanted: 'This run uses your files, which are not saved here. To continue, choose them again: <names/>',
  },

  /** Versions and offline use. */
  offline: {
    newVersion: 'New version of the page',
    isHere: 'A new version of this page is available.',
    wouldLose: 'This browser cannot save your run, so reloading the page would lose it.',
    keepsRun: 'Your run is saved before the page reloads.',
    reload: 'Reload',
    reloadAnyway: 'Reload anyway',
    later: 'Later',
  },

  /** Errors of the worker and of the page itself, by code. */
  errors: {
    /** What browsers say, mostly in English. @param {{ text: string }} values */
    engine: ({ text }) => text,

    // IDX files
    /** @param {{ name: string, label: number, known: number, count: number }} values */
    unknownLabels: ({ name, label, known, count }) =>
      known > 0
        ? `${name}: it contains the label ${plain(label)}, but the networks know ten classes only, 0 to 9; ${whole(known)} of the ${whole(count)} images have such a label`
        : `${name}: it contains the label ${plain(label)}, but the networks know ten classes only, 0 to 9; none of the images has such a label, so change the labels first`,
    /** @param {{ name: string }} values */
    damagedGzip: ({ name }) => `${name}: the gzip data are damaged; download the file again`,
    /** @param {{ name: string, most: number }} values */
    tooLarge: ({ name, most }) => `${name}: it has more than ${whole(most)} bytes when unpacked; use a smaller file`,
    /** @param {{ name: string }} values */
    emptyFile: ({ name }) => `${name}: the file is empty; download it again`,
    /** @param {{ name: string }} values */
    headerCut: ({ name }) => `${name}: the file ends within its header; download it again`,
    /** @param {{ name: string, rows: number, columns: number }} values */
    wrongSide: ({ name, rows, columns }) =>
      `${name}: its images are ${whole(rows)}×${whole(columns)}; use images of 28×28`,
    /** @param {{ name: string, kind: 'images' | 'labels' }} values */
    noItems: ({ name, kind }) => `${name}: it contains no ${ITEMS[kind]}; use another file`,
    /** @param {{ name: string, kind: 'images' | 'labels', count: number, there: number }} values */
    cutShort: ({ name, kind, count, there }) =>
      `${name}: the file is incomplete: its header promises ${whole(count)} ${ITEMS[kind]}, but it has ${whole(there)}; download it again`,
    /** @param {{ name: string, kind: 'images' | 'labels', count: number, extra: number }} values */
    tooLong: ({ name, kind, count, extra }) =>
      `${name}: the file has ${whole(extra)} bytes more than its ${whole(count)} ${ITEMS[kind]} need; download it again`,
    /** @param {{ name: string }} values */
    zipArchive: ({ name }) => `${name}: this is a zip archive; unpack it and choose the files inside`,
    /** @param {{ name: string, type: number }} values */
    otherType: ({ name, type }) =>
      `${name}: it contains ${TYPES[type]}; the page can read unsigned bytes only, so convert the file`,
    /** @param {{ name: string }} values */
    notIdx: ({ name }) =>
      `${name}: this is not an IDX file of 8-bit images or labels; choose files such as train-images-idx3-ubyte.gz`,
    /** @param {{ imagesName: string, images: number, labelsName: string, labels: number }} values */
    noPair: ({ imagesName, images, labelsName, labels }) =>
      `${imagesName} has ${whole(images)} images, but ${labelsName} has ${whole(labels)} labels; choose files that belong together`,
    noImagesFile: 'none of the files contains images; add an images file (…-idx3-ubyte)',
    /** @param {{ images: number, labels: number }} values */
    unpairedFiles: ({ images, labels }) =>
      `you chose ${whole(images)} ${plural(images, { one: 'file', other: 'files' })} of images and ${whole(labels)} of labels; choose one file of labels for each file of images`,
    /** @param {{ images: number }} values */
    tooManyFiles: ({ images }) =>
      `you chose ${whole(images)} files of images; choose one for training and at most one for testing`,
    whichForTesting: 'which files are for testing? Put “test” or “t10k” into their names',
    /** @param {{ name: string }} values */
    notRead: ({ name }) => `${name}: it could not be read; if it is a folder, choose the files inside`,
    noFiles: 'choose your IDX files first: images and labels',
    noMnist: 'MNIST is not on this server; choose the built-in digits or your own files',
    filesLocked:
      'The lesson sets the data, so your files are not used; to use them, open the page without the lesson link',
    /** @param {{ name: string, why: string }} values */
    notServed: ({ name, why }) => `${name}: ${why}; choose the built-in digits, or try again`,
    /** @param {{ status: number }} values */
    answers: ({ status }) => `the server answered ${status}`,
    noAnswerOfServer: 'the server does not answer',

    // Own digits
    digitsNotRead:
      'This browser saves nothing for this page (perhaps in a private window). Your digits last until you close the page.',
    digitsNotStored: 'Your digits could not be saved and last until you close this page. Free some storage for it.',
    /** @param {{ most: number }} values */
    setFull: ({ most }) => `your set is full (${whole(most)} digits); remove some first`,

    // Kept runs and files to take away
    storageFull:
      'The run is not saved, because the storage that this browser gives the page is full. Free some space, or export the run.',
    /** @param {{ why: string }} values */
    storageRefused: ({ why }) =>
      `This browser saves nothing for the page (${why}). The run lasts until you close the tab; export what you need.`,
    storageSilent: 'its storage does not answer',
    keptRunGone: 'the saved run no longer exists',
    /** @param {{ name: string }} values */
    strangeFile: ({ name }) => `${name} is not one of these files: its checksum differs.`,
    /** @param {{ names: string[] }} values */
    missingFiles: ({ names }) => `Still missing: ${names.join(', ')}.`,
    noEngine: 'no engine is running; restart it first',
    noEpochs: 'there are no epochs yet; train first',
    noRuns: 'no run has finished yet; train first',
    noChart: 'there is no chart on the page yet; scroll past the charts first',
    canvasHidden:
      'This browser does not let a page read its own charts (to protect against fingerprinting), so the image would be white or noise. Allow this page to read canvases, or take a screenshot',
    /** @param {{ name: string }} values */
    noTensor: ({ name }) => `${name}: the engine’s weights contain no such tensor`,

    // The worker
    momentGone: 'that moment of training is no longer saved',
    dataChanged: 'the data have changed',
    tooFewImages: 'the test set has fewer than two images of these digits',
    tooFewClasses: 'LDA separates classes, so choose at least two digits',
    engineCrashed: 'the engine crashed',
    engineNotOpen: 'the engine is not running',
    engineClosed: 'the engine was closed',
    /** @param {{ why: string }} values */
    engineStopped: ({ why }) => `the engine stopped: ${why}`,
    workerUsed: 'this worker has already used its engine',
    workerNotStarted: 'the worker could not be started',
    workerEnded: 'the browser ended its worker',
    /** @param {{ seconds: number }} values */
    workerSilent: ({ seconds }) => `it did not answer for ${whole(seconds)} seconds`,
    messageUnread: 'a message could not be read',
  },

  /** What the engine reports, by code (engine/codes.js). */
  says,

  /** Why an engine does not start, by code. */
  engine: {
    /** @param {{ reasons: { builds: string[], why: string }[], fixes: string[] }} values no builds: all of them */
    noBuild: ({ reasons, fixes }) => {
      const said = reasons.map(({ builds, why }) => (builds.length > 0 ? `${builds.join(', ')}: ${why}` : why));
      return `no engine build runs here: ${said.join('; ')}. What to do: ${fixes.join('; ')}`;
    },
    /** @param {{ reason: string }} values */
    notOpened: ({ reason }) => reason,
    noneRuns: 'this browser cannot run any of the builds',
    /** @param {{ why: string }} values */
    failedToStart: ({ why }) => `failed to start: ${why}`,

    noSimd: 'this browser has no WebAssembly SIMD',
    notSecure:
      'the address is not secure (http, and not this machine itself), so the browser gives the page no shared memory; with https it could use several threads',
    framed: 'the page is inside another page, where browsers give it no shared memory',
    notIsolated:
      'the page is not cross-origin isolated (its server sends no COOP and COEP headers), so it has no shared memory',
    noThreads: 'this browser has no WebAssembly threads',
    noRelaxedSimd: 'this browser has no relaxed SIMD',

    /** @param {{ seconds: number }} values */
    noAnswer: ({ seconds }) => `did not answer within ${whole(seconds)} s`,
    freeMachine: 'close programs that keep the machine busy, then restart the engine',
    chooseBest: 'choose “best available” as the engine build',
    startAgain: 'restart the engine, or reload the page',
    startAgainOrOther: 'restart the engine, or reload the page; if that does not help, try another browser',
    /** @param {{ why: string }} values */
    noMemory: ({ why }) => `there is not enough memory for it (${why})`,
    makeRoom: 'close other tabs or programs, then restart the engine',
    /** @param {{ bytes: number }} values */
    codeDamaged: ({ bytes }) => `its code (.wasm) arrived damaged or incomplete, ${whole(bytes)} bytes`,
    reloadOrCopy:
      'reload the page without the browser’s cache; if that does not help, copy the file to the server again, in binary mode',
    /** @param {{ why: string }} values */
    codeCutOff: ({ why }) => `its code (.wasm) could not be loaded completely (${why})`,
    checkNetworkAgain: 'check the network, then restart the engine',
    /** @param {{ address: string, status: number }} values */
    codeRefused: ({ address, status }) => `${address}: the server answered ${status}`,
    /** @param {{ why: string }} values */
    policy: ({ why }) => `a Content-Security-Policy forbids WebAssembly (${why})`,
    loosenPolicy: "add 'wasm-unsafe-eval' to script-src in the policy that the server sends, or use a newer browser",
    /** @param {{ why: string }} values */
    workerStuck: ({ why }) => `its worker does not start (${why || 'the browser gives no reason'})`,
    policyWithEveryFile:
      'the server sends Cross-Origin-Embedder-Policy with the page only: make it send the header with every file, or with none',
    allowWorkers: `a server policy may forbid workers (worker-src), or the browser may be too old: use ${NEW_ENOUGH}`,
    /** @param {{ script: string, why: string }} values */
    threadStuck: ({ script, why }) => `a thread of ${script} did not start: ${why}`,
  },

  /** The run as a Python script. */
  code: {
    title: 'The run as Keras or PyTorch code',
    note: 'A complete script with the settings of this run: it loads the images, trains on the pretext task, freezes the features, trains the compared networks and prints the table. The library draws its own random initial weights, so its results differ from those of this page as much as one seed differs from another.',
    none: 'The script appears as soon as the data are loaded.',
    library: 'Library',
    copy: 'Copy the script',
    /** @param {{ file: string }} values */
    save: ({ file }) => `Save ${file}`,
  },

  /** The line of a result, and many of them. */
  results: {
    term: 'Result line',
    none: 'available when the run has finished',
    copy: 'Copy the line',
    note: 'The settings, seed, data, results and signature in one line of text, which you can send to a teacher. It ends with a checksum, so the page notices if the line was cut off or changed.',

    collectTitle: 'For teachers: collect results',
    collectNote:
      'Paste all messages from your students at once: one result line for each run, with or without a name before it. Nothing leaves this page.',
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
      noLine: 'it contains no result',
      /** @param {{ version: string }} values */
      otherVersion: ({ version }) =>
        `its format is version “${version}”, which this page does not know; paste it into the version of the page that made it, or ask for a line from the current page`,
      cut: 'its end, with the checksum, is missing; ask for the whole line',
      damaged: 'the checksum does not match: something was changed or lost on the way; ask for the line again',
      /** @param {{ name: string }} values */
      field: ({ name }) => `“${name}” is missing or has an impossible value`,
      /** @param {{ first: number }} values */
      twice: ({ first }) => `the same as line ${whole(first)}; it counts only once`,
    },
    /** @param {{ first: number }} values */
    contradicts: ({ first }) =>
      `the same settings, seed and images as line ${whole(first)}, but another result. Only one of the two can be correct: repeat the run to see which`,
    table: 'Collected results',
    /** @param {{ line: number }} values */
    line: ({ line }) => `line ${whole(line)}`,
    columns: {
      who: 'From',
      seed: 'Seed',
      task: 'Pretext task',
      labels: 'Labels',
      epochs: 'Epochs',
      question: 'Its own answers correct',
      taught: 'Linear probe, 100 labels: pretext features',
      untrained: 'Linear probe, 100 labels: untrained features',
      self_supervised: RUNS.self_supervised,
      random: RUNS.random,
      supervised: RUNS.supervised,
      signature: 'Signature',
    },
    mean: 'Mean ± standard deviation',
    /** @param {{ mean: number, deviation: number }} values shares */
    spread: ({ mean, deviation }) => `${percent(mean)} ± ${fixed(100 * deviation, 1)}`,
    noMean: 'These runs differ in more than the seed, so their mean would have no meaning.',
    save: 'Table, CSV',
  },

  /** Lessons: the builder of links, and what a link brings. */
  lessons: {
    /** Over the task that a link brings. */
    task: 'Your task',
    /** Under it, where it is in the words of whoever made the link. */
    byLink: 'This text comes from the link that you opened.',
    /** Ready ones, by name. */
    ready: {
      guess: {
        title: 'Which way is up?',
        task: 'Before you train anything, play ten rounds of the quiz and note how many of your answers are correct. What in an image tells you which way is up? Then train the network and play ten more rounds against it.',
      },
      learn: {
        title: 'What does it learn?',
        task: 'First make a prediction: when the network names most turns correctly, how many digits will a linear probe of its features recognise with 100 labelled images? Then press Train and watch both curves. Compare the result with untrained features and with raw pixels.',
      },
      labels: {
        title: 'Few labels, many labels',
        task: 'Train with 100 labelled images, then with 1,000. Write down the accuracy of each of the three networks. Which one gains most from more labels, and which one does well with few?',
      },
      control: {
        title: 'The control',
        task: 'Here the network must tell apart four fixed shuffles of all pixels. Train it. How often is its answer correct? And how well can digits be recognised from its features with 1,000 labels, compared with features that rotation taught? Explain why a pretext task that is solved perfectly can teach so little.',
      },
      seeds: {
        title: 'A seed for everyone',
        task: 'Set the seed to your number in the class list and train to the end. Then send your teacher the result line from the section “Save and share”. How much do thirty runs differ when only chance sets them apart?',
      },
      notebook: {
        title: 'The original notebook',
        task: 'Train with the notebook’s own settings: raw pixels, 50 epochs. Compare the three networks with those of the usual settings. Which results change, and why does the network with random features gain most?',
      },
    },

    begin: 'Start from',
    present: 'the present settings of this page',
    taskLabel: 'Task for the students',
    /** @param {{ most: number }} values */
    taskNote: ({ most }) =>
      `Students see it at the start of the page. It can have up to ${whole(most)} characters; leave it empty for no task.`,
    preview: 'What a student sees',
    noTask: 'The page shows no task.',
    /** @param {{ parts: readonly string[] }} values */
    shows: ({ parts }) => `Sections: ${parts.length > 0 ? parts.join(' · ') : 'only the training'}`,
    /** @param {{ values: readonly string[] }} values each “control: value” */
    locked: ({ values }) => `Locked: ${values.join('; ')}.`,
    /** @param {{ control: string, value: string }} values */
    lockedValue: ({ control, value }) => `${control}: ${value}`,
    /** @param {{ controls: readonly string[] }} values */
    hidden: ({ controls }) => `Hidden controls: ${list(controls)}.`,
    nothingLocked: 'No control is locked or hidden.',
    on: 'on',
    off: 'off',
    open: 'Open it as a student',
    inNewTab: 'in a new tab',
  },

  /** Links that leave the page. */
  about: {
    paper: 'The paper',
    licence: 'Licence',
    notices: 'Licences of the libraries it uses',
    source: 'Source code',
  },

  /** Faults in the page's address, and in a control; `label`: of the control. */
  address: {
    notOneOf: (/** @type {{ label: string, text: string, choices: readonly string[] }} */ { label, text, choices }) =>
      `${label}: “${text}” is not one of ${choices.join(', ')}`,
    notFlag: (/** @type {{ label: string }} */ { label }) => `${label}: enter 1 or 0`,
    notDigits: (/** @type {{ label: string }} */ { label }) => `${label}: enter digits, such as 156`,
    notNumbers: (/** @type {{ label: string, such: readonly number[] }} */ { label, such }) =>
      `${label}: enter numbers, such as ${such.join(', ')}`,
    notWhole: (/** @type {{ label: string }} */ { label }) => `${label}: enter a whole number`,
    notNumber: (/** @type {{ label: string }} */ { label }) => `${label}: enter a number`,
    outside: (/** @type {{ label: string, min: number, max: number }} */ { label, min, max }) =>
      `${label}: enter a number from ${plain(min)} to ${plain(max)}`,
    nothingToLock: (/** @type {{ name: string, names: readonly string[] }} */ { name, names }) =>
      `lock: there is no control “${name}”; the controls are ${names.join(', ')}`,
    nothingToHide: (/** @type {{ name: string }} */ { name }) => `hide: there is no control or section “${name}”`,
    otherDigits: (/** @type {{ version: string, present: number }} */ { version, present }) =>
      `digits: this link was made with version “${version}” of the built-in digits, and this page has version ${plain(present)}, so its results will differ. For the older digits, use “quarterturn digits” of the release that made the link, and load its files`,
    noLanguage: (/** @type {{ name: string, names: readonly string[] }} */ { name, names }) =>
      `lang: there is no language “${name}”; the languages are ${names.join(', ')}`,
    noLesson: (/** @type {{ name: string, names: readonly string[] }} */ { name, names }) =>
      `lesson: there is no ready lesson “${name}”; the lessons are ${names.join(', ')}`,
  },
};
