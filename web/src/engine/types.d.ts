// What the engine (src/bindings) offers, and what travels between page and worker.

/** The four engine builds, best first. */
export type BuildName = 'threads-relaxed' | 'threads-simd' | 'single-relaxed' | 'single-simd';

export type Preset = 'unit' | 'notebook';
export type Arm = 'self_supervised' | 'random' | 'supervised';
export type Run = 'pretext' | Arm;
export type Phase = Run | 'finished' | 'failed';
export type ImageSet = 'train' | 'test';

/** Methods that can fail give this instead of their value. */
export interface Failure {
  error?: string;
}

export interface EngineInfo {
  version: string;
  isa: string;
  /** True where multiply-add rounds once: runs agree to the last bit only within one arithmetic family. */
  fused: boolean;
  lanes: number;
  threads: number;
  heapBytes: number;
}

export interface DataInfo {
  source: string;
  train: number;
  test: number;
  splits: { pretext: [number, number]; downstream: [number, number]; test: [number, number] };
  /** Of every image and label that a run uses, as the native program's --expect-data has it; for files only. */
  hash?: string;
}

export interface FitSettings {
  batch: number;
  epochs: number;
  learningRate: number;
  shuffle: boolean;
  validationSplit: number;
  patience: number;
}

export interface ExperimentSettings {
  seed: number;
  preset: Preset;
  /** Labelled images given to the arms. */
  labels: number;
  pretext: FitSettings;
  arms: Record<Arm, FitSettings>;
  /** A rate was changed after its run's first step: the settings alone no longer give the weights. */
  rateChangedMidway: boolean;
  /** What was changed in the settings given so that they can run; empty: nothing. */
  note: string;
}

/** What an experiment is started with; what is left out is as in the notebook. */
export interface StartSettings {
  seed?: number;
  preset?: Preset;
  labels?: number;
  pretext?: Partial<FitSettings>;
  arms?: Partial<Record<Arm, Partial<FitSettings>>>;
}

/** One finished epoch; training figures are means while the weights moved. */
export interface Epoch {
  run: Run;
  /** From 1. */
  epoch: number;
  loss: number;
  accuracy: number;
  validationLoss: number | null;
  validationAccuracy: number | null;
  seconds: number;
}

export interface Progress {
  phase: Phase;
  /** Why the phase is "failed". */
  failure: string;
  /** A failed run can go on from its last good epoch, at a lower rate such as this one. */
  recovery: { run: Run; rate: number } | null;
  /** Finished epochs of the present run. */
  epoch: number;
  epochs: number;
  /** Finished steps of the present epoch. */
  step: number;
  steps: number;
  loss: number;
  accuracy: number;
  imagesPerSecond: number;
  remainingSeconds: number;
}

export interface Advance {
  more: boolean;
  epochs: Epoch[];
  progress: Progress;
}

export interface Test {
  correct: number;
  count: number;
  accuracy: number;
  loss: number;
  /** [label][predicted] */
  confusion: number[][];
}

export interface ArmResult {
  test: Test;
  fullTest: Test;
  /** Epoch after which early stopping ended the run; 0 where it did not. */
  stoppedEarly: number;
}

export interface Results {
  rotation: Test | null;
  arms: Record<Arm, ArmResult | null>;
}

export interface Prediction {
  rotation: Float32Array;
  self_supervised: Float32Array;
  random: Float32Array;
  supervised: Float32Array;
}

export interface LayerRow {
  name: string;
  kind: string;
  output: string;
  parameters: number;
  trainable: boolean;
}
export type Network = 'rotnet' | Arm;

/** What one image gives inside a network, channels last. */
export interface Activations {
  /** After conv1, ReLU and pool: [7][7][64]. */
  stage1: Float32Array;
  /** After conv2, ReLU and pool: [3][3][32], the features. */
  stage2: Float32Array;
}

/** Weights as they are; the same, and kept for later; or those that were kept. */
export type RotationWeights = 'now' | 'keep' | 'kept';

/** A place in the rotation task: steps done, and how many an epoch has. */
export interface Moment {
  done: number;
  steps: number;
}

/** The trunk's weights at a moment. */
export interface Snapshot {
  moment: Moment;
  weights: Float32Array;
}

/** Whose trunk makes the features: the present one, the untrained one, or one kept on the way. */
export type Weights = 'trained' | 'random' | { done: number };

export type Projection = 'pca' | 'lda';

export interface LatentRequest {
  digits: number[];
  /** At most so many test images. */
  limit: number;
  /** lda: fitted on the labelled slice of the training set. */
  method: Projection;
  weights: Weights;
}

/** Two directions to look at feature vectors f from: f lies at axes · (f − mean). */
export interface Axes {
  mean: Float64Array;
  axes: [Float64Array, Float64Array];
  /** Share of the variance (pca) or of the variance between the classes (lda) along each axis. */
  explained: Float64Array;
}

