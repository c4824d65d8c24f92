// A control for any entry of the property table.
import { useId, useState } from 'preact/hooks';
import { classNames, kindKey } from '../data/sources.js';
import { plain } from '../messages/intl.js';
import { t } from '../messages/messages.js';
import { Rich } from '../messages/rich.jsx';
import { PROPERTIES, faultText, parse, settingWords } from '../state/properties.js';
import { lesson, settings } from '../state/settings.js';
import { Padlock } from './padlock.jsx';

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
  const property = PROPERTIES[name];
  const said = settingWords(name);
  const hint = locked ? t.value.components.setByLesson : brief ? undefined : said.hint;
  /** Where there is no room for a hint, it is still heard. */
  const quiet = brief && locked;
  const task = /** @type {import('../messages/en/first.js').Task} */ (settings.task.value);
  const short = brief ? (said.brief ?? said.ofTask?.({ task, brief })) : undefined;
  const full = said.ofTask?.({ task, brief: false }) ?? said.label;
  const named = short ? <Brief text={short} /> : full;
  const marked = (/** @type {Children} */ words) => (locked ? withPadlock(words) : words);
  const label = marked(named);
  const value = /** @type {AnySignal} */ (settings[name]);
  /** @param {unknown} next */
  const set = (next) => {
    value.value = next;
    onChange?.();
  };
  if (property.kind === 'choice') {
    const choices = property.choices
      .filter((key) => !without.includes(key))
      .map((key) => /** @type {const} */ ([key, said.choices?.[key] ?? key]));
    return <Choice {...{ label, hint, quiet, choices, value: value.value, set, disabled }} />;
  }
  if (property.kind === 'flag') return <Flag label={label} value={value.value} set={set} disabled={disabled} />;
  if (property.kind === 'integers')
    return <NumberField {...{ name, property, label, full, hint, quiet, value: value.value, set, disabled }} />;
  if (property.kind === 'digits')
    return (
      <Digits
        label={marked(said.ofKind?.({ kind: kindKey.value }) ?? said.label)}
        value={value.value}
        set={set}
        disabled={disabled}
      />
    );
  if (property.kind === 'number' && property.slider) {
    return <Slider {...{ property, label, value: value.value, set, disabled }} />;
  }
  const bounded = max === undefined ? property : { ...property, max: Math.min(property.max, max) };
  return <NumberField {...{ name, property: bounded, label, full, hint, quiet, value: value.value, set, disabled }} />;
}

/** @param {Children} words */
const withPadlock = (words) => (
  <span class="locked-label">
    {words}
    <Padlock />
  </span>
);

/** “Rotation batch” among other settings of the rotation task: “Batch”. @param {{ text: string }} props */
const Brief = ({ text }) => (
  <Rich
    text={text}
    parts={{
      group: (inner) => <span class="visually-hidden">{inner}</span>,
      name: (inner) => <span class="brief-label">{inner}</span>,
    }}
  />
);

/** @typedef {import('preact').ComponentChildren} Children */

/**
 * @param {{ name: PropertyName, property: import('../state/properties.js').NumberProperty |
 *   import('../state/properties.js').IntegersProperty, label: Children, full: string, hint?: string, quiet: boolean,
 *   value: number | number[], set: (value: unknown) => void, disabled: boolean }} props `full`: the whole label, as text;
 *   `quiet`: the hint is not seen
 */
function NumberField({ name, property, label, full, hint, quiet, value, set, disabled }) {
  const id = useId();
  const [fault, setFault] = useState(/** @type {import('../state/properties.js').ValueFault | null} */ (null));
  // What is being typed, until it counts: the field may be drawn again meanwhile.
  const [draft, setDraft] = useState(/** @type {string | null} */ (null));
  const note = fault ? t.value.address && faultText(name, fault, full) : hint;
  return (
    <div class="field">
      <label for={id}>{label}</label>
      <input
        id={id}
        {...(property.kind === 'integers'
          ? { type: 'text', inputMode: 'numeric', value: draft ?? /** @type {number[]} */ (value).join(', ') }
          : {
              type: 'number',
              inputMode: property.kind === 'integer' ? 'numeric' : 'decimal',
              step: property.kind === 'integer' ? 1 : 'any',
              min: property.min,
              max: property.max,
              value: draft ?? /** @type {number} */ (value),
            })}
        disabled={disabled}
        aria-invalid={fault !== null}
        aria-describedby={note ? `${id}-note` : undefined}
        onInput={(event) => setDraft(event.currentTarget.value)}
        onBlur={() => setDraft(null)}
        onChange={(event) => {
          setDraft(null);
          const read = parse(property, event.currentTarget.value);
          setFault('fault' in read ? read.fault : null);
          if ('value' in read) set(read.value);
        }}
      />
      {note && (
        <p id={`${id}-note`} class={fault ? 'note error' : quiet ? 'visually-hidden' : 'note'}>
          {note}
        </p>
      )}
    </div>
  );
}

/**
 * @param {{ property: import('../state/properties.js').NumberProperty, label: Children, value: number,
 *   set: (value: unknown) => void, disabled: boolean }} props
 */
function Slider({ property, label, value, set, disabled }) {
  const id = useId();
  return (
    <div class="slider">
      <label for={id}>{label}</label>
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
      <output for={id}>{plain(value)}</output>
    </div>
  );
}

/**
 * @param {{ label: Children, hint?: string, quiet: boolean, choices: readonly (readonly [string, string])[], value: string,
 *   set: (value: unknown) => void, disabled: boolean }} props `quiet`: the hint is not seen
 */
function Choice({ label, hint, quiet, choices, value, set, disabled }) {
  const id = useId();
  return (
    <div class="field">
      <label for={id}>{label}</label>
      <select
        id={id}
        value={value}
        disabled={disabled}
        aria-describedby={hint ? `${id}-note` : undefined}
        onChange={(event) => set(event.currentTarget.value)}
      >
        {choices.map(([key, title]) => (
          <option key={key} value={key}>
            {title}
          </option>
        ))}
      </select>
      {hint && (
        <p id={`${id}-note`} class={quiet ? 'visually-hidden' : 'note'}>
          {hint}
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

/** @param {{ label: Children, value: number[], set: (value: unknown) => void, disabled: boolean }} props */
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
  const locked = lesson.lock.has(property);
  return (
    <div class="segments" role="radiogroup" aria-label={label}>
      {choices.map(([key, title]) => (
        <label key={key} class="segment">
          <input type="radio" name={name} checked={key === value} disabled={locked} onChange={() => onChoose(key)} />
          <span>{title}</span>
        </label>
      ))}
      {locked && <Padlock />}
    </div>
  );
}
