// Where the pretext network errs: the table of confusions, and the mistakes of which it was surest.
import { DigitImage } from '../../components/digit-image.jsx';
import { Fold } from '../../components/fold.jsx';
import { useFollowed } from '../../components/in-view.js';
import { classNames, kindKey } from '../../data/sources.js';
import { percent } from '../../messages/intl.js';
import { dataTitle } from '../../messages/data-title.js';
import { t } from '../../messages/messages.js';
import { Rich } from '../../messages/rich.jsx';
import { dataInfo } from '../../session/session.js';
import { choose, chosenIndex, chosenSet, mayChoose } from '../../shared/chosen-image.js';
import { mostMixed } from '../../shared/most-mixed.js';
import { task, variantName, variants } from '../../shared/task.js';
import { examination, followErrors, mistakes } from './errors-state.js';
import '../../components/picture-button.css';
import './errors.css';

/** A table of more classes has room for colours only. */
const MOST_IN_FIGURES = 8;
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
  const count = (/** @type {number} */ variant, /** @type {number} */ said) => found?.confusion[variant]?.[said] ?? 0;
  const share = (/** @type {number} */ variant, /** @type {number} */ said) =>
    found && found.finite ? count(variant, said) / found.images : 0;
  const classes = Array.from({ length: variants.value }, (_, variant) => variant);
  const turns = task.value === 'turns';
  const many = classes.length > MOST_IN_FIGURES;
  const mixed = mostMixed(classes.length, count);
  return (
    <section class="confusion" aria-labelledby="confusion-title">
      <h3 id="confusion-title">{turns ? words.title : words.titleOf}</h3>
      <table class={many ? 'many' : undefined}>
        <caption class="visually-hidden">{turns ? words.caption : words.captionOf}</caption>
        <thead>
          <tr>
            <th scope="col">
              <span class={many ? 'visually-hidden' : undefined}>
                <Rich
                  text={words.corner}
                  parts={{
                    down: () => <span aria-hidden="true">↓</span>,
                    right: () => <span aria-hidden="true">→</span>,
                  }}
                />
              </span>
            </th>
            {classes.map((said) => (
              <th key={said} scope="col">
                <span>{variantName(said)}</span>
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {classes.map((variant) => (
            <tr key={variant}>
              <th scope="row">{variantName(variant)}</th>
              {classes.map((said) => (
                <td
                  key={said}
                  class={said === variant ? 'diagonal' : ''}
                  style={{ '--share': `${(many ? 100 : DEEPEST) * share(variant, said)}%` }}
                  title={found ? words.cell({ count: count(variant, said), of: found.images }) : undefined}
                >
                  <span class={many ? 'visually-hidden' : undefined}>
                    {found?.finite ? percent(share(variant, said)) : '–'}
                  </span>
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
            : (turns ? words.found : words.foundOf)({
                answers: classes.length,
                right: found.right / found.rows,
                images: found.images,
                epochs: found.epochs,
                steps: found.step,
                source: dataTitle(dataInfo.value?.source),
                mixed: mixed && { ...mixed, truth: variantName(mixed.truth), said: variantName(mixed.said) },
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
        {mistakes.value.map(({ index, variant, guess, probability, label, pixels }) => {
          const chosen = chosenSet.value === 'test' && chosenIndex.value === index;
          return (
            <li key={`${index}/${variant}`}>
              <button
                type="button"
                class="picture-button mistake"
                aria-pressed={chosen}
                disabled={!mayChoose('test')}
                onClick={() => choose('test', index)}
              >
                <DigitImage pixels={pixels} label={words.image({ index, name: classNames.value[label] })} />
                <span>
                  <Rich text={words.is({ variant: variantName(variant) })} parts={BOLD} />
                </span>
                <span>
                  <Rich text={words.says({ variant: variantName(guess), sure: probability })} parts={BOLD} />
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
