// The rotation task: its settings, its curves, where it stands, and its errors.
import { Curves } from '../../shared/curves.jsx';
import { Field, Segments } from '../../components/field.jsx';
import { Fold } from '../../components/fold.jsx';
import { term } from '../../components/term.jsx';
import { dataTitle } from '../../messages/data-title.js';
import { t } from '../../messages/messages.js';
import { Rich } from '../../messages/rich.jsx';
import { dataInfo, restart, restartWanted, results, stage, started } from '../../session/session.js';
import { SETS, chooseSet, presentSet } from '../../shared/setting-sets.js';
import { chance, setTask, task, variants } from '../../shared/task.js';
import { shareOfImages } from '../../shared/interval.js';
import { isFixed, lesson, settings } from '../../state/settings.js';
import { errorsFailed, errorsView, fetchErrors } from './errors-part.js';
import { place, standing } from './state.js';
import './pretext.css';

export function Pretext() {
  const words = t.value.learn;
  const rotation = results.value?.rotation;
  const source = dataTitle(dataInfo.value?.source);
  const plan = started.value?.pretext;
  const [rate, epochs, seed] = [settings.rate.value, settings.epochs.value, settings.seed.value];
  return (
    <div class="pretext">
      <div class="card">
        <Fold
          plain
          class="pretext-settings"
          title={
            <Rich
              text={words.settings({ rate, epochs, seed })}
              parts={{ note: (inner) => <span class="note settings-note">{inner}</span> }}
            />
          }
        >
          <Strip />
        </Fold>
        <Standing />
        <Curves runs={['pretext']} chance={chance.value} sync="pretext" place={place} />
        <p class="note">
          {rotation
            ? (task.value === 'turns' ? words.tested : words.testedOf)({
                images: rotation.count,
                ...shareOfImages(rotation.accuracy, rotation.count / variants.value),
                source,
              })
            : words.data({ source })}{' '}
          {plan &&
            words.how({ rate: Number(plan.learningRate.toPrecision(6)), batch: plan.batch, epochs: plan.epochs })}
        </p>
      </div>
      <Errors />
    </div>
  );
}

/** Where the network errs, as soon as it is here. */
function Errors() {
  const View = errorsView.value;
  if (View) return <View />;
  return (
    <div class="card errors-coming" aria-busy={!errorsFailed.value}>
      {errorsFailed.value && (
        <button type="button" class="button small" onClick={() => void fetchErrors()}>
          {t.value.page.tryAgain}
        </button>
      )}
    </div>
  );
}

/** The controls that the hint is about. */
const EXPLAINED = ['rate', 'batch', 'seed'];

function Strip() {
  const words = t.value.learn;
  const busy = stage.value === 'opening' || stage.value === 'loading' || stage.value === 'broken';
  return (
    <div class="pretext-strip" role="group" aria-label={words.strip({ task: setTask() })}>
      {!isFixed('preset') && !isFixed('epochs') && <SettingSets />}
      <Field name="task" brief />
      <Field name="rate" brief />
      <Field name="batch" brief />
      <Field name="epochs" brief />
      <Field name="seed" brief />
      <Field name="preset" brief />
      <Field name="pace" brief />
      <Field name="shuffle" brief />
      <p class="note pretext-strip-note">
        {/* One sentence for the flex box, not its words. */}
        <span>
          {restartWanted.value ? (
            <Rich
              text={words.wanted}
              parts={{
                button: (inner) => (
                  <button type="button" class="button small wanted" disabled={busy} onClick={() => void restart()}>
                    {inner}
                  </button>
                ),
              }}
            />
          ) : (
            !EXPLAINED.some((name) => lesson.hide.has(name)) && <Rich text={words.hint} parts={{ term }} />
          )}
        </span>
      </p>
    </div>
  );
}

/** The page's usual settings or the notebook's, by one press. */
function SettingSets() {
  const { sets } = t.value.learn;
  return (
    <div class="pretext-sets">
      <Segments
        label={sets.label}
        choices={SETS.map((set) => [set, sets[set]])}
        value={/** @type {import('../../shared/setting-sets.js').SettingSet} */ (presentSet.value)}
        onChoose={chooseSet}
      />
    </div>
  );
}

function Standing() {
  const words = t.value.learn;
  const { epoch, step, speed, left } = standing.value;
  return (
    <dl class="standing">
      <div>
        <dt>{words.epoch}</dt>
        <dd>{epoch}</dd>
      </div>
      <div>
        <dt>{words.step}</dt>
        <dd>{step}</dd>
      </div>
      <div>
        <dt>{words.speed}</dt>
        <dd>{speed}</dd>
      </div>
      <div>
        <dt>{words.left}</dt>
        <dd>{left}</dd>
      </div>
    </dl>
  );
}
