// A small dialog that builds the link of a lesson: settings, a task, some controls locked, some parts hidden.
import { useRef, useState } from 'preact/hooks';
import { LESSONS, lessonValues } from '../../state/lessons.js';
import { LESSON_NAMES, MOST_LETTERS, taskText } from '../../state/lesson-text.js';
import { PROPERTIES, PROPERTY_NAMES, settingWords } from '../../state/properties.js';
import { Copy } from '../../components/copy.jsx';
import { DataTable } from '../../components/data-table.jsx';
import { t } from '../../messages/messages.js';
import { isGenerated } from '../../data/sources.js';
import { lesson, settings, shareLink } from '../../state/settings.js';
import { LessonTask } from './lesson-task.jsx';

/** @typedef {import('../../state/properties.js').PropertyName} PropertyName */
/** @typedef {import('../../state/lesson-text.js').LessonName} LessonName */

/** Sections of the page by their headings, and what stands beside them. */
const sections = () => [
  ...[...document.querySelectorAll('main > section[id]')].map((section) => ({
    name: section.id,
    title: section.querySelector('h2')?.textContent ?? section.id,
  })),
  { name: 'try', title: t.peek().tries.name },
  { name: 'guess', title: t.peek().tries.guess.name },
];

/** @param {ReadonlySet<string>} names @param {string} name @param {boolean} on */
const withName = (names, name, on) => new Set(on ? [...names, name] : [...names].filter((other) => other !== name));

export function Lesson() {
  const dialog = useRef(/** @type {HTMLDialogElement | null} */ (null));
  // The controls are on the page only while the dialog is open.
  const [parts, setParts] = useState(/** @type {ReturnType<typeof sections> | null} */ (null));
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
        {parts && <Builder parts={parts} onClose={() => dialog.current?.close()} />}
      </dialog>
    </>
  );
}

/** @param {{ parts: ReturnType<typeof sections>, onClose: () => void }} props */
function Builder({ parts, onClose }) {
  const words = t.value.keep;
  const { lessons } = t.value;
  const [lock, setLock] = useState(lesson.lock);
  const [hide, setHide] = useState(lesson.hide);
  const [ready, setReady] = useState(/** @type {LessonName | ''} */ (''));
  const taskOf = (/** @type {LessonName | ''} */ name) => (name ? lessons.ready[name].task : '');
  const [task, setTask] = useState(lesson.text || taskOf(lesson.ready));
  const values = ready === '' ? {} : lessonValues(ready);

  /** @param {LessonName | ''} name */
  const begin = (name) => {
    setReady(name);
    setLock(new Set(name ? LESSONS[name].lock : lesson.lock));
    setHide(new Set(name ? LESSONS[name].hide : lesson.hide));
    setTask(name ? taskOf(name) : lesson.text || taskOf(lesson.ready));
  };
  // A ready lesson's own words stay a name, which every language has words for.
  const named = [ready, lesson.ready].find((name) => name && taskOf(name) === task) ?? '';
  const text = named ? '' : taskText(task);
  const link = shareLink({ lock, hide, ready: named, text }, isGenerated(), values);
  return (
    <>
      <h3>{words.lesson}</h3>
      <p class="note">{words.lessonNote}</p>
      <label class="lesson-link">
        {lessons.begin}
        <select value={ready} onChange={(event) => begin(/** @type {LessonName | ''} */ (event.currentTarget.value))}>
          <option value="">{lessons.present}</option>
          {LESSON_NAMES.map((name) => (
            <option key={name} value={name}>
              {lessons.ready[name].title}
            </option>
          ))}
        </select>
      </label>
      <label class="lesson-link">
        {lessons.taskLabel}
        <textarea
          class="keep-text"
          rows={3}
          maxLength={MOST_LETTERS}
          value={task}
          onInput={(event) => setTask(event.currentTarget.value)}
        />
        <span class="note">{lessons.taskNote({ most: MOST_LETTERS })}</span>
      </label>
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
      <Preview {...{ parts, lock, hide, named, text, link }} values={{ ...values }} />
      <label class="lesson-link">
        {words.lessonLink}
        <input type="text" readOnly value={link} onFocus={(event) => event.currentTarget.select()} />
      </label>
      <div class="keep-buttons">
        <Copy text={link} label={words.copyLesson} />
        <button type="button" class="button small" onClick={onClose}>
          {words.close}
        </button>
      </div>
    </>
  );
}

/**
 * @param {{ parts: ReturnType<typeof sections>, lock: ReadonlySet<string>, hide: ReadonlySet<string>,
 *   named: LessonName | '', text: string, link: string, values: Partial<Record<PropertyName, unknown>> }} props
 */
function Preview({ parts, lock, hide, named, text, link, values }) {
  const words = t.value.lessons;
  const locked = PROPERTY_NAMES.filter((name) => lock.has(name) && !hide.has(name));
  const gone = PROPERTY_NAMES.filter((name) => hide.has(name));
  return (
    <section class="lesson-preview" aria-labelledby="lesson-preview">
      <h4 id="lesson-preview">{words.preview}</h4>
      {named || text ? <LessonTask ready={named} text={text} within /> : <p class="note">{words.noTask}</p>}
      <p>{words.shows({ parts: parts.filter(({ name }) => !hide.has(name)).map(({ title }) => title) })}</p>
      {locked.length > 0 && (
        <p>
          {words.locked({
            values: locked.map((name) =>
              words.lockedValue({
                control: settingWords(name).label,
                value: valueText(name, values[name] ?? settings[name].value),
              }),
            ),
          })}
        </p>
      )}
      {gone.length > 0 && <p>{words.hidden({ controls: gone.map((name) => settingWords(name).label) })}</p>}
      {locked.length + gone.length === 0 && <p>{words.nothingLocked}</p>}
      <p>
        <a href={link} target="_blank" rel="noopener">
          {words.open}
        </a>{' '}
        <span class="note">{words.inNewTab}</span>
      </p>
    </section>
  );
}

/** A setting's value as its control shows it. @param {PropertyName} name @param {unknown} value */
function valueText(name, value) {
  if (PROPERTIES[name].kind === 'flag') return value ? t.value.lessons.on : t.value.lessons.off;
  return settingWords(name).choices?.[String(value)] ?? String(value);
}

/**
 * @param {{ what: (values: { control: string }) => string, name: PropertyName, names: ReadonlySet<string>,
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
