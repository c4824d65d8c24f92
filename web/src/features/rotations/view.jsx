import { DigitImage } from '../../components/digit-image.jsx';
import { classNames, kindKey } from '../../data/sources.js';
import { dataTitle } from '../../messages/data-title.js';
import { t } from '../../messages/messages.js';
import { Rich } from '../../messages/rich.jsx';
import { dataInfo } from '../../session/session.js';
import { isFixed, lesson, settings } from '../../state/settings.js';
import { available, choose, chosenSet, showImage, variantsOfChosen } from '../../shared/chosen-image.js';
import { ImageSteps } from '../../shared/image-steps.jsx';
import { shownVariants, task, variantName, variants } from '../../shared/task.js';
import { opinions, spins } from './state.js';
import './rotations.css';

export function Rotations() {
  const words = t.value.hero;
  const shown = variantsOfChosen.value;
  const fixed = isFixed('digit');
  return (
    <figure class="rotations">
      {task.value === 'turns' && <p class="note turns-key">{words.key}</p>}
      <div class="turns">
        {shownVariants.value.map((variant) => (
          <Variant key={variant} variant={variant} pixels={shown?.images[variant]} label={labelOf(variant)} />
        ))}
      </div>
      <figcaption>
        <p class="note turns-note">{noteOf(dataInfo.value ? dataTitle(dataInfo.value.source) : '…')}</p>
        <div class="turn-choice">
          {!lesson.hide.has('digitSet') && (
            <select
              class="turn-set"
              aria-label={t.value.settings.digitSet.label}
              disabled={isFixed('digitSet')}
              value={chosenSet.value}
              onChange={(event) =>
                choose(event.currentTarget.value === 'test' ? 'test' : 'train', settings.digit.value)
              }
            >
              {Object.entries(t.value.settings.digitSet.choices).map(([set, title]) => (
                <option key={set} value={set}>
                  {title}
                </option>
              ))}
            </select>
          )}
          {!lesson.hide.has('digit') && (
            <>
              <ImageSteps previous={words.previous} number={t.value.settings.digit.label} next={words.next} />
              <button
                type="button"
                class="button small"
                disabled={fixed}
                onClick={() => showImage(Math.floor(Math.random() * available.value))}
              >
                {words.any}
              </button>
            </>
          )}
        </div>
      </figcaption>
    </figure>
  );
}

/** What a picture shows. @param {number} variant */
function labelOf(variant) {
  const words = t.value.hero;
  const shown = variantsOfChosen.value;
  if (!shown) return words.noImage;
  const of = { kind: kindKey.value, name: classNames.value[shown.label] };
  return task.value === 'turns'
    ? words.image({ ...of, turn: variant })
    : words.other.image({ ...of, variant: variantName(variant) });
}

/** @param {string} source of the data */
function noteOf(source) {
  const words = t.value.hero;
  if (task.value === 'turns') return words.note({ source });
  return words.other.note({ source, shown: shownVariants.value.length, of: variants.value });
}

/** One of the four pictures, and what the network says of it. @param {{ variant: number, pixels?: Uint8Array, label: string }} props */
function Variant({ variant, pixels, label }) {
  const count = variants.value;
  const said = opinions.value?.subarray(count * variant, count * (variant + 1));
  const guess = said ? said.indexOf(Math.max(...said)) : -1;
  const right = guess === variant;
  const turns = task.value === 'turns';
  return (
    <div class="turn" style={{ '--turn': variant, '--said': guess }}>
      <div class={guess < 0 ? 'turn-tile' : right ? 'turn-tile right' : 'turn-tile wrong'}>
        {/* The pointer turns with its digit: at no moment does it say another thing of it. Two names for one animation:
            a change of name starts it again. */}
        <div class={turns ? `turn-disc turning-${spins.value % 2}` : 'turn-disc'}>
          <DigitImage pixels={pixels} label={label} />
          {turns && guess >= 0 && <span class="turn-pointer" aria-hidden="true" />}
        </div>
      </div>
      <p class="turn-words">
        <b>{variantName(variant)}</b>{' '}
        {said && guess >= 0 ? (
          <span class={right ? 'turn-said right' : 'turn-said wrong'}>
            <span class="turn-mark">{right ? '✓' : '✗'}</span>{' '}
            <Rich
              text={t.value.hero.says({ variant: variantName(guess), sure: said[guess] })}
              parts={{
                wide: (inner) => <span class="turn-wide">{inner}</span>,
                sure: (inner) => <span class="turn-sure">{inner}</span>,
              }}
            />
          </span>
        ) : (
          <span class="turn-said">…</span>
        )}
      </p>
    </div>
  );
}
