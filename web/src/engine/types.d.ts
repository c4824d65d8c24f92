// What travels between page and worker. The engine's own types are in engine.d.ts, which Emscripten writes from the
// bindings (src/bindings).
import type {
  Activations,
  ArmResults,
  Axes,
  Benchmark,
  DataInfo,
  Engine,
  EngineInfo,
  Epoch,
  ExperimentSettings,
  LayerRow,
  MainModule,
  Prediction,
  Progress,
  Results,
} from './engine';

export type {
  Activations,
  Advance,
  ArmResult,
  Axes,
  Benchmark,
  DataInfo,
  Engine,
  EngineInfo,
  Epoch,
  ExperimentSettings,
  Failure,
  FitSettings,
  LayerRow,
  Prediction,
  Progress,
  Results,
  Test,
} from './engine';

/** The four engine builds, best first. */
export type BuildName = 'threads-relaxed' | 'threads-simd' | 'single-relaxed' | 'single-simd';

export type Preset = ExperimentSettings['preset'];
export type Arm = keyof ArmResults;
export type Run = Epoch['run'];
export type Phase = Progress['phase'];
export type ImageSet = Parameters<Engine['label']>[0];
export type Network = Parameters<Engine['layers']>[0];
/** Weights as they are; the same, and kept for later; or those that were kept. */
export type RotationWeights = Parameters<Engine['rotations']>[3];
/** What an experiment is started with; what is left out is as in the notebook. */
export type StartSettings = Parameters<Engine['start']>[0];
export type IdxFiles = Parameters<Engine['loadIdx']>[0];

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

/** Where images lie in the plane of two axes. */
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

/** 'served': the worker fetches the files `names` from the folder `base`. */
export type Data =
  | { kind: 'generated'; seed: number; train: number; test: number }
  | { kind: 'idx'; files: IdxFiles; source: string }
  | { kind: 'served'; base: string; names: string[]; train: number; test: number; source: string };

/** What Emscripten's factory of an engine build takes. */
export interface ModuleOptions {
  /** All that the engine can use later, the caller among them. */
  threads: number;
  /** Gets the messages of threads that cannot start. */
  printErr(text: string): void;
  /** Calls `done` with an instance of the code; what it gives is of no use then. */
  instantiateWasm(
    imports: WebAssembly.Imports,
    done: (instance: WebAssembly.Instance, code: WebAssembly.Module) => void,
  ): object;
}
export type EngineFactory = (options: ModuleOptions) => Promise<MainModule>;

/** What the page may ask of the worker: the engine's own methods, and the loop around them. */
export interface WorkerMethods {
  /** Opens the first of these builds that this browser can run; which one it is, is told before. */
  /** `framed`: the page is shown inside another page. */
  open(options: { base: string; threads: number; builds: BuildName[]; framed?: boolean }): {
    build: BuildName;
    info: EngineInfo;
  };
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
  /**
   * Keeps the trained rotation network, and its snapshots, and begins the arms again; what the settings leave out is as
   * it is now.
   */
  withArms(settings: StartSettings): { progress: Progress; settings: ExperimentSettings };
  /** Of the loaded images, as the native program has it. */
  dataHash(): string;
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

export type Answer =
  | { id: number; value: unknown }
  /** `fix`: what helps, where the error does not say it. */
  | { id: number; error: string; fix: string }
  | { event: Event; detail: unknown };

export interface Features {
  webAssembly: boolean;
  simd: boolean;
  relaxedSimd: boolean;
  /** Shared memory and atomics in WebAssembly. */
  threads: boolean;
  /** The page is cross-origin isolated, so that shared memory may be used. */
  isolated: boolean;
  /** The address is one that browsers trust: https, or this machine's own. */
  secure: boolean;
  /** It is shown inside another page. */
  framed: boolean;
}

/** A build that was not used, and why. */
export interface Attempt {
  build: BuildName;
  reason: string;
  /** What helps, where that is known: without a full stop. */
  fix?: string;
}

export interface BuildReport {
  build: BuildName;
  /** One sentence: why this build runs. */
  reason: string;
  passed: Attempt[];
  info: EngineInfo;
}
