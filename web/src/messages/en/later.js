// English: everything but the first screen.
import { clock, fixed, month, percent, plural, time, whole } from '../intl.js';

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

/** Versions that have all that the page uses. */
const NEW_ENOUGH = 'Chrome or Edge 103, Firefox 114 or Safari 16.4, or newer';

export default {
  quiz: {},

  duel: {},

  draw: {},

  map: {},

  inside: {},

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
    /** @param {{ rotation: number, labelled: number, test: number }} values <source/> is the name of the data */
    summary: ({ rotation, labelled, test }) =>
      `<source/>: ${whole(rotation)} images for rotation, ${whole(labelled)} with labels, ${whole(test)} for the test.`,

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
    rowsDamaged:
      'Some rows of the table of runs that was kept here are damaged, or of another version: they are left out.',
    momentsDamaged: 'The run goes on; only the moments of its map were damaged, so they begin here.',
    /** @param {{ problem: string }} values without a full stop */
    notContinued: ({ problem }) => `The kept run cannot be continued: ${problem}. Start fresh: this page is all right.`,
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
    /** What browsers and the engine say, in English. @param {{ text: string }} values */
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
};
