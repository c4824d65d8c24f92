// Every setting of the run that is not the choice of data.
import { signal } from '@preact/signals';
import { Field } from '../../components/field.jsx';
import { client, dataInfo, openLab, stage } from '../../state/lab.js';
import { addressProblems, settings } from '../../state/settings.js';
import './settings.css';

const open = signal(false);

export function Settings() {
  const info = dataInfo.value;
  const [first, last] = info?.splits.downstream ?? [0, 1000];
  return (
    <details class="settings" open={open.value} onToggle={(event) => (open.value = event.currentTarget.open)}>
      <summary>
        Settings
        <span class="settings-now">
          {info?.source ?? 'no digits yet'} · seed {settings.seed.value} · {settings.epochs.value} +{' '}
          {settings.armEpochs.value} epochs
        </span>
      </summary>
      {addressProblems.map((text) => (
        <p key={text} class="note error" role="alert">
          From the address of the page: {text}. The usual value is used.
        </p>
      ))}
      <p class="note">
        Seed, pixels and what concerns the rotation task are beside <a href="#learn">its curves</a>.
      </p>
      <div class="settings-groups">
        <div class="settings-group">
          <h2 class="small-title">The engine</h2>
          <Field name="threads" />
          <Field name="build" />
          <button
            type="button"
            class="button"
            disabled={!client.value && stage.value !== 'broken'}
            onClick={() => void openLab()}
          >
            Open the engine anew
          </button>
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
