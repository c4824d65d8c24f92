// What the visitor can take away: figures, weights and networks. Fetched with the first click.
import { dataTitle } from '../../messages/data-title.js';
import {
  RUNS,
  build,
  client,
  dataInfo,
  example,
  history,
  progress,
  rateChanged,
  results,
  signature,
  started,
} from '../../session/session.js';
import { Fault } from '../../state/fault.js';
import { taskOf } from '../../data/records.js';
import { isGenerated } from '../../data/sources.js';
import { shareLink } from '../../state/settings.js';
import { runs } from '../../shared/runs.js';
import { command } from '../../shared/command.js';
import { download } from './download.js';
import { curvesCsv, runsCsv } from './tables.js';

const engine = () => {
  const now = client.peek();
  if (!now) throw new Fault('noEngine');
  return now;
};
/** The name of every file says which run it is from. @param {string} what */
const fileName = (what) => `quarterturn-seed${started.peek()?.seed ?? ''}-${what}`;

export function saveCurves() {
  const epochs = RUNS.flatMap((run) => history[run].peek());
  if (epochs.length === 0) throw new Fault('noEpochs');
  download(fileName('curves.csv'), curvesCsv(epochs), 'text/csv');
}

export function saveRuns() {
  if (runs.peek().length === 0) throw new Fault('noRuns');
  download('quarterturn-runs.csv', runsCsv(runs.peek()), 'text/csv');
}

export function saveEverything() {
  const content = {
    program: `quarterturn ${build.peek()?.info.version ?? ''}`,
    address: shareLink(undefined, isGenerated()),
    ...(example.peek() && { example: true }),
    data: dataInfo.peek(),
    engine: build.peek(),
    settings: started.peek(),
    rateChangedMidway: rateChanged.peek(),
    progress: progress.peek(),
    history: Object.fromEntries(RUNS.map((run) => [run, history[run].peek()])),
    results: results.peek(),
    signature: signature.peek() || null,
    command: command.peek() || null,
    runs: runs.peek(),
  };
  download(fileName('everything.json'), `${JSON.stringify(content, null, 2)}\n`, 'application/json');
}

export async function saveWeights() {
  const bytes = /** @type {Uint8Array<ArrayBuffer>} */ (await engine().call('saveWeights', []));
  download(fileName('weights.safetensors'), bytes, 'application/octet-stream');
}

/** In files, which speak English whatever the page speaks. @type {Record<import('../../engine/types').Arm, string>} */
const TITLES = {
  self_supervised: 'Self-supervised',
  random: 'Random features',
  supervised: 'Supervised',
};

/** @type {Record<import('../../engine/types').PretextTask, string>} */
const TASK_TITLES = {
  turns: 'Rotation',
  mirrors: 'Mirrors',
  turns_mirrors: 'Turns and mirrors',
  jigsaw: 'Jigsaw',
  shuffles: 'Shuffles',
};

/** @param {import('./onnx.js').Exported} network */
export async function saveOnnx(network) {
  const [bytes, { readSafetensors }, { onnxModel }] = await Promise.all([
    engine().call('saveWeights', []),
    import('../../engine/safetensors.js'),
    import('./onnx.js'),
  ]);
  const plan = started.peek();
  const model = onnxModel(network, readSafetensors(bytes), {
    title: network === 'rotation' ? TASK_TITLES[taskOf(plan)] : TITLES[network],
    data: dataTitle(dataInfo.peek()?.source),
    seed: String(plan?.seed ?? ''),
    signature: signature.peek(),
  });
  // The pretext network is named by its task.
  const task = taskOf(plan);
  const name = network === 'rotation' && task !== 'turns' ? task : network;
  download(fileName(`${name.replaceAll('_', '-')}.onnx`), model, 'application/octet-stream');
}
