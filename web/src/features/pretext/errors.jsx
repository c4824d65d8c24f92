// Where the rotation network errs: the table of confusions, and the mistakes of which it was surest.
import { DigitImage } from '../../components/digit-image.jsx';
import { Fold } from '../../components/fold.jsx';
import { percent, whole } from '../../components/format.js';
import { useFollowed } from '../../components/in-view.js';
import { classNames, kind } from '../../data/sources.js';
import { dataInfo } from '../../session/session.js';
import { choose, chosenIndex, chosenSet, mayChoose } from '../../shared/chosen-image.js';
import { examination, followErrors, mistakes } from './errors-state.js';
import './errors.css';

const TURNS = [0, 1, 2, 3];
/** Beyond this share of the run's colour the figures would be hard to read. */
const DEEPEST = 45;

export function Errors() {
  const place = useFollowed(followErrors);
  return (
    <div ref={place} class="card errors">
      <Confusion />
      <Mistakes />
    </div>
  );
}

function Confusion() {
  const found = examination.value;
  const share = (/** @type {number} */ turn, /** @type {number} */ said) =>
    found && found.finite ? found.confusion[turn][said] / found.images : 0;
  return (
    <section class="confusion" aria-labelledby="confusion-title">
      <h3 id="confusion-title">Which turns it mixes up</h3>
      <table>
        <caption class="visually-hidden">
          Rows: the true turn. Columns: what the network says. Share of each row.
        </caption>
        <thead>
          <tr>
            <th scope="col">
              true <span aria-hidden="true">↓</span> says <span aria-hidden="true">→</span>
            </th>
            {TURNS.map((said) => (
              <th key={said} scope="col">
                {90 * said}°
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {TURNS.map((turn) => (
            <tr key={turn}>
              <th scope="row">{90 * turn}°</th>
              {TURNS.map((said) => (
                <td
                  key={said}
                  class={said === turn ? 'diagonal' : ''}
                  style={{ '--share': `${DEEPEST * share(turn, said)}%` }}
                  title={found ? `${whole(found.confusion[turn][said])} of ${whole(found.images)}` : undefined}
                >
                  {found?.finite ? percent(share(turn, said)) : '–'}
                </td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
      <p class="note confusion-note">
        {!found
          ? 'Looking…'
          : !found.finite
            ? 'The weights are no longer finite numbers: nothing to show.'
            : `${percent(found.right / found.rows)} right. ${whole(found.images)} test images in four turns, ${when(found)}. Data: ${dataInfo.value?.source ?? '–'}.`}
      </p>
    </section>
  );
}

/** @param {{ epochs: number, step: number }} at */
function when({ epochs, step }) {
  if (epochs === 0 && step === 0) return 'before any training';
  const steps = step > 0 ? `${epochs > 0 ? ' and ' : ''}${step} ${step === 1 ? 'step' : 'steps'}` : '';
  return `after ${epochs > 0 ? `${epochs} ${epochs === 1 ? 'epoch' : 'epochs'}` : ''}${steps}`;
}

function Mistakes() {
  const found = examination.value;
  return (
    <Fold class="mistakes" title="Its surest mistakes">
      <ul>
        {mistakes.value.map(({ index, turn, guess, probability, label, pixels }) => {
          const chosen = chosenSet.value === 'test' && chosenIndex.value === index;
          return (
            <li key={`${index}/${turn}`}>
              <button
                type="button"
                class="mistake"
                aria-pressed={chosen}
                disabled={!mayChoose('test')}
                onClick={() => choose('test', index)}
              >
                <DigitImage pixels={pixels} label={`Test image ${index}, ${classNames.value[label]}:`} />
                <span>
                  is <b>{90 * turn}°</b>
                </span>
                <span>
                  says <b>{90 * guess}°</b>, {percent(probability, 0)}
                </span>
              </button>
            </li>
          );
        })}
      </ul>
      <p class="note">
        {found && found.finite && mistakes.value.length === 0 ? 'None on these images. ' : ''}
        Choose one: it becomes the chosen {kind.value.one} <a href="#top">at the top</a> and{' '}
        <a href="#inside">inside</a> the network.
      </p>
    </Fold>
  );
}
