// Own digits: label the drawing, keep it, see who reads it, train on it, take it away as a file.
import { useEffect } from 'preact/hooks';
import { DigitImage } from '../../components/digit-image.jsx';
import { RUN_COLOURS } from '../../shared/curves.jsx';
import { DataTable } from '../../components/data-table.jsx';
import { percent, whole } from '../../components/format.js';
import { wilson } from '../../shared/interval.js';
import { idxImages, idxLabels } from '../../data/idx-write.js';
import {
  counts,
  identityOf,
  keepProblem,
  myDigits,
  readMyDigits,
  removeAllMine,
  removeMine,
} from '../../data/my-digits.js';
import { classNames, kind } from '../../data/sources.js';
import { ARMS, RUN_TITLES, begun, client, dataInfo, mixedIn, reloadData, stage } from '../../session/session.js';
import { isFixed, lesson, settings } from '../../state/settings.js';
import { followMine, readings } from './my-state.js';

const DIGITS = [0, 1, 2, 3, 4, 5, 6, 7, 8, 9];

/** @param {string} name @param {Uint8Array} bytes */
function download(name, bytes) {
  const address = URL.createObjectURL(
    new Blob([/** @type {Uint8Array<ArrayBuffer>} */ (bytes)], { type: 'application/octet-stream' }),
  );
  const link = document.createElement('a');
  link.href = address;
  link.download = name;
  link.click();
  setTimeout(() => URL.revokeObjectURL(address), 10_000);
}

function minePixels() {
  const bytes = new Uint8Array(784 * myDigits.peek().length);
  myDigits.peek().forEach(({ pixels }, i) => bytes.set(pixels, 784 * i));
  return bytes;
}

/** The names under which the native program finds the files of a folder. */
const FILES = /** @type {const} */ ([
  ['trainImages', 'train-images-idx3-ubyte', 'training images'],
  ['trainLabels', 'train-labels-idx1-ubyte', 'training labels'],
  ['testImages', 't10k-images-idx3-ubyte', 'test images'],
  ['testLabels', 't10k-labels-idx1-ubyte', 'test labels'],
]);

export function MySet() {
  useEffect(() => {
    void readMyDigits();
    return followMine();
  }, []);
  const digits = myDigits.value;
  const { one } = kind.value;
  return (
    <div class="mine">
      <p class="note" role="status">
        {keepProblem.value}
        {digits.length === 0
          ? ` Draw on the pad, then say which ${one} it is. It is kept upright, whatever the dial says, in this browser only: a test with your own hand, or more to train on.`
          : ` ${whole(digits.length)} kept (${DIGITS.filter((digit) => counts.value[digit] > 0)
              .map((digit) => `${counts.value[digit]} × ${classNames.value[digit]}`)
              .join(', ')}).`}
      </p>
      {digits.length > 0 && (
        <>
          <MyAccuracy />
          <ul class="mine-list">
            {digits.map(({ id, label, pixels }, i) => (
              <li key={id}>
                <DigitImage pixels={pixels} label={`My ${one} ${i + 1}, a ${classNames.value[label]}`} />
                <span>{classNames.value[label]}</span>
                <button
                  type="button"
                  class="button small mine-remove"
                  aria-label={`Remove my ${one} ${i + 1}, a ${classNames.value[label]}`}
                  onClick={() => void removeMine(id)}
                >
                  ×
                </button>
              </li>
            ))}
          </ul>
          <div class="mine-files">
            <span>Save as IDX files</span>
            <button
              type="button"
              class="button small"
              onClick={() => download('my-digits-images-idx3-ubyte', idxImages(minePixels()))}
            >
              My images
            </button>
            <button
              type="button"
              class="button small"
              onClick={() =>
                download('my-digits-labels-idx1-ubyte', idxLabels(Uint8Array.from(digits, ({ label }) => label)))
              }
            >
              My labels
            </button>
            <button type="button" class="button small" onClick={() => void removeAllMine()}>
              Remove all
            </button>
          </div>
        </>
      )}
      <Training />
    </div>
  );
}

function MyAccuracy() {
  const found = readings.value;
  const trained = mixedIn.value !== '';
  return (
    <div class="table-room" role="region" aria-label={`Accuracy on my ${kind.value.many}`} tabIndex={0}>
      <DataTable
        class="mine-table"
        rows={ARMS.map((arm) => ({
          arm,
          right: found ? found.digits.filter(({ label }, i) => found.read[i][arm] === label).length : 0,
          count: found?.digits.length ?? 0,
        }))}
        keyOf={({ arm }) => arm}
        columns={[
          {
            key: 'network',
            title: 'Network',
            cell: ({ arm }) => (
              <>
                <span class="swatch" style={{ '--series': `var(${RUN_COLOURS[arm]})` }} /> {RUN_TITLES[arm]}
              </>
            ),
          },
          {
            key: 'right',
            title: 'Right',
            number: true,
            cell: ({ right, count }) => (found ? `${right} of ${count}` : '–'),
          },
          {
            key: 'accuracy',
            title: `Accuracy on my ${kind.value.many}`,
            number: true,
            cell: ({ right, count }) => (count > 0 ? percent(right / count) : '–'),
          },
          { key: 'interval', title: '95% interval', number: true, cell: ({ right, count }) => interval(right, count) },
        ]}
      />
      <p class="note">
        {trained
          ? 'Some of these are trained on: this is no test any more.'
          : 'The networks have never seen these: a test with your hand.'}
      </p>
    </div>
  );
}

/** @param {number} right @param {number} count */
function interval(right, count) {
  if (count === 0) return '–';
  const [low, high] = wilson(right, count);
  return `${percent(low)} to ${percent(high)}`;
}

function Training() {
  const digits = myDigits.value;
  const mixed = mixedIn.value;
  const busy = stage.value === 'opening' || stage.value === 'loading' || isFixed('mine');
  const changed = mixed !== '' && mixed !== identityOf(digits);
  /** @param {'train' | 'test'} how */
  const start = (how) => {
    settings.mine.value = how;
    void reloadData();
  };
  if ((digits.length === 0 && mixed === '') || lesson.hide.has('mine')) return null;
  return (
    <div class="mine-train">
      <p>
        <b>Train on them.</b> They take the places of the first labelled pictures, so that their number stays the same.
        The last fifth of the labelled pictures is for validation as ever. Rotation never sees them. Such a run is no
        longer the notebook’s experiment.
      </p>
      <div class="mine-files">
        {(mixed === '' || changed) && digits.length > 0 && (
          <button type="button" class="button small" disabled={busy} onClick={() => start('train')}>
            {changed ? 'Start afresh with the set as it is now' : 'Start afresh with them'}
          </button>
        )}
        {mixed !== '' && (
          <button type="button" class="button small" disabled={busy} onClick={() => start('test')}>
            Start afresh without them
          </button>
        )}
        {isFixed('mine') ? (
          <span class="note">Set by the lesson.</span>
        ) : (
          begun.value && <span class="note">The present run is given up.</span>
        )}
      </div>
      {mixed !== '' && (
        <>
          <p class="note">
            In use: {dataInfo.value?.source}. The native program can make this very run from a folder with these four
            files:
          </p>
          <div class="mine-files">
            {FILES.map(([key, name, title]) => (
              <button
                key={key}
                type="button"
                class="button small"
                onClick={async () => {
                  const files = await client.peek()?.call('wholeData', []);
                  if (files) download(name, files[key]);
                }}
              >
                {title}
              </button>
            ))}
          </div>
        </>
      )}
    </div>
  );
}
