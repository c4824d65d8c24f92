// Which digits are learned, and where they come from.
import { Field } from '../../components/field.jsx';
import { Padlock } from '../../components/padlock.jsx';
import { refused } from '../../data/own-files.js';
import { filesKept, offer, ownFiles, resolved } from '../../data/sources.js';
import { wordsOf } from '../../messages/faults.js';
import { dataTitle } from '../../messages/data-title.js';
import { t } from '../../messages/messages.js';
import { Rich } from '../../messages/rich.jsx';
import { dataInfo, reloadData, stage } from '../../session/session.js';
import { lesson, settings } from '../../state/settings.js';
import { task } from '../../shared/task.js';
import { Overview } from './overview.jsx';
import { Shapes } from './shapes.jsx';
import { fileProblem, readAs, take } from './state.js';
import './data.css';

const SOURCES = /** @type {const} */ (['generated', 'mnist', 'own']);

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
      <div class="data-shapes">
        <Shapes />
      </div>
    </div>
  );
}

function Sources() {
  const words = t.value.data;
  const chosen = resolved(settings.data.value);
  if (lesson.hide.has('data')) return null;
  return (
    <fieldset class="sources">
      <legend>
        {words.legend}
        {lesson.lock.has('data') && <Padlock />}
      </legend>
      {SOURCES.map((key) => {
        const { title, text } = words.sources[key];
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
            <span class="source-text">{missing ? words.notHere : text}</span>
          </label>
        );
      })}
      {chosen === 'own' && <OwnFiles />}
      {fileProblem.value !== null && (
        <div class="note error file-fault" role="alert">
          <p>{words.filesRefused({ problem: wordsOf(fileProblem.value) })}</p>
          {refused.value && (
            <button
              type="button"
              class="button small"
              onClick={() => void readAs({ ...refused.peek(), knownOnly: true })}
            >
              {words.onlyKnown}
            </button>
          )}
        </div>
      )}
      <DataSummary />
    </fieldset>
  );
}

function OwnFiles() {
  const words = t.value.data;
  const { files, kind, transpose } = ownFiles.value;
  const kept = filesKept.value;
  return (
    <div class="file-drop">
      <label for="files">{words.choose}</label>
      <input
        id="files"
        type="file"
        multiple
        onChange={(event) => {
          if (event.currentTarget.files) void take([...event.currentTarget.files]);
          // The same files may be chosen again after they were corrected.
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
            {words.transpose}
          </label>
          <label class="inline-field">
            {words.classesAre}
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
          {kept && (
            <p class="note" role="status">
              {words.filesKept[kept.state](kept)}{' '}
              {kept.state === 'kept' && (
                <button type="button" class="button small" onClick={() => void forget()}>
                  {words.forget}
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
  const size = (/** @type {[number, number]} */ [first, last]) => last - first;
  return (
    <p class="note">
      <Rich
        text={t.value.data.summary({
          task: task.value,
          pretext: size(info.splits.pretext),
          labelled: size(info.splits.downstream),
          test: info.test,
        })}
        parts={{ source: () => <b>{dataTitle(info.source)}</b> }}
      />
    </p>
  );
}
