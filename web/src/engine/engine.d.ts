// TypeScript bindings for emscripten-generated code.  Automatically generated at compile time.
interface WasmModule {
}

export type Failure = {
  error: string
};

export type Done = {

};

export type EngineInfo = {
  version: string,
  isa: string,
  fused: boolean,
  lanes: number,
  threads: number,
  heapBytes: number
};

export type Splits = {
  pretext: [number, number],
  downstream: [number, number],
  test: [number, number]
};

export type DataInfo = {
  source: string,
  train: number,
  test: number,
  trainAvailable: number,
  testAvailable: number,
  splits: Splits
};

export type FitSettings = {
  batch: number,
  epochs: number,
  learningRate: number,
  shuffle: boolean,
  validationSplit: number,
  patience: number
};

export type Arms = {
  self_supervised: FitSettings,
  random: FitSettings,
  supervised: FitSettings
};

export type ExperimentSettings = {
  seed: number | string,
  preset: 'unit' | 'notebook',
  labels: number,
  pretext: FitSettings,
  arms: Arms,
  rateChangedMidway: boolean,
  note: string,
  arithmetic: 'fused' | 'unfused' | 'mixed'
};

export type Epoch = {
  run: 'pretext' | 'self_supervised' | 'random' | 'supervised',
  epoch: number,
  loss: number,
  accuracy: number,
  validationLoss: number | null,
  validationAccuracy: number | null,
  seconds: number
};

export type Recovery = {
  run: 'pretext' | 'self_supervised' | 'random' | 'supervised',
  rate: number
};

export type Progress = {
  phase: 'pretext' | 'self_supervised' | 'random' | 'supervised' | 'finished' | 'failed',
  failure: string,
  recovery: Recovery | null,
  epoch: number,
  epochs: number,
  step: number,
  steps: number,
  loss: number,
  accuracy: number,
  imagesPerSecond: number,
  remainingSeconds: number
};

export type Advance = {
  more: boolean,
  epochs: Epoch[],
  progress: Progress
};

export type Test = {
  correct: number,
  count: number,
  accuracy: number,
  loss: number,
  confusion: number[][]
};

export type ArmResult = {
  test: Test,
  fullTest: Test,
  stoppedEarly: number
};

export type ArmResults = {
  self_supervised: ArmResult | null,
  random: ArmResult | null,
  supervised: ArmResult | null
};

export type Results = {
  rotation: Test | null,
  arms: ArmResults
};

export type Prediction = {
  rotation: Float32Array,
  self_supervised: Float32Array,
  random: Float32Array,
  supervised: Float32Array
};

export type Activations = {
  stage1: Float32Array,
  stage2: Float32Array
};

export type LayerRow = {
  name: string,
  kind: string,
  output: string,
  parameters: number,
  trainable: boolean
};

export type Axes = {
  mean: Float64Array,
  axes: [Float64Array, Float64Array],
  explained: Float64Array
};

export type ProbeProgress = {
  done: boolean,
  progress: number
};

export type ProbeDraw = {
  first: number,
  penalty: number,
  right: number,
  accuracy: number
};

export type ProbeNotebook = {
  right: number,
  of: number,
  accuracy: number,
  low: number,
  high: number
};

export type ProbeBudget = {
  labels: number,
  penalty: number,
  right: number,
  of: number,
  accuracy: number,
  low: number,
  high: number,
  marks: Uint8Array,
  notebook: ProbeNotebook,
  draws: ProbeDraw[]
};

export type Probe = {
  features: 'pretext' | 'untrained' | 'supervised' | 'pixels',
  epoch: number,
  step: number,
  budgets: ProbeBudget[]
};

export type LabelledImages = {
  pixels: Uint8Array,
  labels: Uint8Array
};

export type Benchmark = {
  seconds: Float64Array,
  images: number,
  operations: number
};

export interface Engine {
  info(): EngineInfo | Failure;
  loadGenerated(seed: number, trainCount: number, testCount: number): DataInfo | Failure;
  makeMore(): boolean | Failure;
  loadIdx(files: { trainImages: Uint8Array; trainLabels: Uint8Array; testImages?: Uint8Array; testLabels?: Uint8Array }, sourceName: string): DataInfo | Failure;
  replaceImages(first: number, pixels: Uint8Array, labels: Uint8Array, sourceName: string): DataInfo | Failure;
  dataInfo(): DataInfo | Failure;
  dataHash(): string | Failure;
  image(set: 'train' | 'test', index: number, quarterTurns: number): Uint8Array | Failure;
  label(set: 'train' | 'test', index: number): number | Failure;
  images(set: 'train' | 'test', first: number, count: number): LabelledImages | Failure;
  start(settings: { seed?: number | string; preset?: 'unit' | 'notebook'; labels?: number; pretext?: Partial<FitSettings>; arms?: { [Arm in keyof Arms]?: Partial<FitSettings> } }): Done | Failure;
  withArms(settings: { seed?: number | string; preset?: 'unit' | 'notebook'; labels?: number; pretext?: Partial<FitSettings>; arms?: { [Arm in keyof Arms]?: Partial<FitSettings> } }): Done | Failure;
  settings(): ExperimentSettings | Failure;
  advance(milliseconds: number): Advance | Failure;
  step(): Advance | Failure;
  progress(): Progress | Failure;
  history(run: 'pretext' | 'self_supervised' | 'random' | 'supervised'): Epoch[] | Failure;
  setLearningRate(run: 'pretext' | 'self_supervised' | 'random' | 'supervised', rate: number): Done | Failure;
  goOn(rate: number): Done | Failure;
  results(): Results | Failure;
  signature(): string | Failure;
  predict(pixels: Uint8Array): Prediction | Failure;
  rotations(set: 'train' | 'test', first: number, count: number, weights: 'now' | 'keep' | 'kept'): Float32Array | Failure;
  activations(network: 'rotnet' | 'self_supervised' | 'random' | 'supervised', pixels: Uint8Array, quarterTurns: number): Activations | Failure;
  centreDrawing(grey: Uint8Array, width: number, height: number): Uint8Array | Failure;
  layers(network: 'rotnet' | 'self_supervised' | 'random' | 'supervised'): LayerRow[] | Failure;
  features(images: Uint8Array, weights: 'random' | Float32Array | undefined): Float32Array | Failure;
  axes(points: Float32Array, labels: Uint8Array | undefined): Axes | Failure;
  beginProbe(features: 'pretext' | 'untrained' | 'supervised' | 'pixels', labels: Uint32Array, penalty: number | undefined, draws: number | undefined): Done | Failure;
  advanceProbe(milliseconds: number): ProbeProgress | Failure;
  probeResult(): Probe | Failure;
  tensor(name: string): Float32Array | Failure;
  saveWeights(): Uint8Array | Failure;
  loadWeights(file: Uint8Array): Done | Failure;
  checkpoint(): Uint8Array | Failure;
  restore(file: Uint8Array): Done | Failure;
  benchmark(piece: string, seconds: number): Benchmark | Failure;
  delete(): void;
}

interface EmbindModule {
  Engine: {
    new(_0: number): Engine;
  };
}

export type MainModule = WasmModule & EmbindModule;
export default function MainModuleFactory (options?: unknown): Promise<MainModule>;
