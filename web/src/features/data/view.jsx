// Which digits, how they are fed, and all the other settings.
import { signal } from '@preact/signals';
import { Field } from '../../components/field.jsx';
import { whole } from '../../components/format.js';
import { offer, ownFiles, resolved, takeFiles } from '../../data/sources.js';
import { client, dataInfo, openLab, reloadData, stage } from '../../state/lab.js';
import { addressProblems, settings } from '../../state/settings.js';
import { dropping, fileProblem } from './state.js';

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

export function DataChoice() {
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

const open = signal(false);

export function Settings() {
  const info = dataInfo.value;
  const [first, last] = info?.splits.downstream ?? [0, 1000];
  const busy = stage.value === 'opening' || stage.value === 'loading';
  return (
    <details class="settings" open={open.value} onToggle={(event) => (open.value = event.currentTarget.open)}>
      <summary>
        Settings
        <span class="settings-now">
          {info?.source ?? 'no digits yet'} · seed {settings.seed.value} · {settings.epochs.value} + {settings.armEpochs.value}{' '}
          epochs
        </span>
      </summary>
      {addressProblems.map((text) => (
        <p key={text} class="note error" role="alert">
          From the address of the page: {text}. The usual value is used.
        </p>
      ))}
      <div class="settings-groups">
        <div class="settings-group">
          <DataChoice />
          <Field name="images" disabled={busy} onChange={() => void reloadData()} />
          <Field name="tests" disabled={busy} onChange={() => void reloadData()} />
        </div>
        <div class="settings-group">
          <h2 class="small-title">The run</h2>
          <Field name="seed" />
          <Field name="preset" />
          <Field name="threads" />
          <Field name="build" />
          <button type="button" class="button" disabled={!client.value && stage.value !== 'broken'} onClick={() => void openLab()}>
            Open the engine anew
          </button>
        </div>
        <div class="settings-group">
          <h2 class="small-title">Rotation</h2>
          <Field name="epochs" />
          <Field name="batch" />
          <Field name="rate" />
          <Field name="shuffle" />
        </div>
        <div class="settings-group">
          <h2 class="small-title">Reading digits</h2>
          <Field name="armEpochs" />
          <Field name="labels" max={last - first} />
          <Field name="armRate" />
        </div>
      </div>
    </details>
  );
}
