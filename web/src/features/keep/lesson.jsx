// A small dialog that builds the link of a lesson: the present settings, some controls locked, some parts hidden.
import { useRef, useState } from 'preact/hooks';
import { PROPERTIES, PROPERTY_NAMES } from '../../state/properties.js';
import { lesson, sharedLink } from '../../state/settings.js';
import { Copy } from './copy.jsx';

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
  const link = sharedLink({ lock, hide });
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
        Make a lesson link…
      </button>
      <dialog ref={dialog} class="lesson" aria-label="A link for a lesson" onClose={() => setParts(null)}>
        {parts && (
          <>
            <h3>A link for a lesson</h3>
            <p class="note">
              It opens this page as it is set now, with fresh weights. Locked controls show their value; hidden parts
              are left out. Neither can be changed on that page; whoever edits the address opens another one.
            </p>
            <div class="lesson-lists">
              <table>
                <thead>
                  <tr>
                    <th scope="col">Control</th>
                    <th scope="col">Lock</th>
                    <th scope="col">Hide</th>
                  </tr>
                </thead>
                <tbody>
                  {PROPERTY_NAMES.map((name) => {
                    const { label } = PROPERTIES[name];
                    return (
                      <tr key={name}>
                        <th scope="row">{label}</th>
                        <td>
                          <input
                            type="checkbox"
                            aria-label={`Lock ${label}`}
                            checked={lock.has(name)}
                            onChange={(event) => setLock(withName(lock, name, event.currentTarget.checked))}
                          />
                        </td>
                        <td>
                          <input
                            type="checkbox"
                            aria-label={`Hide ${label}`}
                            checked={hide.has(name)}
                            onChange={(event) => setHide(withName(hide, name, event.currentTarget.checked))}
                          />
                        </td>
                      </tr>
                    );
                  })}
                </tbody>
              </table>
              <fieldset>
                <legend>Hide whole parts</legend>
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
              The link
              <input type="text" readOnly value={link} onFocus={(event) => event.currentTarget.select()} />
            </label>
            <div class="keep-buttons">
              <Copy text={link} label="Copy the lesson link" />
              <button type="button" class="button small" onClick={() => dialog.current?.close()}>
                Close
              </button>
            </div>
          </>
        )}
      </dialog>
    </>
  );
}
