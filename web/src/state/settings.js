// The values of the property table as signals, kept in step with the page's address.
import { Signal, batch, effect, signal } from '@preact/signals';
import { PSEUDO, SPOKEN } from '../messages/choose.js';
import { language } from '../messages/intl.js';
import { speak, t } from '../messages/messages.js';
import { keepLanguage } from './language.js';
import { LESSON_NAMES, isLesson, taskText } from './lesson-text.js';
import { scoped } from './scope.js';
import { GENERATOR_VERSION, PROPERTIES, PROPERTY_NAMES, format, parse } from './properties.js';

/** @typedef {import('./properties.js').PropertyName} PropertyName */
/**
 * @template {PropertyName} N
 * @typedef {import('./properties.js').ValueOf<N>} ValueOf
 */

/**
 * Things in the address that could not be used: keys of the messages' room `address`; `name`: of the setting at fault.
 * @type {(import('./properties.js').ValueFault & { name?: PropertyName })[]}
 */
export const addressProblems = [];

/** What the page's address gave when it was opened. */
let given = new URLSearchParams();
/** The address says which language: it goes on saying so. */
const speaks = signal(false);

/**
 * @typedef {object} LessonLink
 * @property {ReadonlySet<string>} lock
 * @property {ReadonlySet<string>} hide
 * @property {import('./lesson-text.js').LessonName | ''} [ready] the ready lesson whose task is shown; empty: none
 * @property {string} [text] a task in the teacher's own words, in its place
 */

const byLesson = /** @type {Required<LessonLink>} */ ({ lock: new Set(), hide: new Set(), ready: '', text: '' });
/**
 * A lesson's link may lock controls and hide controls and sections: names of the property table and of sections. It may
 * bring a task.
 * @type {Readonly<Required<LessonLink>>}
 */
export const lesson = byLesson;

/** Whether the lesson has fixed a value: what it hides is not to be changed either. @param {string} name */
export const isFixed = (name) => lesson.lock.has(name) || lesson.hide.has(name);

/**
 * A value that nothing on the page can change once the lesson has fixed it, whichever control is at it.
 * @template T
 * @extends {Signal<T>}
 */
class Setting extends Signal {
  /** @param {PropertyName} property @param {T} initial */
  constructor(property, initial) {
    super(initial);
    this.property = property;
  }
  get value() {
    return super.value;
  }
  set value(next) {
    if (!isFixed(this.property)) super.value = next;
  }
}

/** @type {{ [N in PropertyName]: import('@preact/signals').Signal<ValueOf<N>> }} */
export const settings = /** @type {any} */ (
  Object.fromEntries(PROPERTY_NAMES.map((name) => [name, new Setting(name, PROPERTIES[name].initial)]))
);

/** Takes the values, and what a lesson fixes, from the page's address: once, before anything else asks for them. */
export function readAddress() {
  given = new URLSearchParams(location.search);
  for (const name of PROPERTY_NAMES) {
    const property = PROPERTIES[name];
    const text = given.get(name);
    const read = text === null ? { value: property.initial } : parse(property, text);
    if ('fault' in read) addressProblems.push({ ...read.fault, name });
    const value = /** @type {import('@preact/signals').Signal<unknown>} */ (settings[name]);
    if ('value' in read) value.value = read.value;
  }
  const names = (/** @type {'lock' | 'hide'} */ key) => new Set((given.get(key) ?? '').split(',').filter(Boolean));
  const ready = given.get('lesson') ?? '';
  if (ready !== '' && !isLesson(ready)) {
    addressProblems.push({ code: 'noLesson', values: { name: ready, names: LESSON_NAMES } });
  }
  Object.assign(byLesson, {
    lock: names('lock'),
    hide: names('hide'),
    ready: isLesson(ready) ? ready : '',
    text: taskText(given.get('say') ?? ''),
  });
  for (const name of lesson.lock) {
    if (!Object.hasOwn(PROPERTIES, name)) {
      addressProblems.push({ code: 'nothingToLock', values: { name, names: PROPERTY_NAMES } });
    }
  }
  // A link to digits of another version of the generator: its figures are not those that will be seen.
  const digits = given.get('digits');
  if (digits !== null && digits !== String(GENERATOR_VERSION)) {
    addressProblems.push({ code: 'otherDigits', values: { version: digits, present: GENERATOR_VERSION } });
  }
  const asked = given.get('lang');
  speaks.value = asked !== null && [...SPOKEN, PSEUDO].includes(asked);
  if (asked !== null && !speaks.value) {
    addressProblems.push({ code: 'noLanguage', values: { name: asked, names: SPOKEN } });
  }
}

