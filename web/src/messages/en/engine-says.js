// English: what the engine says, by the codes of src/core/message_codes.hpp. The command line has the same in
// src/core/native/message_text.cpp; a test compares codes and values.
import { list, plain, whole } from '../intl.js';
import { dataTitle } from '../data-title.js';

/** What the engine calls its files. @type {Record<string, string>} */
const FILES = {
  trainImages: 'training images',
  trainLabels: 'training labels',
  testImages: 'test images',
  testLabels: 'test labels',
};
/** @param {string} name of a file, or what the engine calls it */
const fileOf = (name) => FILES[name] ?? name;

/** Names come from files: the two ends of a long line are kept. @param {string} line */
const ends = (line) => (line.length > 240 ? `${line.slice(0, 120)} … ${line.slice(-120)}` : line);

/** Of a setting: numbers as they are. @param {string | number} value */
const given = (value) => (typeof value === 'number' ? plain(value) : value);

/** A float has six digits to show: 0.1, not 0.10000000149. @param {number} value */
const short = (value) => plain(Number(Number(value).toPrecision(6)));

export default {
  /** @param {{ text: string | number }} values */
  words: ({ text }) => `${given(text)}`,

  // IDX files
  /** @param {{ file: string }} values */
  idxEmpty: ({ file }) => `${fileOf(file)}: the file is empty; download it again`,
  /** @param {{ file: string }} values */
  idxGzip: ({ file }) => `${fileOf(file)}: the file is still compressed with gzip; unpack it first`,
  /** @param {{ file: string, bytes: number }} values */
  idxShort: ({ file, bytes }) =>
    `${fileOf(file)}: the file ends within its IDX header (${whole(bytes)} bytes); download it again`,
  /** @param {{ file: string }} values */
  idxUnlike: ({ file }) =>
    `${fileOf(file)}: this is not an IDX file (it does not begin with two zero bytes); use an IDX file, as MNIST has them`,
  /** @param {{ file: string, type: number }} values */
  idxTypeUnknown: ({ file, type }) =>
    `${fileOf(file)}: this is not an IDX file (unknown element type ${plain(type)}); use an IDX file, as MNIST has them`,
  /** @param {{ file: string, type: string }} values */
  idxType: ({ file, type }) =>
    `${fileOf(file)}: its elements are of type ${type}; the engine can read unsigned bytes only, so convert the file`,
  idxSignedByte: 'signed byte',
  idxShortInteger: '16-bit integer',
  idxInteger: '32-bit integer',
  idxFloat: 'float',
  idxDouble: 'double',
  /** @param {{ file: string, rank: number }} values */
  idxRank: ({ file, rank }) =>
    `${fileOf(file)}: this IDX file has ${whole(rank)} dimensions; files of images have 3, files of labels have 1`,
  /** @param {{ file: string, bytes: number, header: number }} values */
  idxHeaderShort: ({ file, bytes, header }) =>
    `${fileOf(file)}: the file ends within its IDX header (${whole(bytes)} of ${whole(header)} bytes); download it again`,
  /** @param {{ file: string, dimensions: string, bytes: number }} values */
  idxTruncated: ({ file, dimensions, bytes }) =>
    `${fileOf(file)}: the file is incomplete: its header promises ${dimensions} elements, but only ${whole(bytes)} bytes follow; download it again`,
  /** @param {{ file: string, bytes: number, dimensions: string }} values */
  idxExcess: ({ file, bytes, dimensions }) =>
    `${fileOf(file)}: ${whole(bytes)} more bytes follow the ${dimensions} elements that its header promises; download the file again`,
  /** @param {{ file: string, dimensions: string }} values */
  idxLabelsGiven: ({ file, dimensions }) =>
    `${fileOf(file)}: it contains labels (dimensions ${dimensions}); choose the images, an IDX file of N x 28 x 28`,
  /** @param {{ file: string, dimensions: string }} values */
  idxNoImages: ({ file, dimensions }) =>
    `${fileOf(file)}: it does not contain a list of images (dimensions ${dimensions}); choose the images, an IDX file of N x 28 x 28`,
  /** @param {{ file: string, height: number, width: number }} values */
  idxImageSize: ({ file, height, width }) =>
    `${fileOf(file)}: its images are ${whole(height)}x${whole(width)}; they must be 28x28, so resize them`,
  /** @param {{ file: string }} values */
  idxNone: ({ file }) => `${fileOf(file)}: it contains no images; use a file with at least one`,
  /** @param {{ file: string, dimensions: string }} values */
  idxImagesGiven: ({ file, dimensions }) =>
    `${fileOf(file)}: it contains images (dimensions ${dimensions}); choose the labels, an IDX file of one dimension`,
  /** @param {{ file: string, dimensions: string }} values */
  idxNoLabels: ({ file, dimensions }) =>
    `${fileOf(file)}: it does not contain a list of labels (dimensions ${dimensions}); choose the labels, an IDX file of one dimension`,
  /** @param {{ file: string, label: number, position: number, classes: number, most: number }} values */
  idxLabel: ({ file, label, position, classes, most }) =>
    `${fileOf(file)}: label ${plain(label)} at position ${plain(position)}; the networks know ${whole(classes)} classes, so labels must be 0 to ${plain(most)}`,
  /** @param {{ file: string, labels: number, images: number, imagesFile: string }} values */
  idxPair: ({ file, labels, images, imagesFile }) =>
    `${fileOf(file)}: it has ${whole(labels)} labels for the ${whole(images)} images of ${fileOf(imagesFile)}; choose files that belong together`,
  /** @param {{ file: string, images: number }} values */
  idxFew: ({ file, images }) =>
    `${fileOf(file)}: ${whole(images)} images are too few to set a seventh aside for the test; use 7 images or more, or add test files`,
  /** @param {{ file: string, other: string }} values */
  idxMissing: ({ file, other }) =>
    `${fileOf(file)}: this file is missing, but ${fileOf(other)} is there; choose both test files or neither`,

  // data
  noData: 'no data are loaded; load data first',
  /** @param {{ set: string, labels: number, images: number }} values */
  labelCount: ({ set, labels, images }) =>
    `the ${set} set has ${whole(labels)} labels for ${whole(images)} images; each image needs one label`,
  /** @param {{ position: number, set: string, label: number }} values */
  labelClass: ({ position, set, label }) =>
    `label ${plain(position)} of the ${set} set is ${plain(label)}; labels must be 0..9`,
  /** @param {{ images: number }} values */
  trainFew: ({ images }) =>
    `the training set has ${whole(images)} images, too few for the pretext task and a labelled part; use 11 or more`,
  testEmpty: 'the test set has no images; use at least one',
  /** @param {{ least: number, most: number }} values */
  trainCount: ({ least, most }) => `trainCount must be a whole number ${plain(least)}..${plain(most)}`,
  /** @param {{ most: number }} values */
  testCount: ({ most }) => `testCount must be a whole number 1..${plain(most)}`,
  replaceSizes: 'give at least one image, and 784 pixels and a label for each image',
  /** @param {{ first: number, last: number, images: number }} values */
  replacePlace: ({ first, last, images }) =>
    `images ${plain(first)}..${plain(last)} must lie in the training set, which has ${whole(images)}`,
  setUnknown: 'the set must be “train” or “test”',
  /** @param {{ last: number }} values */
  indexRange: ({ last }) => `the index must be 0..${plain(last)}`,
  turnsRange: 'quarterTurns must be 0..3',
  /** @param {{ task: string, known: string }} values */
  taskUnknown: ({ task, known }) => `there is no pretext task “${task}”; the tasks are ${known}`,
  /** @param {{ last: number }} values */
  variantRange: ({ last }) => `variant must be 0..${whole(last)}`,
  /** @param {{ most: number }} values */
  imagesRange: ({ most }) => `count must be 1..${plain(most)} and stay within the set`,
  /** @param {{ most: number }} values */
  drawingSide: ({ most }) => `width and height of a drawing must be 1..${plain(most)}`,
  drawingBytes: 'the drawing must be a Uint8Array of width * height grey values, at most 16 million',
  /** @param {{ size: string, most: number }} values */
  drawingSize: ({ size, most }) =>
    `drawing: the size ${size} is out of range; width and height must be 1 to ${plain(most)}`,
  /** @param {{ pixels: number, size: string }} values */
  drawingPixels: ({ pixels, size }) => `drawing: ${whole(pixels)} pixels for a size of ${size}; give width x height`,

  // settings
  /** @param {{ setting: string, value: string | number, range: string }} values */
  settingRange: ({ setting, value, range }) => `${setting} is ${given(value)}; give ${range}`,
  /** @param {{ least: number, most: number }} values */
  rangeCount: ({ least, most }) => `a whole number ${plain(least)}..${plain(most)}`,
  /** @param {{ least: number }} values */
  rangeAbove: ({ least }) => `a number above ${plain(least)}`,
  /** @param {{ least: number, most: number }} values */
  rangeBelow: ({ least, most }) => `a number from ${plain(least)}, below ${plain(most)}`,
  /** @param {{ least: number, most: number }} values */
  rangeReal: ({ least, most }) => `a number from ${plain(least)} to ${plain(most)}`,
  rangeFlag: 'true or false',
  rangeSeed: 'a whole number from 0 on, or a string of digits below 2^64',
  /** @param {{ known: string }} values */
  rangeArms: ({ known }) => `a list of ${known}, separated by commas and each at most once, or none`,
  /** @param {{ choices: string }} values */
  rangeWord: ({ choices }) =>
    `${list(
      choices.split('|').map((choice) => `“${choice}”`),
      'disjunction',
    )}`,
  /** @param {{ group: string, entry: string, known: string }} values */
  settingUnknown: ({ group, entry, known }) => `${group} has no entry “${entry}”; its entries are ${known}`,
  /** @param {{ group: string }} values */
  settingObject: ({ group }) => `${group} must be an object`,
  /** @param {{ entry: string, known: string }} values */
  settingGroupUnknown: ({ entry, known }) =>
    `settings has no entry “${entry}”; its groups are pretext, arms and, in arms, ${known}`,
  /** @param {{ run: string, split: number, rows: number }} values */
  splitTooLarge: ({ run, split, rows }) =>
    `${run}.validationSplit of ${short(split)} leaves nothing of ${whole(rows)} to train on; lower it`,
  /** @param {{ labels: number, wanted: number }} values */
  labelsFewer: ({ labels, wanted }) =>
    `labels: the run uses ${whole(labels)} instead of ${whole(wanted)}, because the data have no more labelled images`,

  // memory, threads and processors
  /** @param {{ labels: number, images: number, threads: number }} values */
  noMemoryExperiment: ({ labels, images, threads }) =>
    `not enough memory for an experiment with ${whole(labels)} labels beside ${whole(images)} images and ${whole(threads)} threads; use fewer images, threads or labels`,
  /** @param {{ train: number, test: number, threads: number, mebibytes: number }} values */
  noMemoryData: ({ train, test, threads, mebibytes }) =>
    `${whole(train)} + ${whole(test)} images do not fit into the engine’s ${whole(mebibytes)} MiB beside ${whole(threads)} threads; use fewer images or threads`,
  /** @param {{ train: number, test: number, threads: number, mebibytes: number }} values */
  noMemoryDataDropped: ({ train, test, threads, mebibytes }) =>
    `${whole(train)} + ${whole(test)} images do not fit into the engine’s ${whole(mebibytes)} MiB beside ${whole(threads)} threads; use fewer images or threads (the data loaded before were removed to try this)`,
  /** @param {{ images: number, threads: number }} values */
  noMemoryDrawing: ({ images, threads }) =>
    `not enough memory for the drawing beside ${whole(images)} images and ${whole(threads)} threads; use fewer images or threads`,
  /** @param {{ images: number, threads: number }} values */
  noMemoryFile: ({ images, threads }) =>
    `not enough memory for the file beside ${whole(images)} images and ${whole(threads)} threads; use fewer images or threads`,
  /** @param {{ images: number, threads: number }} values */
  noMemoryArms: ({ images, threads }) =>
    `not enough memory for the compared networks beside ${whole(images)} images and ${whole(threads)} threads; use fewer images or threads`,
  /** @param {{ images: number, threads: number }} values */
  noMemoryBenchmark: ({ images, threads }) =>
    `not enough memory for the benchmark beside ${whole(images)} images and ${whole(threads)} threads; use fewer images or threads`,
  /** @param {{ images: number, threads: number }} values */
  noMemoryProbe: ({ images, threads }) =>
    `not enough memory for the probe beside ${whole(images)} images and ${whole(threads)} threads; use fewer images or threads`,
  /** @param {{ threads: number }} values */
  noMemoryThreads: ({ threads }) =>
    `not enough memory for the workspaces of ${whole(threads)} threads; use fewer threads`,
  /** @param {{ most: number }} values */
  threadsRange: ({ most }) =>
    `threads must be a whole number 0..${plain(most)}; this module was started for ${plain(most)}`,
  /** @param {{ threads: number, most: number }} values */
  threadsMost: ({ threads, most }) => `${whole(threads)} threads are too many; at most ${plain(most)} are possible`,
  /** @param {{ thread: number, threads: number }} values */
  threadNoneLeft: ({ thread, threads }) =>
    `thread ${plain(thread)} of ${whole(threads)} could not be started (the system has no more); use fewer threads`,
  /** @param {{ thread: number, threads: number }} values */
  threadRefused: ({ thread, threads }) =>
    `thread ${plain(thread)} of ${whole(threads)} could not be started (the system refused); use fewer threads`,
  isaNone: 'this machine supports none of the compiled instruction sets; build the program on this machine',
  /** @param {{ isa: string, known: string }} values */
  isaUnknown: ({ isa, known }) => `the instruction set “${isa}” is not available; this build and machine have ${known}`,

  // the experiment
  noExperiment: 'no experiment is running; start one first',
  /** @param {{ known: string }} values */
  networkUnknown: ({ known }) => `the network must be rotnet or one of ${known}`,
  learningRate: 'the learning rate must be a number above 0',
  armsEarly: 'the pretext task is not finished, so the comparison cannot run again; finish it first',
  /** @param {{ setting: string }} values */
  armsDiffer: ({ setting }) =>
    `${setting} differs from that of the finished pretext task; change it back, or start over`,
  /** @param {{ why: string }} values */
  cannotGoOn: ({ why }) => `the run cannot continue: ${why}`,
  nothingFailed: 'nothing has failed, so there is nothing to continue from',
  /** @param {{ run: string, epoch: number, step: number, what: string, rate: number, next: string }} values */
  runStopped: ({ run, epoch, step, what, rate, next }) =>
    `${run} stopped in epoch ${whole(epoch)}, step ${whole(step)}: ${what} at learning rate ${short(rate)}; ${next}`,
  /** @param {{ arm: string, known: string }} values */
  armUnknown: ({ arm, known }) => `this experiment has no network “${arm}”; it has ${known}`,
  /** @param {{ arm: string }} values */
  armUntested: ({ arm }) => `${arm} has not been tested yet; finish its training first`,
  /** @param {{ run: string, what: string, rate: number, next: string }} values */
  runFailed: ({ run, what, rate, next }) =>
    `${run} failed after its training: ${what} at learning rate ${short(rate)}; ${next}`,
  runHasFailed: 'the run has failed',
  badLoss: 'the loss is not finite',
  badWeight: 'a weight is not finite',
  badOptimizer: 'the optimiser’s state is not finite',
  badValidation: 'the validation loss is not finite',
  badTest: 'the test loss is not finite',
  nextStartAgain: 'lower the rate and start over',
  /** @param {{ rate: number }} values */
  nextBeginning: ({ rate }) =>
    `it is back at its beginning: lower the rate, for example to ${short(rate)}, and continue`,
  /** @param {{ epoch: number, rate: number }} values */
  nextEpoch: ({ epoch, rate }) =>
    `it is back at the end of epoch ${whole(epoch)}: lower the rate, for example to ${short(rate)}, and continue`,
  /** @param {{ epoch: number, step: number, rate: number }} values */
  nextStep: ({ epoch, step, rate }) =>
    `it is back at epoch ${whole(epoch)}, step ${whole(step)}: lower the rate, for example to ${short(rate)}, and continue`,
  /** @param {{ piece: string, known: string }} values */
  pieceUnknown: ({ piece, known }) => `there is no benchmark “${piece}”; the benchmarks are ${known}`,
  pieceNoImage: 'the benchmark needs at least one image',
  secondsRange: 'seconds must lie in 0..600',

  // looks into the networks
  imagePixels: 'the image must be a Uint8Array of 784 pixels',
  /** @param {{ most: number }} values */
  rotationsRange: ({ most }) => `count must be a whole number 1..${plain(most)} within the set`,
  rotationsWeights: 'weights must be “now”, “keep” or “kept”',
  nothingKept: 'no weights are saved; ask with “keep” first',
  featuresImages: 'the images must be a Uint8Array of 1 to 2000 times 784 pixels',
  featuresWeights: 'weights must be “random” or 19104 numbers',
  axesPoints: 'the points must be a Float32Array of 1 to 4000 times 288 numbers',
  axesLabels: 'give one label for each point',
  featuresDiverged: 'the features are not finite numbers, because training diverged',
  featuresNotFinite: 'the features are not finite numbers',
  noProbe: 'no probe is running; begin one first',
  probeUnfinished: 'the probe is not finished; advance it until it is done',
  /** @param {{ known: string }} values */
  probeFeatures: ({ known }) =>
    `the features of a probe must be pretext, untrained, pixels or those of a network that trains its own: ${known}`,
  /** @param {{ most: number }} values */
  probeBudgets: ({ most }) => `a probe needs 1 to ${whole(most)} numbers of labels`,
  /** @param {{ most: number, labels: number }} values */
  probeLabels: ({ most, labels }) =>
    `the number of labels of a probe must be 1..${whole(most)}, as many as there are labelled images; it is ${whole(labels)}`,
  probePenalty: 'the penalty of a probe must be a number above 0',
  /** @param {{ most: number }} values */
  probeDraws: ({ most }) => `the draws of a probe must be 1..${whole(most)}`,
  probeNoLabels: 'a probe needs labelled images',
  eigenvectors: 'the eigenvectors of the features did not converge; a feature is not finite or far too large',
  ldaClasses: 'discriminants need points of at least two classes',
  ldaFeatures: 'discriminants need at least one feature',
  ldaSame: 'discriminants need classes whose points differ',
  ldaCovariance: 'the covariance within the classes is not positive definite; the features differ too much in size',
  /** @param {{ tensor: string }} values */
  tensorUnknown: ({ tensor }) =>
    `there is no tensor “${tensor}”; names look like rotnet.conv1.kernel or supervised.head.bias`,

  // safetensors
  fileLarge: 'the file is too large to come from this program',
  /** @param {{ detail: string }} values */
  safetensors: ({ detail }) => `safetensors: ${ends(detail)}; the file is damaged or of another kind, save it again`,
  /** @param {{ tensor: string }} values */
  headerTwice: ({ tensor }) => `${tensor}: the header contains it twice`,
  /** @param {{ kind: string }} values */
  headerMisplaced: ({ kind }) => `the header: ${kind} does not belong here`,
  /** @param {{ tensor: string, kind: string }} values */
  entryMisplaced: ({ tensor, kind }) => `${tensor}: ${kind} does not belong here`,
  /** @param {{ tensor: string, field: string, kind: string }} values */
  fieldMisplaced: ({ tensor, field, kind }) => `${tensor}, ${field}: ${kind} does not belong here`,
  /** @param {{ tensor: string, field: string }} values */
  fieldTwice: ({ tensor, field }) => `${tensor}: the header gives its ${field} twice`,
  jsonObject: 'an object',
  jsonArray: 'an array',
  jsonString: 'a string',
  jsonNumber: 'a number',
  jsonNegative: 'a negative number',
  jsonFraction: 'a number with a fraction',
  jsonTruth: 'true or false',
  jsonNull: 'null',
  /** @param {{ tensor: string }} values */
  entryIncomplete: ({ tensor }) => `${tensor}: dtype, shape or data_offsets is missing`,
  /** @param {{ tensor: string }} values */
  offsetsTwo: ({ tensor }) => `${tensor}: data_offsets must be two numbers`,
  /** @param {{ tensor: string, first: number, last: number, bytes: number }} values */
  offsetsOutside: ({ tensor, first, last, bytes }) =>
    `${tensor}: data_offsets ${plain(first)}..${plain(last)} lie outside the ${whole(bytes)} bytes of data`,
  /** @param {{ tensor: string, type: string }} values */
  typeUnknown: ({ tensor, type }) => `${tensor}: dtype ${type} is unknown`,
  /** @param {{ tensor: string, shape: string, bytes: number }} values */
  shapeBytes: ({ tensor, shape, bytes }) => `${tensor}: ${shape} does not fit its ${whole(bytes)} bytes`,
  /** @param {{ bytes: number }} values */
  fileShort: ({ bytes }) => `the file has only ${whole(bytes)} bytes`,
  /** @param {{ header: number, bytes: number }} values */
  headerLong: ({ header, bytes }) =>
    `the header should have ${whole(header)} bytes, but the file has only ${whole(bytes)}`,
  /** @param {{ byte: number }} values */
  headerNoJson: ({ byte }) => `the header is not valid JSON (at byte ${plain(byte)})`,
  /** @param {{ tensor: string }} values */
  bytesOverlap: ({ tensor }) => `${tensor}: its bytes overlap another tensor’s`,
  /** @param {{ tensor: string }} values */
  bytesUnused: ({ tensor }) => `${tensor}: bytes before it belong to no tensor`,
  bytesLeft: 'bytes at the end belong to no tensor',
  /** @param {{ tensor: string }} values */
  tensorMissing: ({ tensor }) => `${tensor}: the file has no such tensor`,
  /** @param {{ tensor: string, found: string, wanted: string }} values */
  tensorUnlike: ({ tensor, found, wanted }) => `${tensor}: found ${found}, expected ${wanted}`,

  // checkpoints and weights
  /** @param {{ detail: string }} values */
  checkpointUnreadable: ({ detail }) => `checkpoint: ${detail}`,
  checkpointNone: 'checkpoint: the file is not a checkpoint; load weights alone as weights',
  /** @param {{ version: string, newest: string }} values */
  checkpointVersion: ({ version, newest }) =>
    `checkpoint: the file has version ${version}, but this program reads versions 1 and ${newest}; use the program that made it`,
  /** @param {{ made: string, present: string }} values */
  checkpointData: ({ made, present }) =>
    `checkpoint: it was made with other data (${dataTitle(made)}), not with ${dataTitle(present)}; load those data first`,
  /** @param {{ made: number, present: number }} values */
  checkpointDigits: ({ made, present }) =>
    `checkpoint: it was made with version ${whole(made)} of the built-in digits, but this program has version ${whole(present)}; continue in the program that made it, or write the digits there with “quarterturn digits” and load those files first`,
  /** @param {{ preset: string }} values */
  checkpointPreset: ({ preset }) => `checkpoint: it was made with the preset ${preset}; choose that preset first`,
  /** @param {{ detail: string }} values */
  checkpointDamaged: ({ detail }) => `checkpoint: ${detail}; the file is damaged or not made by this program`,
  /** @param {{ entry: string }} values */
  entryWrong: ({ entry }) => `its entry ${entry} is missing or wrong`,
  failureUnlike: 'its state does not match its failure',
  /** @param {{ position: number, tensor: string }} values */
  weightNotFinite: ({ position, tensor }) => `element ${plain(position)} of ${tensor} is not a finite number`,
  /** @param {{ entry: string }} values */
  noCount: ({ entry }) => `${entry} contains a number that is not a count`,
  /** @param {{ entry: string, columns: number }} values */
  historyShape: ({ entry, columns }) => `${entry} must be F64 [epochs, ${whole(columns)}]`,
  /** @param {{ run: string }} values */
  historyUnlike: ({ run }) => `the history of ${run} does not match its settings`,
  /** @param {{ run: string }} values */
  stateUnlike: ({ run }) => `${run} does not match the state of the experiment`,
  /** @param {{ tensor: string }} values */
  noDigit: ({ tensor }) => `${tensor} contains a number that is not a digit`,
  /** @param {{ arm: string }} values */
  armNotListed: ({ arm }) => `its list of networks does not contain ${arm}`,
  positionUnlike: 'the position does not belong to this run',
  /** @param {{ tensor: string, example: string }} values */
  weightsUnknown: ({ tensor, example }) =>
    `weights: ${tensor} is not a tensor of these networks; names look like ${example}`,
  /** @param {{ tensor: string, run: string }} values */
  weightsLate: ({ tensor, run }) => `weights: ${tensor} is already in training; load weights before ${run} begins`,
  /** @param {{ made: string, task: string }} values */
  weightsTask: ({ made, task }) =>
    `weights: their pretext task is “${made}”, but that of this experiment is “${task}”; choose their task first`,
  /** @param {{ detail: string }} values */
  weightsUnlike: ({ detail }) => `weights: ${detail}; use weights of these networks`,
  /** @param {{ position: number, tensor: string }} values */
  weightsNotFinite: ({ position, tensor }) =>
    `weights: element ${plain(position)} of ${tensor} is not a finite number; use weights of a run that did not diverge`,
  /** @param {{ example: string }} values */
  weightsNone: ({ example }) =>
    `weights: the file has no tensors of these networks, such as ${example}; use weights that this program saved`,

  // what JavaScript gives
  /** @param {{ file: string }} values */
  notBytes: ({ file }) => `${fileOf(file)} must be a Uint8Array`,
  /** @param {{ position: number }} values */
  argumentNumber: ({ position }) => `argument ${plain(position)} must be a number`,
  /** @param {{ position: number }} values */
  argumentWhole: ({ position }) => `argument ${plain(position)} must be a whole number from 0 on`,
  /** @param {{ position: number }} values */
  argumentString: ({ position }) => `argument ${plain(position)} must be a string`,
  /** @param {{ position: number, type: string }} values */
  argumentArray: ({ position, type }) => `argument ${plain(position)} must be a ${type}`,
  /** @param {{ position: number }} values */
  argumentFiles: ({ position }) => `argument ${plain(position)} must be an object of Uint8Arrays`,
  /** @param {{ position: number }} values */
  argumentObject: ({ position }) => `argument ${plain(position)} must be an object`,
  /** @param {{ position: number }} values */
  argumentLarge: ({ position }) =>
    `argument ${plain(position)} must be shorter: it does not fit into the engine’s memory`,
  /** @param {{ setting: string }} values */
  settingKind: ({ setting }) => `${setting} must be an object, a number, a string, true or false`,
};
