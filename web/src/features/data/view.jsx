// Which digits are learned, and where they come from.
import { Field } from '../../components/field.jsx';
import { whole } from '../../components/format.js';
import { offer, ownFiles, resolved, takeFiles } from '../../data/sources.js';
import { dataInfo, reloadData, stage } from '../../state/lab.js';
import { settings } from '../../state/settings.js';
import { dropping, fileProblem } from './state.js';
import './data.css';

/** @param {Iterable<File>} files */
async function take(files) {
  fileProblem.value = '';
  try {
    await takeFiles(files);
    settings.data.value = 'own';
    await reloadData();
  } catch (error) {
    fileProblem.value = error instanceof Error ? error.message : String(error);
  }
}

const SOURCES = /** @type {const} */ ([
  ['generated', 'Built-in digits', 'drawn by a program, as many as you like'],
  ['mnist', 'MNIST', 'genuine handwriting, the classic'],
  ['own', 'My files', 'IDX images and labels, 28×28, .gz too'],
]);

function DataChoice() {
  const chosen = resolved(settings.data.value);
  return (
    <fieldset
      class={dropping.value ? 'sources dropping' : 'sources'}
      onDragOver={(event) => {
        event.preventDefault();
        dropping.value = true;
      }}
      onDragLeave={() => (dropping.value = false)}
      onDrop={(event) => {
        event.preventDefault();
        dropping.value = false;
        if (event.dataTransfer && event.dataTransfer.files.length > 0) void take(event.dataTransfer.files);
      }}
    >
      <legend>Data</legend>
      {SOURCES.map(([key, title, text]) => {
        const missing = key === 'mnist' && !offer.value.mnist;
        return (
          <label key={key} class="source">
            <input
              type="radio"
              name="source"
              checked={chosen === key}
              disabled={missing}
              onChange={() => {
                settings.data.value = key;
                if (key !== 'own' || ownFiles.value.length > 0) void reloadData();
              }}
            />
            <span class="source-title">{title}</span>
            <span class="source-text">{missing ? 'not on this server' : text}</span>
          </label>
        );
      })}
      {chosen === 'own' && (
        <div class="file-drop">
          <label for="files">Images and labels (drop them here, or choose)</label>
          <input
            id="files"
            type="file"
            multiple
            onChange={(event) => event.currentTarget.files && void take(event.currentTarget.files)}
          />
        </div>
      )}
      {fileProblem.value && (
        <p class="note error" role="alert">
          {fileProblem.value}
        </p>
      )}
      <DataSummary />
    </fieldset>
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

/** The data section: the sources, and how much of them is used. */
export function DataSection() {
  const busy = stage.value === 'opening' || stage.value === 'loading';
  return (
    <div class="card data">
      <DataChoice />
      <div class="data-sizes">
        <Field name="images" disabled={busy} onChange={() => void reloadData()} />
        <Field name="tests" disabled={busy} onChange={() => void reloadData()} />
      </div>
    </div>
  );
}
