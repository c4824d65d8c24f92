// A small dialog that builds the link of a lesson: the present settings, some controls locked, some parts hidden.
import { useRef, useState } from 'preact/hooks';
import { PROPERTY_NAMES } from '../../state/properties.js';
import { Copy } from '../../components/copy.jsx';
import { DataTable } from '../../components/data-table.jsx';
import { t } from '../../messages/messages.js';
import { isGenerated } from '../../data/sources.js';
import { lesson, shareLink } from '../../state/settings.js';

/** Sections of the page by their headings. */
const sections = () =>
  [...document.querySelectorAll('main > section[id]')]
    .map((section) => ({ name: section.id, title: section.querySelector('h2')?.textContent ?? section.id }))
    .filter(({ name }) => name !== 'keep');

/** @param {ReadonlySet<string>} names @param {string} name @param {boolean} on */
const withName = (names, name, on) => new Set(on ? [...names, name] : [...names].filter((other) => other !== name));

export function Lesson() {
  const dialog = useRef(/** @type {HTMLDialogElement | null} */ (null));
  const [lock, setLock] = useState(lesson.lock);
  const [hide, setHide] = useState(lesson.hide);
  // The controls are on the page only while the dialog is open.
  const [parts, setParts] = useState(/** @type {ReturnType<typeof sections> | null} */ (null));
  const link = shareLink({ lock, hide }, isGenerated());
  const words = t.value.keep;
  return (
    <>
      <button
        type="button"
        class="button small"
        onClick={() => {
          setParts(sections());
          dialog.current?.showModal();
        }}
      >
        {words.makeLesson}
      </button>
      <dialog ref={dialog} class="lesson" aria-label={words.lesson} onClose={() => setParts(null)}>
        {parts && (
          <>
            <h3>{words.lesson}</h3>
            <p class="note">{words.lessonNote}</p>
            <div class="lesson-lists">
              <DataTable
                class="lesson-table"
                rows={PROPERTY_NAMES}
                keyOf={(name) => name}
                columns={[
                  { key: 'control', title: words.control, cell: (name) => t.value.settings[name].label },
                  {
                    key: 'lock',
                    title: words.lock,
                    cell: (name) => <Tick what={words.lockOf} {...{ name, names: lock, onNames: setLock }} />,
                  },
                  {
                    key: 'hide',
                    title: words.hide,
                    cell: (name) => <Tick what={words.hideOf} {...{ name, names: hide, onNames: setHide }} />,
                  },
                ]}
              />
              <fieldset>
                <legend>{words.hideParts}</legend>
                {parts.map(({ name, title }) => (
                  <label key={name} class="flag">
                    <input
                      type="checkbox"
                      checked={hide.has(name)}
                      onChange={(event) => setHide(withName(hide, name, event.currentTarget.checked))}
                    />
                    {title}
                  </label>
                ))}
              </fieldset>
            </div>
            <label class="lesson-link">
              {words.lessonLink}
              <input type="text" readOnly value={link} onFocus={(event) => event.currentTarget.select()} />
            </label>
            <div class="keep-buttons">
              <Copy text={link} label={words.copyLesson} />
              <button type="button" class="button small" onClick={() => dialog.current?.close()}>
                {words.close}
              </button>
            </div>
          </>
        )}
      </dialog>
    </>
  );
}

/**
 * @param {{ what: (values: { control: string }) => string, name: import('../../state/properties.js').PropertyName, names: ReadonlySet<string>,
 *   onNames: (names: ReadonlySet<string>) => void }} props
 */
const Tick = ({ what, name, names, onNames }) => (
  <input
    type="checkbox"
    aria-label={what({ control: t.value.settings[name].label })}
    checked={names.has(name)}
    onChange={(event) => onNames(withName(names, name, event.currentTarget.checked))}
  />
);