/**
 * Whether a value belongs into an address: a visitor's own taste (the colours) only where the page's own address has it
 * already, or where the lesson fixes it.
 * @param {PropertyName} name
 * @param {ReadonlySet<string>[]} fixed
 */
const isAddressed = (name, fixed) =>
  !('personal' in PROPERTIES[name]) ||
  fixed.some((names) => names.has(name)) ||
  given.get(name) === settings[name].value;

/**
 * The settings as a query; only what differs from the table's initial values.
 * @param {LessonLink} links
 * @param {Partial<Record<PropertyName, unknown>>} others values in the place of the present ones
 * @param {(name: PropertyName) => boolean} wanted
 * @param {{ inLanguage?: string, withVersion?: boolean }} [and] the language; the version of the generated digits
 */
function search({ lock, hide, ready = '', text: task = '' }, others, wanted, { inLanguage, withVersion = false } = {}) {
  const query = new URLSearchParams();
  for (const name of PROPERTY_NAMES) {
    const text = format(PROPERTIES[name], others[name] ?? settings[name].value);
    if (text !== format(PROPERTIES[name], PROPERTIES[name].initial) && wanted(name)) query.set(name, text);
  }
  if (withVersion) query.set('digits', String(GENERATOR_VERSION));
  if (inLanguage) query.set('lang', inLanguage);
  if (ready !== '') query.set('lesson', ready);
  if (task !== '') query.set('say', task);
  // Commas stay readable.
  const list = (/** @type {string} */ key, /** @type {ReadonlySet<string>} */ names) =>
    names.size > 0 ? [`${key}=${[...names].map(encodeURIComponent).join()}`] : [];
  const parts = [...(query.size > 0 ? [query.toString()] : []), ...list('lock', lock), ...list('hide', hide)];
  return parts.length > 0 ? `?${parts.join('&')}` : '';
}

/**
 * The address of this page with its settings as they are.
 * @param {Partial<Record<PropertyName, unknown>>} [others] values in the place of the present ones
 * @param {string} [inLanguage] unless it is the present one
 */
export const address = (others = {}, inLanguage = speaks.value ? language.value : undefined) =>
  `${location.pathname}${search(lesson, others, (name) => isAddressed(name, [lesson.lock, lesson.hide]), { inLanguage })}${location.hash}`;

/**
 * A link for others: the whole page from its top, with the settings but without the language and the colours of who
 * shares it, unless the lesson fixes these.
 * @param {LessonLink} [links]
 * @param {boolean} [generated] whether the data are generated digits: the link then carries their version
 * @param {Partial<Record<PropertyName, unknown>>} [others] values in the place of the present ones
 */
export function shareLink(links = lesson, generated = settings.data.value === 'generated', others = {}) {
  const wanted = (/** @type {PropertyName} */ name) =>
    !('personal' in PROPERTIES[name]) || links.lock.has(name) || links.hide.has(name);
  return new URL(`${location.pathname}${search(links, others, wanted, { withVersion: generated })}`, location.href)
    .href;
}

/** Whether another address of this page leaves as it is what the lesson has fixed. @param {string} other */
export function keepsLesson(other) {
  const kept = new URLSearchParams(other);
  return PROPERTY_NAMES.filter((name) => isFixed(name) && !('personal' in PROPERTIES[name])).every((name) => {
    const property = PROPERTIES[name];
    return (kept.get(name) ?? format(property, property.initial)) === format(property, settings[name].peek());
  });
}

