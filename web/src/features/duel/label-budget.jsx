// What the arms are given: labelled images by a slider over the powers of ten between, epochs and learning rate.
import { useId } from 'preact/hooks';
import { Field } from '../../components/field.jsx';
import { Padlock } from '../../components/padlock.jsx';
import { whole } from '../../messages/intl.js';
import { t } from '../../messages/messages.js';
import { PROPERTIES } from '../../state/properties.js';
import { armsWanted, labelled, rerunArms, stage } from '../../session/session.js';
import { lesson, settings } from '../../state/settings.js';

const STEPS = 40;
const { min, max } = PROPERTIES.labels;

/** Two leading digits: nobody wants 347 labels. @param {number} place 0..STEPS */
function labelsAt(place) {
  const value = min * (max / min) ** (place / STEPS);
  const unit = 10 ** (Math.floor(Math.log10(value) + 1e-9) - 1);
  return Math.round(value / unit) * unit;
}
/** @param {number} labels */
const placeOf = (labels) => Math.round((STEPS * Math.log(labels / min)) / Math.log(max / min));

export function LabelBudget() {
  const most = labelled() || max;
  const words = t.value.duel.budget;
  return (
    <div class="budget">
      {!lesson.hide.has('labels') && <Labels />}
      <div class="budget-fields">
        <Field name="armEpochs" brief />
        <Field name="armRate" brief />
        <button
          type="button"
          class={armsWanted.value ? 'button wanted budget-again' : 'button budget-again'}
          disabled={!armsWanted.value || stage.value === 'running'}
          onClick={() => void rerunArms()}
        >
          {words.again}
        </button>
      </div>
      {!lesson.hide.has('labels') && (
        <p class="note budget-note">{settings.labels.value > most ? words.all({ most }) : words.hint}</p>
      )}
    </div>
  );
}

function Labels() {
  const id = useId();
  const labels = settings.labels.value;
  return (
    <div class="budget-labels">
      <label for={id}>
        {t.value.duel.budget.slider}
        {lesson.lock.has('labels') && <Padlock />}
      </label>
      <output for={id} class="budget-value">
        {whole(labels)}
      </output>
      <input
        id={id}
        type="range"
        min={0}
        max={STEPS}
        value={placeOf(labels)}
        disabled={lesson.lock.has('labels')}
        aria-valuetext={whole(labels)}
        onInput={(event) => (settings.labels.value = labelsAt(Number(event.currentTarget.value)))}
      />
    </div>
  );
}
