// TypeScript bindings for emscripten-generated code.  Automatically generated at compile time.
interface WasmModule {
}

export type Message = {
  code: number,
  values: (string | number | Message)[]
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

export type Task = {
  name: 'turns' | 'mirrors' | 'turns_mirrors' | 'jigsaw' | 'shuffles',
  text: string,
  classNames: string[]
};

export type ExperimentSettings = {
  seed: number | string,
  preset: 'unit' | 'notebook',
  task: Task,
  labels: number,
  pretext: FitSettings,
  armList: ('self_supervised' | 'random' | 'supervised' | 'supervised_adam' | 'fine_tuned' | 'fine_tuned_adam')[],
  arms: Record<'self_supervised' | 'random' | 'supervised', FitSettings> & Partial<Record<'supervised_adam' | 'fine_tuned' | 'fine_tuned_adam', FitSettings>>,
  rateChangedMidway: boolean,
  note: Message | null,
  arithmetic: 'fused' | 'unfused' | 'mixed'
};

export type Epoch = {
  run: 'pretext' | 'self_supervised' | 'random' | 'supervised' | 'supervised_adam' | 'fine_tuned' | 'fine_tuned_adam',
  epoch: number,
  loss: number,
  accuracy: number,
  validationLoss: number | null,
  validationAccuracy: number | null,
  seconds: number
};

export type Recovery = {
  run: 'pretext' | 'self_supervised' | 'random' | 'supervised' | 'supervised_adam' | 'fine_tuned' | 'fine_tuned_adam',
  rate: number
};

export type Progress = {
  phase: 'pretext' | 'self_supervised' | 'random' | 'supervised' | 'supervised_adam' | 'fine_tuned' | 'fine_tuned_adam' | 'finished' | 'failed',
  failure: Message | null,
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

export type Results = {
  task: 'turns' | 'mirrors' | 'turns_mirrors' | 'jigsaw' | 'shuffles',
  rotation: Test | null,
  arms: Record<'self_supervised' | 'random' | 'supervised', ArmResult | null> & Partial<Record<'supervised_adam' | 'fine_tuned' | 'fine_tuned_adam', ArmResult | null>>
};

export type Paired = {
  count: number,
  onlyFirst: number,
  onlySecond: number,
  difference: number,
  low: number,
  high: number
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
  features: 'pretext' | 'untrained' | 'pixels' | 'supervised' | 'supervised_adam' | 'fine_tuned' | 'fine_tuned_adam',
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
  info(): EngineInfo | Message;
  loadGenerated(seed: number, trainCount: number, testCount: number): DataInfo | Message;
  makeMore(): boolean | Message;
  loadIdx(files: { trainImages: Uint8Array; trainLabels: Uint8Array; testImages?: Uint8Array; testLabels?: Uint8Array }, sourceName: string): DataInfo | Message;
  replaceImages(first: number, pixels: Uint8Array, labels: Uint8Array, sourceName: string): DataInfo | Message;
  dataInfo(): DataInfo | Message;
  dataHash(): string | Message;
  image(set: 'train' | 'test', index: number, quarterTurns: number): Uint8Array | Message;
  label(set: 'train' | 'test', index: number): number | Message;
  images(set: 'train' | 'test', first: number, count: number): LabelledImages | Message;
  start(settings: { seed?: number | string; preset?: 'unit' | 'notebook'; labels?: number; armList?: ('self_supervised' | 'random' | 'supervised' | 'supervised_adam' | 'fine_tuned' | 'fine_tuned_adam')[]; pretext?: Partial<FitSettings> & { task?: Task['name'] }; arms?: { [Arm in 'self_supervised' | 'random' | 'supervised' | 'supervised_adam' | 'fine_tuned' | 'fine_tuned_adam']?: Partial<FitSettings> } }): Done | Message;
  withArms(settings: { seed?: number | string; preset?: 'unit' | 'notebook'; labels?: number; armList?: ('self_supervised' | 'random' | 'supervised' | 'supervised_adam' | 'fine_tuned' | 'fine_tuned_adam')[]; pretext?: Partial<FitSettings> & { task?: Task['name'] }; arms?: { [Arm in 'self_supervised' | 'random' | 'supervised' | 'supervised_adam' | 'fine_tuned' | 'fine_tuned_adam']?: Partial<FitSettings> } }): Done | Message;
  settings(): ExperimentSettings | Message;
  advance(milliseconds: number): Advance | Message;
  step(): Advance | Message;
  progress(): Progress | Message;
  history(run: 'pretext' | 'self_supervised' | 'random' | 'supervised' | 'supervised_adam' | 'fine_tuned' | 'fine_tuned_adam'): Epoch[] | Message;
  setLearningRate(run: 'pretext' | 'self_supervised' | 'random' | 'supervised' | 'supervised_adam' | 'fine_tuned' | 'fine_tuned_adam', rate: number): Done | Message;
  goOn(rate: number): Done | Message;
  results(): Results | Message;
  predicted(arm: 'self_supervised' | 'random' | 'supervised' | 'supervised_adam' | 'fine_tuned' | 'fine_tuned_adam'): Uint8Array | Message;
  paired(first: 'self_supervised' | 'random' | 'supervised' | 'supervised_adam' | 'fine_tuned' | 'fine_tuned_adam', second: 'self_supervised' | 'random' | 'supervised' | 'supervised_adam' | 'fine_tuned' | 'fine_tuned_adam'): Paired | Message;
  signature(): string | Message;
  predict(pixels: Uint8Array): { rotation: Float32Array } & Record<'self_supervised' | 'random' | 'supervised', Float32Array> & Partial<Record<'supervised_adam' | 'fine_tuned' | 'fine_tuned_adam', Float32Array>> | Message;
  rotations(set: 'train' | 'test', first: number, count: number, weights: 'now' | 'keep' | 'kept'): Float32Array | Message;
  activations(network: 'rotnet' | 'self_supervised' | 'random' | 'supervised' | 'supervised_adam' | 'fine_tuned' | 'fine_tuned_adam', pixels: Uint8Array, quarterTurns: number): Activations | Message;
  centreDrawing(grey: Uint8Array, width: number, height: number): Uint8Array | Message;
  tasks(): Task[] | Message;
  variant(task: 'turns' | 'mirrors' | 'turns_mirrors' | 'jigsaw' | 'shuffles', variant: number, pixels: Uint8Array): Uint8Array | Message;
  layers(network: 'rotnet' | 'self_supervised' | 'random' | 'supervised' | 'supervised_adam' | 'fine_tuned' | 'fine_tuned_adam'): LayerRow[] | Message;
  features(images: Uint8Array, weights: 'random' | Float32Array | undefined): Float32Array | Message;
  axes(points: Float32Array, labels: Uint8Array | undefined): Axes | Message;
  beginProbe(features: 'pretext' | 'untrained' | 'pixels' | 'supervised' | 'supervised_adam' | 'fine_tuned' | 'fine_tuned_adam', labels: Uint32Array, penalty: number | undefined, draws: number | undefined): Done | Message;
  advanceProbe(milliseconds: number): ProbeProgress | Message;
  probeResult(): Probe | Message;
  tensor(name: string): Float32Array | Message;
  saveWeights(): Uint8Array | Message;
  loadWeights(file: Uint8Array): Done | Message;
  checkpoint(): Uint8Array | Message;
  restore(file: Uint8Array): Done | Message;
  benchmark(piece: string, seconds: number): Benchmark | Message;
  delete(): void;
}

interface EmbindModule {
  Engine: {
    new(_0: number): Engine;
  };
}

export type MainModule = WasmModule & EmbindModule;
export default function MainModuleFactory (options?: unknown): Promise<MainModule>;