export interface Latent extends Axes {
  x: Float32Array;
  y: Float32Array;
  /** Images that the axes were fitted on: labelled training images (lda), or the points themselves (pca). */
  fitted: number;
  /** Share of points with one of their kind nearest. */
  kin: number;
  label: Uint8Array;
  index: Uint32Array;
}

/** What is on the drawing pad: ink 0..255 on black; `image` where it is an untouched image of the data set. */
export interface Drawing {
  grey: Uint8Array;
  side: number;
  image: Uint8Array | null;
}

export interface Neighbour {
  index: number;
  label: number;
  /** 1 − cosine */
  distance: number;
  pixels: Uint8Array;
}
export type Space = 'trained' | 'random' | 'pixels';

/** What is in a set: exact counts, the rest over the first images of each class. */
export interface Overview {
  /** Images of each class 0..9. */
  counts: number[];
  /** Some images of each class. */
  examples: Uint8Array[][];
  means: Uint8Array[];
  /** Images looked at for `means`, `blank`, `mean` and `histogram`. */
  measured: number;
  /** Share of pixels that are 0, and the mean of all, 0..255. */
  blank: number;
  mean: number;
  /** Share of all pixels with a grey of 1..15, 16..31, ... */
  histogram: number[];
}

/** Timings of one piece: seconds of each repetition, images that one handles, its naive operations. */
export interface Benchmark {
  seconds: Float64Array;
  images: number;
  operations: number;
}

export interface IdxFiles {
  trainImages: Uint8Array;
  trainLabels: Uint8Array;
  testImages?: Uint8Array;
  testLabels?: Uint8Array;
}

/** 'served': the worker fetches the files `names` from the folder `base`. */
export type Data =
  | { kind: 'generated'; seed: number; train: number; test: number }
  | { kind: 'idx'; files: IdxFiles; source: string }
  | { kind: 'served'; base: string; names: string[]; train: number; test: number; source: string };

/** The class. Nothing here throws; typed arrays that come out are copies. */
export interface Engine {
  info(): EngineInfo & Failure;
  loadGenerated(seed: number, trainCount: number, testCount: number): DataInfo & Failure;
  /** Makes some of the generated digits that nobody has needed yet; true where there are more. */
  makeMore(): boolean;
  loadIdx(files: IdxFiles, sourceName: string): DataInfo & Failure;
  dataInfo(): DataInfo & Failure;
  image(set: ImageSet, index: number, quarterTurns: number): Uint8Array | Failure;
  label(set: ImageSet, index: number): number;
  start(settings: StartSettings): Failure;
  settings(): ExperimentSettings;
  advance(milliseconds: number): Advance & Failure;
  step(): Advance & Failure;
  progress(): Progress;
  history(run: Run): Epoch[];
  setLearningRate(run: Run, rate: number): Failure | undefined;
  goOn(rate: number): Failure | undefined;
  results(): Results;
  signature(): string;
  predict(pixels: Uint8Array): Prediction & Failure;
  /** The rotation network on all four turns of images first..first+count-1 (256 at most): [count][turn][4]. */
  rotations(set: ImageSet, first: number, count: number, weights: RotationWeights): Float32Array | Failure;
  activations(network: Network, pixels: Uint8Array, quarterTurns: number): Activations & Failure;
  centreDrawing(grey: Uint8Array, width: number, height: number): Uint8Array | Failure;
  layers(network: Network): LayerRow[];
  features(images: Uint8Array, weights: 'random' | Float32Array | undefined): Float32Array | Failure;
  axes(points: Float32Array, labels: Uint8Array | undefined): Axes & Failure;
  images(set: ImageSet, first: number, count: number): { pixels: Uint8Array; labels: Uint8Array } & Failure;
  tensor(name: string): Float32Array | Failure;
  saveWeights(): Uint8Array;
  loadWeights(bytes: Uint8Array): Failure;
  /** Repeats a piece of training for about so many seconds (src/training/benchmark.hpp). */
  benchmark(piece: string, seconds: number): Benchmark & Failure;
  checkpoint(): Uint8Array;
  restore(bytes: Uint8Array): Failure;
  delete(): void;
}

/** How an engine is made (src/bindings/engine.mjs). */
export interface ModuleOptions {
  threads: number;
  code: Promise<WebAssembly.Module>;
}

export interface EngineModule {
  Engine: new (threads: number) => Engine;
  /** Stops the threads. */
  end(): void;
}

