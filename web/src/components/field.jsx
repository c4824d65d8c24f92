// A control for any entry of the property table.
import { useId, useState } from 'preact/hooks';
import { classNames, kind } from '../data/sources.js';
import { capital } from './format.js';
import { PROPERTIES, parse } from '../state/properties.js';
import { lesson, settings } from '../state/settings.js';

/** @typedef {import('../state/properties.js').PropertyName} PropertyName */
/** @typedef {import('@preact/signals').Signal<any>} AnySignal */

/**
 * @param {{ name: PropertyName, onChange?: () => void, disabled?: boolean, max?: number, without?: string[],
 *   brief?: boolean }} props `onChange` runs after a change of the visitor's; `without`: choices not to offer; `brief`:
 *   without the hint, and without the first word of the label where its neighbours share it
 */
export function Field({ name, onChange, disabled: off = false, max, without = [], brief = false }) {
  if (lesson.hide.has(name)) return null;
  const locked = lesson.lock.has(name);
  const disabled = off || locked;
  /** @type {import('../state/properties.js').Property} */
  const full = PROPERTIES[name];
  const hint = locked ? 'Set by the lesson.' : full.hint;
  const property = { ...full, hint: brief ? undefined : hint };
  const words = brief ? <Brief label={property.label} /> : property.label;
  const value = /** @type {AnySignal} */ (settings[name]);
  /** @param {unknown} next */
  const set = (next) => {
    value.value = next;
    onChange?.();
  };
  if (property.kind === 'choice') {
    return <Choice property={property} words={words} value={value.value} {...{ set, disabled, without }} />;
  }
  if (property.kind === 'flag') return <Flag label={words} value={value.value} set={set} disabled={disabled} />;
  if (property.kind === 'integers')
    return <NumberField property={property} value={value.value} set={set} disabled={disabled} />;
  if (property.kind === 'digits')
    return (
      <Digits
        label={property.label.replace('Digits', capital(kind.value.many))}
        value={value.value}
        set={set}
        disabled={disabled}
      />
    );
  if (property.kind === 'number' && property.slider) {
    return <Slider property={property} value={value.value} set={set} disabled={disabled} />;
  }
  const bounded = max === undefined ? property : { ...property, max: Math.min(property.max, max) };
  return <NumberField property={bounded} words={words} value={value.value} set={set} disabled={disabled} />;
}

/** “Rotation batch” among other settings of the rotation task: “Batch”. @param {{ label: string }} props */
function Brief({ label }) {
  const [group, ...rest] = label.split(' ');
  if (group !== 'Rotation' && group !== 'Reader') return label;
  return (
    <>
      <span class="visually-hidden">{group} </span>
      <span class="brief-label">{rest.join(' ')}</span>
    </>
  );
}

/**
 * @param {{ property: import('../state/properties.js').NumberProperty | import('../state/properties.js').IntegersProperty,
 *   words?: import('preact').ComponentChildren, value: number | number[], set: (value: unknown) => void, disabled: boolean }} props
 */
function NumberField({ property, words = property.label, value, set, disabled }) {
  const id = useId();
  const [error, setError] = useState('');
  const note = error || property.hint;
  return (
    <div class="field">
      <label for={id}>{words}</label>
      <input
        id={id}
        {...(property.kind === 'integers'
          ? { type: 'text', inputMode: 'numeric', value: /** @type {number[]} */ (value).join(', ') }
          : {
              type: 'number',
              inputMode: property.kind === 'integer' ? 'numeric' : 'decimal',
              step: property.kind === 'integer' ? 1 : 'any',
              min: property.min,
              max: property.max,
              value: /** @type {number} */ (value),
            })}
        disabled={disabled}
        aria-invalid={error !== ''}
        aria-describedby={note ? `${id}-note` : undefined}
        onChange={(event) => {
          const read = parse(property, event.currentTarget.value);
          setError('error' in read ? read.error : '');
          if ('value' in read) set(read.value);
        }}
      />
      {note && (
        <p id={`${id}-note`} class={error ? 'note error' : 'note'}>
          {note}
        </p>
      )}
    </div>
  );
}

/**
 * @param {{ property: import('../state/properties.js').NumberProperty, value: number,
 *   set: (value: unknown) => void, disabled: boolean }} props
 */
function Slider({ property, value, set, disabled }) {
  const id = useId();
  return (
    <div class="slider">
      <label for={id}>{property.label}</label>
      <input
        id={id}
        type="range"
        min={property.min}
        max={property.max}
        step={property.step}
        value={value}
        disabled={disabled}
        onInput={(event) => set(event.currentTarget.valueAsNumber)}
      />
      <output for={id}>{value}</output>
    </div>
  );
}

/**
 * @param {{ property: import('../state/properties.js').ChoiceProperty, words?: import('preact').ComponentChildren,
 *   value: string, set: (value: unknown) => void, disabled: boolean, without: string[] }} props
 */
function Choice({ property, words = property.label, value, set, disabled, without }) {
  const id = useId();
  const choices = Object.entries(property.choices).filter(([key]) => !without.includes(key));
  return (
    <div class="field">
      <label for={id}>{words}</label>
      <select
        id={id}
        value={value}
        disabled={disabled}
        aria-describedby={property.hint ? `${id}-note` : undefined}
        onChange={(event) => set(event.currentTarget.value)}
      >
        {choices.map(([key, title]) => (
          <option key={key} value={key}>
            {title}
          </option>
        ))}
      </select>
      {property.hint && (
        <p id={`${id}-note`} class="note">
          {property.hint}
        </p>
      )}
    </div>
  );
}

/** @param {{ label: import('preact').ComponentChildren, value: boolean, set: (value: unknown) => void, disabled?: boolean }} props */
function Flag({ label, value, set, disabled = false }) {
  return (
    <label class="flag">
      <input
        type="checkbox"
        checked={value}
        disabled={disabled}
        onChange={(event) => set(event.currentTarget.checked)}
      />
      {label}
    </label>
  );
}

/** @param {{ label: string, value: number[], set: (value: unknown) => void, disabled: boolean }} props */
function Digits({ label, value, set, disabled }) {
  return (
    <fieldset class="digits">
      <legend>{label}</legend>
      {[0, 1, 2, 3, 4, 5, 6, 7, 8, 9].map((digit) => (
        <label key={digit} class="digit-choice">
          <input
            type="checkbox"
            checked={value.includes(digit)}
            disabled={disabled}
            onChange={(event) => {
              const rest = value.filter((other) => other !== digit);
              const next = event.currentTarget.checked ? [...rest, digit].sort((a, b) => a - b) : rest;
              if (next.length > 0) set(next);
              else event.currentTarget.checked = true;
            }}
          />
          <span>{classNames.value[digit]}</span>
        </label>
      ))}
    </fieldset>
  );
}

/**
 * A row of buttons of which one is chosen.
 * @template {string} K
 * @param {{ label: string, choices: readonly (readonly [K, string])[], value: K, onChoose: (key: K) => void,
 *   property?: string }} props `property`: which entry of the property table it sets
 */
export function Segments({ label, choices, value, onChoose, property = '' }) {
  const name = useId();
  if (lesson.hide.has(property)) return null;
  return (
    <div class="segments" role="radiogroup" aria-label={label}>
      {choices.map(([key, title]) => (
        <label key={key} class="segment">
          <input
            type="radio"
            name={name}
            checked={key === value}
            disabled={lesson.lock.has(property)}
            onChange={() => onChoose(key)}
          />
          <span>{title}</span>
        </label>
      ))}
    </div>
  );
}
