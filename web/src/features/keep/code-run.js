// A run as a Python script: what both scripts share. Pure: settings in, text out. Scripts speak English whatever the page
// speaks, as all files do.
import { rounded } from '../../shared/rate.js';

/** @typedef {import('../../engine/types').PretextTask} PretextTask */
/** @typedef {import('../../engine/types').AnyArm} AnyArm */
/** @typedef {import('../../engine/types').ExperimentSettings} ExperimentSettings */
/** @typedef {[number, number]} Slice half-open */

/**
 * Where a run's digits came from.
 * @typedef {object} CodeData
 * @property {'mnist' | 'generated' | 'own'} kind
 * @property {string} source its name
 * @property {number} train images of the training set, where it is generated
 * @property {number} test test images
 * @property {number} seed of the generator
 * @property {{ pretext: Slice, downstream: Slice, test: Slice }} splits
 */

/**
 * Everything that a script is made from.
 * @typedef {object} CodeRun
 * @property {Pick<ExperimentSettings, 'seed' | 'preset' | 'labels' | 'pretext' | 'armList' | 'arms'> & { task: { name: PretextTask } }} settings
 * @property {CodeData} data
 * @property {readonly ('rate' | 'digits')[]} [lost] what no script can repeat: a change of a learning rate on the way, own
 *   digits among the labelled images
 */

/** @typedef {'keras' | 'torch'} Library */

/** Names of the files. */
export const FILE_NAMES = { keras: 'quarterturn_keras.py', torch: 'quarterturn_torch.py' };

/** As the engine's table of runs has them (src/training/runs.hpp). @type {Record<AnyArm, { trunk: 'pretext' | 'fresh', frozen: boolean, optimizer: 'sgd' | 'adam' }>} */
const ARM_KINDS = {
  self_supervised: { trunk: 'pretext', frozen: true, optimizer: 'sgd' },
  random: { trunk: 'fresh', frozen: true, optimizer: 'sgd' },
  supervised: { trunk: 'fresh', frozen: false, optimizer: 'sgd' },
  supervised_adam: { trunk: 'fresh', frozen: false, optimizer: 'adam' },
  fine_tuned: { trunk: 'pretext', frozen: false, optimizer: 'sgd' },
  fine_tuned_adam: { trunk: 'pretext', frozen: false, optimizer: 'adam' },
};

/** What the pretext network is asked, and its number of answers. @type {Record<PretextTask, { asks: string, answers: number }>} */
const QUESTIONS = {
  turns: { asks: 'by how many quarter turns was the image turned?', answers: 4 },
  mirrors: { asks: 'how was the image mirrored?', answers: 4 },
  turns_mirrors: { asks: 'how was the image turned and mirrored?', answers: 8 },
  jigsaw: { asks: 'in which order are the four quarters of the image?', answers: 24 },
  shuffles: { asks: 'by which of four fixed orders were the pixels shuffled?', answers: 4 },
};

/** @param {PretextTask} task */
export const answersOf = (task) => QUESTIONS[task].answers;

