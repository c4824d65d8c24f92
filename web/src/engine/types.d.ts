// What travels between page and worker: the engine's own types are those that Emscripten writes from the bindings
// (engine.d.ts, from src/bindings), those of the worker's methods are taken from the methods (worker/methods.js).
import type {
  ArmResults,
  Engine,
  EngineInfo,
  Epoch,
  ExperimentSettings,
  Failure,
  MainModule,
  Progress,
} from './engine';
import type { methods } from './worker/methods';

export type * from './engine';

type Methods = typeof methods;

/** What the page may ask of the worker. */
export type WorkerMethods = {
  [M in keyof Methods]: (...args: Parameters<Methods[M]>) => Awaited<ReturnType<Methods[M]>>;
};
export type Method = keyof WorkerMethods;

export type Latent = ReturnType<WorkerMethods['latent']>;
export type Neighbour = ReturnType<WorkerMethods['nearest']>[number];
export type Overview = ReturnType<WorkerMethods['overview']>;

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

/** A question to the exact linear probe. */
export interface ProbeChoice {
  features: Parameters<Engine['beginProbe']>[0];
  /** Budgets: the first so many of the labelled images. */
  labels: number[];
  /** Without one, the best by leaving one image out. */
  penalty?: number;
  /** So many separate sets of each budget, as far as there are labelled images; one without it. */
  draws?: number;
}
export type ProbeAnswer = Exclude<ReturnType<Engine['probeResult']>, Failure>;

/** What is on the drawing pad: ink 0..255 on black; `image` where it is an untouched image of the data set. */
export interface Drawing {
  grey: Uint8Array;
  side: number;
  image: Uint8Array | null;
}

export type Space = 'trained' | 'random' | 'pixels';

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

/** What is wrong: a key of the page's messages, with parameters, among which may be other faults. */
export interface FaultData {
  code: string;
  values: Record<string, unknown>;
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
  crashed: FaultData;
}

export type Event = keyof WorkerEvents;

export type Request =
  | { id: number; method: Method; args: unknown[] }
  /** Forget a request that has not begun. */
  | { cancel: number };

export type Answer =
  { id: number; value: unknown } | { id: number; error: FaultData } | { event: Event; detail: unknown };

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
  reason: FaultData;
  /** What helps, where that is known. */
  fix?: FaultData | null;
}

export interface BuildReport {
  build: BuildName;
  /** Why this build runs. */
  reason: 'asked' | 'fastest' | 'fastestHere';
  passed: Attempt[];
  info: EngineInfo;
}
