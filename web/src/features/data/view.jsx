// Which digits are learned, and where they come from.
import { Field } from '../../components/field.jsx';
import { whole } from '../../components/format.js';
import { t } from '../../messages/messages.js';
import { keptText, offer, ownFiles, refused, resolved } from '../../data/sources.js';
import { dataInfo, reloadData, stage } from '../../session/session.js';
import { lesson, settings } from '../../state/settings.js';
import { Overview } from './overview.jsx';
import { fileProblem, readAs, take } from './state.js';
import './data.css';

const SOURCES = /** @type {const} */ ([
  ['generated', 'Built-in digits', 'drawn by a program, as many as you like'],
  ['mnist', 'MNIST', 'genuine handwriting, the classic'],
  ['own', 'My files', 'IDX images and labels, 28×28, .gz too: Fashion-MNIST, KMNIST, EMNIST, your own'],
]);

const forget = async () => (await import('../../data/kept-files.js')).forgetFiles();

/** The sources, how much of them is used, and what is in them. */
export function DataSection() {
  const busy = stage.value === 'opening' || stage.value === 'loading';
  return (
    <div class="card data">
      <Sources />
      <div class="data-sizes">
        <Field name="images" disabled={busy} onChange={() => void reloadData()} />
        <Field name="tests" disabled={busy} onChange={() => void reloadData()} />
      </div>
      <div class="data-overview">
        <Overview />
      </div>
    </div>
  );
}

function Sources() {
  const chosen = resolved(settings.data.value);
  if (lesson.hide.has('data')) return null;
  return (
    <fieldset class="sources">
      <legend>Data</legend>
      {SOURCES.map(([key, title, text]) => {
        const missing = key === 'mnist' && !offer.value.mnist;
        return (
          <label key={key} class="source">
            <input
              type="radio"
              name="source"
              checked={chosen === key}
              disabled={missing || lesson.lock.has('data')}
              onChange={() => {
                settings.data.value = key;
                if (key !== 'own' || ownFiles.value.files.length > 0) void reloadData();
              }}
            />
            <span class="source-title">{title}</span>
            <span class="source-text">{missing ? 'not on this server' : text}</span>
          </label>
        );
      })}
      {chosen === 'own' && <OwnFiles />}
      {fileProblem.value && (
        <div class="note error file-fault" role="alert">
          <p>{fileProblem.value}.</p>
          {refused.value && (
            <button
              type="button"
              class="button small"
              onClick={() => void readAs({ ...refused.peek(), knownOnly: true })}
            >
              Use only labels 0 to 9
            </button>
          )}
        </div>
      )}
      <DataSummary />
    </fieldset>
  );
}

function OwnFiles() {
  const { files, kind, transpose } = ownFiles.value;
  return (
    <div class="file-drop">
      <label for="files">Images and labels: drop them anywhere on this page, or choose</label>
      <input
        id="files"
        type="file"
        multiple
        onChange={(event) => {
          if (event.currentTarget.files) void take([...event.currentTarget.files]);
          // The same files may be chosen again after they were mended.
          event.currentTarget.value = '';
        }}
      />
      {files.length > 0 && (
        <>
          <label class="flag">
            <input
              type="checkbox"
              checked={transpose}
              onChange={(event) => void readAs({ transpose: event.currentTarget.checked })}
            />
            Swap rows and columns (EMNIST is stored that way)
          </label>
          <label class="inline-field">
            The classes are
            <select
              value={kind}
              onChange={(event) => {
                const next = /** @type {import('../../data/kinds.js').Kind} */ (event.currentTarget.value);
                ownFiles.value = { ...ownFiles.peek(), kind: next };
              }}
            >
              {Object.entries(t.value.common.kinds).map(([key, { title }]) => (
                <option key={key} value={key}>
                  {title}
                </option>
              ))}
            </select>
          </label>
          {keptText.value && (
            <p class="note" role="status">
              {keptText.value}{' '}
              {keptText.value.startsWith('Kept') && (
                <button type="button" class="button small" onClick={() => void forget()}>
                  Do not keep them
                </button>
              )}
            </p>
          )}
        </>
      )}
    </div>
  );
}

function DataSummary() {
  const info = dataInfo.value;
  if (!info) return null;
  const size = (/** @type {[number, number]} */ [first, last]) => whole(last - first);
  return (
    <p class="note">
      <b>{info.source}</b>: {size(info.splits.pretext)} images for rotation, {size(info.splits.downstream)} with labels,{' '}
      {whole(info.test)} for the test.
    </p>
  );
}