/** @param {number} value */
const real = (value) => String(rounded(value));
/** @param {boolean} value */
const flag = (value) => (value ? 'True' : 'False');
/** A comment holds one line, whatever a file's name has in it. @param {string} text */
const oneLine = (text) => text.replace(/[^\x20-\x7e\u00a0-\uffff]|["\\]/g, ' ');

/** @param {Slice} slice */
const slice = ([first, last]) => `slice(${first}, ${last})`;

/** @param {import('../../engine/types').ExperimentSettings['pretext']} fit */
const fitOf = ({ batch, epochs, learningRate, shuffle, validationSplit, patience }) =>
  `batch=${batch}, epochs=${epochs}, rate=${real(learningRate)}, shuffle=${flag(shuffle)}, validation=${real(validationSplit)}, patience=${patience}`;

/** Which data the script wants, in the words of its head. @param {CodeData} data */
function dataNote({ kind, source, train, test, seed }) {
  if (kind === 'mnist') return [];
  if (kind === 'generated') {
    return [
      'The run on the page used built-in generated digits. To use the same ones here:',
      '',
      `    quarterturn digits --count ${train} --test-count ${test} --seed ${seed} --out digits`,
      '',
      'and give the folder "digits".',
      '',
    ];
  }
  return [`The run on the page used other files (${oneLine(source)}): give their folder.`, ''];
}

/** @type {Record<'rate' | 'digits', string[]>} */
const LOST = {
  rate: ['A learning rate was changed while the run trained; here it is the last one from the beginning.', ''],
  digits: ['Own digits were among the labelled images of the run; here they are not.', ''],
};

/**
 * The head of a script: what it is, and how it is started.
 * @param {CodeRun} run
 * @param {{ library: string, install: string, loader: string, file: string, own: string }} about
 */
export const head = ({ data, lost = [], settings }, { library, install, loader, file, own }) => `#!/usr/bin/env python3
"""A run of Quarterturn as ${library} code.

Trains a small network to answer a question that needs no labels: ${QUESTIONS[settings.task.name].asks}
Then freezes its first two convolutions, trains classifiers of digits with few labels, and prints what they get right.

    pip install ${install}
    python ${file}              MNIST, by ${loader}
    python ${file} FOLDER       MNIST's four IDX files, or others like them; plain or .gz

${[...dataNote(data), ...lost.flatMap((each) => LOST[each])].map((line) => `${line}\n`).join('')}The settings are those of the run. Initial weights and shuffled orders are ${own},
so the figures agree within the spread over seeds, not digit by digit.
"""`;

/** @param {CodeRun} run */
export function settingsPart({ settings, data }) {
  const { preset, seed, labels, pretext, armList, arms, task } = settings;
  const { splits } = data;
  const first = splits.downstream[0];
  const rows = armList.map((arm) => {
    const { trunk, frozen, optimizer } = ARM_KINDS[arm];
    const fit = fitOf(/** @type {typeof pretext} */ (arms[arm]));
    return `    "${arm}": dict(\n        trunk="${trunk}", frozen=${flag(frozen)}, optimizer="${optimizer}",\n        ${fit}),`;
  });
  return `# ---- settings of the run ---------------------------------------------------------------------------------------------

SEED = ${seed}
SCALE = ${preset === 'unit' ? '1 / 255' : '1'}  # pixels enter the networks as ${preset === 'unit' ? '0..1' : 'raw 0..255'}
PRETEXT_IMAGES = ${slice(splits.pretext)}  # of the training set; their labels are not used
LABELLED_IMAGES = ${slice([first, first + labels])}  # of the training set
TEST_IMAGES = ${slice(splits.test)}  # of the test set
ALL_TEST_IMAGES = ${slice([0, data.test])}
PRETEXT_TEST_IMAGES = ${slice([0, Math.min(2000, data.test)])}  # through every map

# ${QUESTIONS[task.name].answers} answers: ${QUESTIONS[task.name].asks}
PRETEXT = dict(${fitOf(pretext)})

# trunk: whose convolutions. frozen: they are not trained. patience: epochs without a better training accuracy before
# training stops; 0: never. validation: the last part of the labelled images, taken before any shuffling.
ARMS = {
${rows.join('\n')}
}
`;
}

/** @type {Record<PretextTask, string>} */
const MAPS = {
  turns: `    # Quarter turns counter-clockwise.
    maps = [np.rot90(pixels, turns) for turns in range(4)]`,
  mirrors: `    # As it is, left to right, up to down, both.
    maps = [pixels, np.fliplr(pixels), np.flipud(pixels), np.flipud(np.fliplr(pixels))]`,
  turns_mirrors: `    # Four quarter turns, then the same of the mirrored image.
    maps = [np.rot90(image, turns) for image in (pixels, np.fliplr(pixels)) for turns in range(4)]`,
  jigsaw: `    # The quarters in each of their 24 orders, row by row.
    quarters = [pixels[row : row + 14, column : column + 14] for row in (0, 14) for column in (0, 14)]
    maps = [
        np.block([[quarters[a], quarters[b]], [quarters[c], quarters[d]]])
        for a, b, c, d in itertools.permutations(range(4))
    ]`,
  shuffles: `    # The engine's own four orders: Fisher-Yates with the random numbers of Philox4x32-10.
    maps = []
    for variant in range(4):
        order = list(range(784))
        for left in range(784, 1, -1):
            draw = 784 - left
            chosen = philox((draw // 4, 0, PIXEL_SHUFFLE, variant))[draw % 4] * left >> 32
            order[left - 1], order[chosen] = order[chosen], order[left - 1]
        maps.append(np.array(order))`,
};

const PHILOX = `PIXEL_SHUFFLE = 13  # what the numbers are for, part of the counter


def philox(counter):
    """Four random 32-bit numbers for a counter, key 0 (Salmon and others, "Parallel Random Numbers", SC 2011)."""
    key = [0, 0]
    for _ in range(10):
        first, second = 0xD2511F53 * counter[0], 0xCD9E8D57 * counter[2]
        counter = (
            second >> 32 ^ counter[1] ^ key[0],
            second & 0xFFFFFFFF,
            first >> 32 ^ counter[3] ^ key[1],
            first & 0xFFFFFFFF,
        )
        key = [key[0] + 0x9E3779B9 & 0xFFFFFFFF, key[1] + 0xBB67AE85 & 0xFFFFFFFF]
    return counter


`;

/**
 * The pixel maps of a task in Python; it wants \`np\` and, for the jigsaw, \`itertools\`.
 * @param {PretextTask} task
 */
export const mapsPart = (task) => `${task === 'shuffles' ? PHILOX : ''}def pixel_maps():
    """A map for each answer: image.reshape(784)[map] is the image as the network sees it."""
    pixels = np.arange(784).reshape(28, 28)
${MAPS[task]}
    return np.stack([each.reshape(784) for each in maps])
`;

/** Modules of Python's own that the script uses. @param {PretextTask} task */
export const importsPart = (task) =>
  ['argparse', 'gzip', ...(task === 'jigsaw' ? ['itertools'] : []), 'math'].map((name) => `import ${name}\n`).join('') +
  'from pathlib import Path\n';

/** Of the class that makes the questions. */
export const QUESTIONS_NOTE = `    """Every image through every map, made a batch at a time: pixels, and the number of the map, which is the answer.

    Images come in the notebook's order, 1, 2, ..., 0: it writes image i to rows 4i-4 to 4i-1, so the first one wraps to
    the end.
    """`;

/** How `main` begins. @param {string} library */
export const argumentsPart = (
  library,
) => `    parser = argparse.ArgumentParser(description="A run of Quarterturn in ${library}.")
    parser.add_argument("folder", nargs="?", help="with MNIST's four files, or others like them")
    parser.add_argument("--seed", type=int, default=SEED)
    given = parser.parse_args()`;

/** @param {string} loading lines that give (images, labels) of both sets where there is no folder */
export const dataPart = (loading) => `def read_idx(folder, name):
    """One of MNIST's files, plain or .gz."""
    for file in (name, name.replace("-idx", ".idx")):
        for path, opened in ((Path(folder) / file, open), (Path(folder) / (file + ".gz"), gzip.open)):
            if path.exists():
                with opened(path, "rb") as stream:
                    content = stream.read()
                dimensions = content[3]
                shape = np.frombuffer(content, ">i4", dimensions, 4)
                return np.frombuffer(content, np.uint8, offset=4 + 4 * dimensions).reshape(shape)
    raise SystemExit(f"{Path(folder) / name}: there is no such file, plain or .gz")


def load_data(folder):
    """Images [count, 784] as bytes, and labels [count]: of the training set and of the test set."""
    if folder:
        sets = [
            (read_idx(folder, f"{name}-images-idx3-ubyte"), read_idx(folder, f"{name}-labels-idx1-ubyte"))
            for name in ("train", "t10k")
        ]
    else:
${loading}
    (train, train_labels), (test, test_labels) = sets
    last = max(PRETEXT_IMAGES.stop, LABELLED_IMAGES.stop)
    if len(train) < last or len(test) < ALL_TEST_IMAGES.stop:
        raise SystemExit(f"the run wants {last} training and {ALL_TEST_IMAGES.stop} test images, not {len(train)} and {len(test)}")
    return train.reshape(-1, 784), train_labels.astype("int64"), test.reshape(-1, 784), test_labels.astype("int64")
`;

export const WILSON_PART = `def with_interval(right, count):
    """Accuracy with Wilson's 95% interval, in percent."""
    share, z = right / count, 1.959964
    middle = (share + z * z / (2 * count)) / (1 + z * z / count)
    half = z * math.sqrt(share * (1 - share) / count + z * z / (4 * count * count)) / (1 + z * z / count)
    return f"{100 * share:6.2f} ({100 * max(0, middle - half):.1f} to {100 * min(1, middle + half):.1f})"
`;

/** What both scripts print. The lines are for people, and for the project's own tests. */
export const TABLE_PART = `def print_table(rows):
    """Rows: (name, epochs, trained and all parameters, right of the few, right of all)."""
    few, many = (part.stop - part.start for part in (TEST_IMAGES, ALL_TEST_IMAGES))
    print(f"\\n{'':16} {'epochs':>6} {'trained parameters':>20}  {f'of {few} test images, %':24} of {many}, %")
    for name, epochs, trained, parameters, right_few, right_all in rows:
        numbers = f"{trained:,} of {parameters:,}"
        print(f"{name:16} {epochs:6} {numbers:>20}  {with_interval(right_few, few):24} {with_interval(right_all, many)}")
`;
