// Own digits: label the drawing, keep it, see who reads it, train on it, take it away as a file.
import { useEffect } from 'preact/hooks';
import { DigitImage } from '../../components/digit-image.jsx';
import { RUN_COLOURS } from '../../shared/curves.jsx';
import { DataTable } from '../../components/data-table.jsx';
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
import { percent } from '../../messages/intl.js';
import { dataTitle } from '../../messages/data-title.js';
import { t } from '../../messages/messages.js';
import { Rich } from '../../messages/rich.jsx';
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
  ['trainImages', 'train-images-idx3-ubyte'],
  ['trainLabels', 'train-labels-idx1-ubyte'],
  ['testImages', 't10k-images-idx3-ubyte'],
  ['testLabels', 't10k-labels-idx1-ubyte'],
]);

export function MySet() {
  useEffect(() => {
    void readMyDigits();
    return followMine();
  }, []);
  const digits = myDigits.value;
  const { one } = kind.value;
  const words = t.value.draw.mine;
  return (
    <div class="mine">
      <p class="note" role="status">
        {keepProblem.value}{' '}
        {digits.length === 0
          ? words.invitation(kind.value)
          : words.kept({
              all: digits.length,
              each: DIGITS.filter((digit) => counts.value[digit] > 0).map((digit) => ({
                name: classNames.value[digit],
                count: counts.value[digit],
              })),
            })}
      </p>
      {digits.length > 0 && (
        <>
          <MyAccuracy />
          <ul class="mine-list">
            {digits.map(({ id, label, pixels }, i) => (
              <li key={id}>
                <DigitImage
                  pixels={pixels}
                  label={words.image({ one, number: i + 1, name: classNames.value[label] })}
                />
                <span>{classNames.value[label]}</span>
                <button
                  type="button"
                  class="button small mine-remove"
                  aria-label={words.remove({ one, number: i + 1, name: classNames.value[label] })}
                  onClick={() => void removeMine(id)}
                >
                  ×
                </button>
              </li>
            ))}
          </ul>
          <div class="mine-files">
            <span>{words.save}</span>
            <button
              type="button"
              class="button small"
              onClick={() => download('my-digits-images-idx3-ubyte', idxImages(minePixels()))}
            >
              {words.images}
            </button>
            <button
              type="button"
              class="button small"
              onClick={() =>
                download('my-digits-labels-idx1-ubyte', idxLabels(Uint8Array.from(digits, ({ label }) => label)))
              }
            >
              {words.labels}
            </button>
            <button type="button" class="button small" onClick={() => void removeAllMine()}>
              {words.removeAll}
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
  const words = t.value.draw.mine;
  return (
    <div class="table-room" role="region" aria-label={words.accuracy(kind.value)} tabIndex={0}>
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
            title: words.network,
            cell: ({ arm }) => (
              <>
                <span class="swatch" style={{ '--series': `var(${RUN_COLOURS[arm]})` }} /> {RUN_TITLES[arm]}
              </>
            ),
          },
          {
            key: 'right',
            title: words.right,
            number: true,
            cell: ({ right, count }) => (found ? words.rightOf({ right, count }) : '–'),
          },
          {
            key: 'accuracy',
            title: words.accuracy(kind.value),
            number: true,
            cell: ({ right, count }) => (count > 0 ? percent(right / count) : '–'),
          },
          { key: 'interval', title: words.interval, number: true, cell: ({ right, count }) => interval(right, count) },
        ]}
      />
      <p class="note">{trained ? words.trainedOn : words.neverSeen}</p>
    </div>
  );
}

/** @param {number} right @param {number} count */
function interval(right, count) {
  if (count === 0) return '–';
  const [low, high] = wilson(right, count);
  return t.value.draw.mine.fromTo({ low, high });
}

function Training() {
  const digits = myDigits.value;
  const mixed = mixedIn.value;
  const words = t.value.draw.mine;
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
        <Rich text={words.train} parts={{ b: (inner) => <b>{inner}</b> }} />
      </p>
      <div class="mine-files">
        {(mixed === '' || changed) && digits.length > 0 && (
          <button type="button" class="button small" disabled={busy} onClick={() => start('train')}>
            {changed ? words.withChanged : words.with}
          </button>
        )}
        {mixed !== '' && (
          <button type="button" class="button small" disabled={busy} onClick={() => start('test')}>
            {words.without}
          </button>
        )}
        {isFixed('mine') ? (
          <span class="note">{words.fixed}</span>
        ) : (
          begun.value && <span class="note">{words.givenUp}</span>
        )}
      </div>
      {mixed !== '' && (
        <>
          <p class="note">{words.inUse({ source: dataTitle(dataInfo.value?.source) })}</p>
          <div class="mine-files">
            {FILES.map(([key, name]) => (
              <button
                key={key}
                type="button"
                class="button small"
                onClick={async () => {
                  const files = await client.peek()?.call('wholeData', []);
                  if (files) download(name, files[key]);
                }}
              >
                {words.files[key]}
              </button>
            ))}
          </div>
        </>
      )}
    </div>
  );
}
