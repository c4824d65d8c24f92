// How many labelled images each arm gets: a slider over the powers of ten between.
import { useId } from 'preact/hooks';
import { whole } from '../../components/format.js';
import { PROPERTIES } from '../../state/properties.js';
import { armsWanted, labelled, rerunArms, stage } from '../../state/lab.js';
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
  const id = useId();
  if (lesson.hide.has('labels')) return null;
  const labels = settings.labels.value;
  const most = labelled() || max;
  return (
    <div class="budget">
      <label for={id}>Labelled images for each arm</label>
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
      <output for={id} class="budget-value">
        {whole(labels)}
      </output>
      <button
        type="button"
        class={armsWanted.value ? 'button small wanted' : 'button small'}
        disabled={!armsWanted.value || stage.value === 'running'}
        onClick={() => void rerunArms()}
      >
        Run the duel again
      </button>
      <p class="note budget-note">
        {labels > most
          ? `This data has ${whole(most)} labelled images; all are used.`
          : 'The rotation network stays as it is: it has never seen a label.'}
      </p>
    </div>
  );
}