/** Takes the settings of another address of this page, but for the visitor's own taste. @param {string} other */
export function takeSettings(other) {
  const kept = new URLSearchParams(other);
  batch(() => {
    for (const name of PROPERTY_NAMES) {
      if ('personal' in PROPERTIES[name]) continue;
      const text = kept.get(name);
      const read = text === null ? { value: PROPERTIES[name].initial } : parse(PROPERTIES[name], text);
      const value = /** @type {import('@preact/signals').Signal<unknown>} */ (settings[name]);
      if ('value' in read && format(PROPERTIES[name], read.value) !== format(PROPERTIES[name], value.peek())) {
        value.value = read.value;
      }
    }
  });
}

/**
 * Browsers take only so many changes of the address: WebKit 100 in 30 seconds, Chromium and Firefox 200 in 30 and in 10.
 * More are dropped (Chromium) or throw a SecurityError (the others).
 */
const ADDRESS_INTERVAL_MILLISECONDS = 400;

/** Keeps the page's address up to date from now on: a few times a second at most, and the last value always. */
export function followAddress() {
  let written = -Infinity;
  /** @type {ReturnType<typeof setTimeout> | undefined} */
  let waiting;
  const write = () => {
    clearTimeout(waiting);
    waiting = undefined;
    written = performance.now();
    try {
      history.replaceState(history.state, '', address());
    } catch {
      later(); // something else on the page has used up what the browser allows
    }
  };
  const later = () => {
    waiting ??= setTimeout(write, Math.max(0, written + ADDRESS_INTERVAL_MILLISECONDS - performance.now()));
  };
  const writeNow = () => waiting !== undefined && write();
  effect(() => {
    address(); // every setting is followed
    if (waiting === undefined && performance.now() - written >= ADDRESS_INTERVAL_MILLISECONDS) write();
    else later();
  });
  // A reload, and a tab that is closed and brought back, begin with the address as it stands.
  addEventListener('pagehide', writeNow);
  document.addEventListener('visibilitychange', () => document.hidden && writeNow());
  // An earlier entry of the history has the settings of its own time in its address.
  addEventListener('popstate', later);
}

/** Storage may be denied, which is an exception already when it is named. @param {string} [choice] */
function keptTheme(choice) {
  try {
    if (choice !== undefined) localStorage.setItem(scoped('theme'), choice);
    return localStorage.getItem(scoped('theme'));
  } catch {
    return null;
  }
}

/** Colours: the address wins, then the visitor's last choice, then the system; boot/boot.js shows them before. */
export function followTheme() {
  if (!given.has('theme')) {
    const kept = keptTheme();
    if (kept === 'light' || kept === 'dark') settings.theme.value = kept;
  }
  const dark = matchMedia('(prefers-color-scheme: dark)');
  // There the system says which colours there are, and whether they are light on dark.
  const systemColours = matchMedia('(forced-colors: active)');
  const apply = () => {
    const chosen = forced.value ?? (systemColours.matches ? 'auto' : settings.theme.value);
    const theme = chosen === 'auto' ? (dark.matches ? 'dark' : 'light') : chosen;
    document.documentElement.dataset.theme = theme;
    shownTheme.value = theme;
  };
  for (const wish of [dark, systemColours]) wish.addEventListener('change', apply);
  effect(apply);
}

/** Colours in the place of the chosen ones, as on paper. */
const forced = signal(/** @type {'light' | 'dark' | null} */ (null));
/** @param {'light' | 'dark' | null} theme null: as the visitor has chosen */
export const forceTheme = (theme) => {
  forced.value = theme;
};

/** 'light' or 'dark': what is on the screen. Charts redraw when it changes. */
export const shownTheme = signal('light');

/** @param {'light' | 'dark'} theme */
export function chooseTheme(theme) {
  // Where nothing can be stored, the page's address keeps it over a reload.
  if (keptTheme(theme) !== theme) given.set('theme', theme);
  settings.theme.value = theme;
}

/** The document says in which language it is, to browsers, screen readers and style sheets. */
export function followLanguage() {
  const description = document.querySelector('meta[name=description]');
  effect(() => {
    document.documentElement.lang = language.value;
    description?.setAttribute('content', t.value.page.description);
  });
}

/**
 * The page in another language, at once; kept for the next visit, and by the address, so that a link to it keeps it too.
 * @param {string} name of the messages' LANGUAGES
 */
export async function chooseLanguage(name) {
  await speak(name);
  keepLanguage(name);
  speaks.value = true;
}