/** What the page may ask of the worker: the engine's own methods, and the loop around them. */
export interface WorkerMethods {
  /** Opens the first of these builds that this browser can run; which one it is, is told before. */
  open(options: { base: string; threads: number; builds: BuildName[] }): { build: BuildName; info: EngineInfo };
  run(): void;
  pause(): Progress;
  step(): void;
  /** Trains to the end of the epoch under way; answers when it is reached, or when something else comes between. */
  epoch(): Progress;
  /** For each digit the index of one test image, the `round`-th of its kind; -1 where there is none. */
  samples(round: number): number[];
  /** `perClass` examples of each class, other ones for each `round`. */
  overview(set: ImageSet, perClass: number, round: number): Overview;
  /** All four quarter turns of one image. */
  turns(set: ImageSet, index: number): { label: number; images: Uint8Array[] };
  loadGenerated(seed: number, trainCount: number, testCount: number): DataInfo;
  loadIdx(files: IdxFiles, sourceName: string): DataInfo;
  image(set: ImageSet, index: number, quarterTurns: number): Uint8Array;
  /**
   * Loads data and starts an experiment on them; no more labelled images than there are. It may be asked for while the
   * engine is still being opened.
   */
  begin(data: Data, settings: StartSettings): { info: DataInfo; progress: Progress; settings: ExperimentSettings };
  start(settings: StartSettings): { progress: Progress; settings: ExperimentSettings };
  settings(): ExperimentSettings;
  history(run: Run): Epoch[];
  setLearningRate(run: Run, rate: number): void;
  /** Lets a failed run go on at this rate. */
  goOn(rate: number): Progress;
  results(): Results;
  signature(): string;
  predict(pixels: Uint8Array): Prediction;
  rotations(set: ImageSet, first: number, count: number, weights: RotationWeights): Float32Array;
  activations(network: Network, pixels: Uint8Array, quarterTurns: number): Activations;
  tensor(name: string): Float32Array;
  /** The drawing turned counter-clockwise, then centred, as the networks see it, and what they say. */
  recognise(drawing: Drawing, degrees: number): { pixels: Uint8Array; prediction: Prediction };
  /** What the rotation network says of the drawing at each angle. */
  sweep(drawing: Drawing, angles: number[]): Float32Array[];
  /** The digit that each arm reads in each image. */
  readAll(images: Uint8Array[]): Record<Arm, number>[];
  /** The images of the rotation task that lie nearest. */
  nearest(pixels: Uint8Array, space: Space, count: number): Neighbour[];
  /** [images][288] */
  features(images: Uint8Array, weights: Weights): Float32Array;
  /** Puts images of the visitor's in the places of the first labelled ones; loads the result as new data. */
  mixIn(own: { images: Uint8Array[]; labels: number[]; name: string }): DataInfo;
  /** The loaded data as IDX files. */
  wholeData(): Required<IdxFiles>;
  layers(network: Network): LayerRow[];
  latent(request: LatentRequest): Latent;
  /** Moments of the rotation task whose weights are kept. */
  snapshots(): Moment[];
  allSnapshots(): readonly Snapshot[];
  benchmark(piece: string, seconds: number): Benchmark;
  saveWeights(): Uint8Array;
  checkpoint(): Uint8Array;
  /** `snapshots`: of the same run, which would else begin with the present moment. */
  restore(bytes: Uint8Array, snapshots?: readonly Snapshot[]): Progress;
}

/** What the worker tells without being asked. */
export interface WorkerEvents {
  /** The worker holds the lock of this name as long as it lives. */
  alive: string;
  /** Some of the data have come from the server. */
  fetching: null;
  /** Which build is being opened, null where none can be, and why not the ones before it. */
  trying: { build: BuildName | null; passed: Attempt[] };
  /** The engine's threads are being started, which takes a moment; then that it is done. */
  threading: boolean;
  /** After every slice of work. */
  progress: { progress: Progress; running: boolean };
  /** Epochs that ended in the slice. */
  epochs: Epoch[];
  /** Another moment's weights were kept. */
  snapshots: Moment[];
  /** The experiment has come to its end, well or not. */
  ended: Progress;
  /** The engine died; this worker can do nothing more. */
  crashed: string;
}

export type Method = keyof WorkerMethods;
export type Event = keyof WorkerEvents;

export type Request =
  | { id: number; method: Method; args: unknown[] }
  /** Forget a request that has not begun. */
  | { cancel: number };

export type Answer = { id: number; value: unknown } | { id: number; error: string } | { event: Event; detail: unknown };

export interface Features {
  simd: boolean;
  relaxedSimd: boolean;
  /** Shared memory and atomics in WebAssembly. */
  threads: boolean;
  /** The page is cross-origin isolated, so that shared memory may be used. */
  isolated: boolean;
}

/** A build that was not used, and why. */
export interface Attempt {
  build: BuildName;
  reason: string;
}

export interface BuildReport {
  build: BuildName;
  /** One sentence: why this build runs. */
  reason: string;
  passed: Attempt[];
  info: EngineInfo;
}
