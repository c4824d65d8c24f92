// Where the rotation network errs: the table of confusions, and the mistakes of which it was surest.
import { DigitImage } from '../../components/digit-image.jsx';
import { Fold } from '../../components/fold.jsx';
import { useFollowed } from '../../components/in-view.js';
import { classNames, kindKey } from '../../data/sources.js';
import { percent, plain } from '../../messages/intl.js';
import { dataTitle } from '../../messages/data-title.js';
import { t } from '../../messages/messages.js';
import { Rich } from '../../messages/rich.jsx';
import { dataInfo } from '../../session/session.js';
import { choose, chosenIndex, chosenSet, mayChoose } from '../../shared/chosen-image.js';
import { examination, followErrors, mistakes } from './errors-state.js';
import './errors.css';

const TURNS = [0, 1, 2, 3];
const BOLD = { b: (/** @type {import('preact').ComponentChildren} */ inner) => <b>{inner}</b> };
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
  const words = t.value.errorsOfTurns.confusion;
  const found = examination.value;
  const share = (/** @type {number} */ turn, /** @type {number} */ said) =>
    found && found.finite ? found.confusion[turn][said] / found.images : 0;
  return (
    <section class="confusion" aria-labelledby="confusion-title">
      <h3 id="confusion-title">{words.title}</h3>
      <table>
        <caption class="visually-hidden">{words.caption}</caption>
        <thead>
          <tr>
            <th scope="col">
              <Rich
                text={words.corner}
                parts={{
                  down: () => <span aria-hidden="true">↓</span>,
                  right: () => <span aria-hidden="true">→</span>,
                }}
              />
            </th>
            {TURNS.map((said) => (
              <th key={said} scope="col">
                {plain(90 * said)}°
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {TURNS.map((turn) => (
            <tr key={turn}>
              <th scope="row">{plain(90 * turn)}°</th>
              {TURNS.map((said) => (
                <td
                  key={said}
                  class={said === turn ? 'diagonal' : ''}
                  style={{ '--share': `${DEEPEST * share(turn, said)}%` }}
                  title={found ? words.cell({ count: found.confusion[turn][said], of: found.images }) : undefined}
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
          ? words.looking
          : !found.finite
            ? words.diverged
            : words.found({
                right: found.right / found.rows,
                images: found.images,
                epochs: found.epochs,
                steps: found.step,
                source: dataTitle(dataInfo.value?.source),
              })}
      </p>
    </section>
  );
}

function Mistakes() {
  const words = t.value.errorsOfTurns.mistakes;
  const of = { kind: kindKey.value };
  const found = examination.value;
  return (
    <Fold class="mistakes" title={words.title}>
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
                <DigitImage pixels={pixels} label={words.image({ index, name: classNames.value[label] })} />
                <span>
                  <Rich text={words.is({ turn })} parts={BOLD} />
                </span>
                <span>
                  <Rich text={words.says({ turn: guess, sure: probability })} parts={BOLD} />
                </span>
              </button>
            </li>
          );
        })}
      </ul>
      <p class="note">
        <Rich
          text={found && found.finite && mistakes.value.length === 0 ? words.none(of) : words.note(of)}
          parts={{
            top: (inner) => <a href="#top">{inner}</a>,
            inside: (inner) => <a href="#inside">{inner}</a>,
          }}
        />
      </p>
    </Fold>
  );
}
