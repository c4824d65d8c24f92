// The rotation task: its settings, its curves, where it stands, and its errors.
import { Curves } from '../../shared/curves.jsx';
import { Field } from '../../components/field.jsx';
import { Fold } from '../../components/fold.jsx';
import { percent, whole } from '../../components/format.js';
import { dataInfo, restart, restartWanted, results, stage } from '../../session/session.js';
import { settings } from '../../state/settings.js';
import { Errors } from './errors.jsx';
import { place, standing } from './state.js';
import './pretext.css';

export function Pretext() {
  const rotation = results.value?.rotation;
  return (
    <div class="pretext">
      <div class="card">
        <Fold
          plain
          class="pretext-settings"
          title={
            <>
              Settings{' '}
              <span class="note settings-note">
                rate {settings.rate.value}, {settings.epochs.value} {settings.epochs.value === 1 ? 'epoch' : 'epochs'},
                seed {settings.seed.value}
              </span>
            </>
          }
        >
          <Strip />
        </Fold>
        <Standing />
        <Curves runs={['pretext']} chance={0.25} sync="pretext" place={place} />
        <p class="note">
          {rotation
            ? `On ${whole(rotation.count)} turned test images it never saw, it names the turn in ${percent(rotation.accuracy)}. `
            : ''}
          Data: {dataInfo.value?.source ?? '–'}.
        </p>
      </div>
      <Errors />
    </div>
  );
}

function Strip() {
  const busy = stage.value === 'opening' || stage.value === 'loading' || stage.value === 'broken';
  return (
    <div class="pretext-strip" role="group" aria-label="Settings of the rotation task">
      <Field name="rate" brief />
      <Field name="batch" brief />
      <Field name="epochs" brief />
      <Field name="seed" brief />
      <Field name="preset" brief />
      <Field name="shuffle" brief />
      <p class="note pretext-strip-note">
        {restartWanted.value ? (
          <>
            Your change needs a fresh start.{' '}
            <button type="button" class="button small wanted" disabled={busy} onClick={() => void restart()}>
              Start afresh
            </button>
          </>
        ) : (
          'Learning rate: the size of a step; it applies at once, even while training. Batch: the pictures of one step. All but the rate needs a fresh start. One seed gives one result, to the last bit.'
        )}
      </p>
    </div>
  );
}

function Standing() {
  const { epoch, step, speed, left } = standing.value;
  return (
    <dl class="standing">
      <div>
        <dt>Epoch</dt>
        <dd>{epoch}</dd>
      </div>
      <div>
        <dt>Step</dt>
        <dd>{step}</dd>
      </div>
      <div>
        <dt>Images per second</dt>
        <dd>{speed}</dd>
      </div>
      <div>
        <dt>Time left</dt>
        <dd>{left}</dd>
      </div>
    </dl>
  );
}
