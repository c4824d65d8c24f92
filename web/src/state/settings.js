// The values of the property table as signals, kept in step with the page's address.
import { Signal, batch, effect, signal } from '@preact/signals';
import { PROPERTIES, PROPERTY_NAMES, format, parse } from './properties.js';

/** @typedef {import('./properties.js').PropertyName} PropertyName */
/**
 * @template {PropertyName} N
 * @typedef {import('./properties.js').ValueOf<N>} ValueOf
 */

/** Things in the address that could not be used, one line each. @type {string[]} */
export const addressProblems = [];

/** @param {'lock' | 'hide'} key */
const named = (key) => new Set((new URLSearchParams(location.search).get(key) ?? '').split(',').filter(Boolean));

/**
 * A lesson's link may lock controls and hide controls and sections: names of the property table and of sections.
 * @type {{ readonly lock: ReadonlySet<string>, readonly hide: ReadonlySet<string> }}
 */
export const lesson = { lock: named('lock'), hide: named('hide') };
for (const name of lesson.lock) {
  if (!Object.hasOwn(PROPERTIES, name)) {
    addressProblems.push(`lock: there is no control “${name}”; there are ${PROPERTY_NAMES.join(', ')}`);
  }
}

/** Whether the lesson has fixed a value: what it hides is not to be changed either. @param {string} name */
export const isFixed = (name) => lesson.lock.has(name) || lesson.hide.has(name);

/**
 * A value that nothing on the page can change, whichever control is at it.
 * @template T
 * @extends {Signal<T>}
 */
class Fixed extends Signal {
  get value() {
    return super.value;
  }
  set value(_) {}
}

/** @param {string} search */
function readAddress(search) {
  const given = new URLSearchParams(search);
  /** @type {Record<string, import('@preact/signals').Signal<unknown>>} */
  const values = {};
  for (const name of PROPERTY_NAMES) {
    const property = PROPERTIES[name];
    const text = given.get(name);
    const read = text === null ? { value: property.initial } : parse(property, text);
    if ('error' in read) addressProblems.push(read.error);
    const value = /** @type {unknown} */ ('error' in read ? property.initial : read.value);
    values[name] = isFixed(name) ? new Fixed(value) : signal(value);
  }
  return values;
}

/** @type {{ [N in PropertyName]: import('@preact/signals').Signal<ValueOf<N>> }} */
export const settings = /** @type {any} */ (readAddress(location.search));

/** The visitor's colours are the browser's to remember: the address has them only where it came with them. */
let themeInAddress = new URLSearchParams(location.search).has('theme');

/**
 * The address that shows this page with these settings; only what differs from the table's initial values.
 * @param {{ lock: ReadonlySet<string>, hide: ReadonlySet<string> }} [links]
 * @param {Partial<Record<PropertyName, unknown>>} [others] values in the place of the present ones
 * @param {{ hash?: string, theme?: boolean }} [parts] `hash`: the place on the page; `theme`: with the colours
 */
export function address(
  { lock, hide } = lesson,
  others = {},
  { hash = location.hash, theme = themeInAddress || isFixed('theme') } = {},
) {
  const query = new URLSearchParams();
  for (const name of PROPERTY_NAMES) {
    if (name === 'theme' && !theme) continue;
    const text = format(PROPERTIES[name], others[name] ?? settings[name].value);
    if (text !== format(PROPERTIES[name], PROPERTIES[name].initial)) query.set(name, text);
  }
  // Commas stay readable.
  const list = (/** @type {string} */ key, /** @type {ReadonlySet<string>} */ names) =>
    names.size > 0 ? [`${key}=${[...names].map(encodeURIComponent).join()}`] : [];
  const search = [...(query.size > 0 ? [query.toString()] : []), ...list('lock', lock), ...list('hide', hide)].join(
    '&',
  );
  return `${location.pathname}${search ? `?${search}` : ''}${hash}`;
}

/**
 * The address to hand to others, whole: neither the sender's place on the page nor, unless the lesson fixes them, the
 * sender's colours.
 * @param {{ lock: ReadonlySet<string>, hide: ReadonlySet<string> }} [links]
 */
export function sharedLink(links = lesson) {
  const theme = links.lock.has('theme') || links.hide.has('theme');
  return new URL(address(links, {}, { hash: '', theme }), location.href).href;
}

/** Whether another address of this page leaves as it is what the lesson has fixed. @param {string} search */
export function keepsLesson(search) {
  const given = new URLSearchParams(search);
  return PROPERTY_NAMES.filter(isFixed).every((name) => {
    const property = PROPERTIES[name];
    return (given.get(name) ?? format(property, property.initial)) === format(property, settings[name].peek());
  });
}

/** Takes the settings of another address of this page, but not its colours. @param {string} search */
export function takeSettings(search) {
  const given = new URLSearchParams(search);
  batch(() => {
    for (const name of PROPERTY_NAMES) {
      if (name === 'theme') continue;
      const text = given.get(name);
      const read = text === null ? { value: PROPERTIES[name].initial } : parse(PROPERTIES[name], text);
      const value = /** @type {import('@preact/signals').Signal<unknown>} */ (settings[name]);
      if ('value' in read && format(PROPERTIES[name], read.value) !== format(PROPERTIES[name], value.peek())) {
        value.value = read.value;
      }
    }
  });
}

/** Keeps the page's address up to date from now on. */
export function followAddress() {
  effect(() => history.replaceState(history.state, '', address()));
}

const THEME_KEY = 'quarterturn.theme';

/** Storage may be denied, which is an exception already when it is named. @param {string} [choice] */
function keptTheme(choice) {
  try {
    if (choice !== undefined) localStorage.setItem(THEME_KEY, choice);
    return localStorage.getItem(THEME_KEY);
  } catch {
    return null;
  }
}

/** Colours: the address wins, then the visitor's last choice, then the system; boot/boot.js shows them before. */
export function followTheme() {
  if (!themeInAddress) {
    const kept = keptTheme();
    if (kept === 'light' || kept === 'dark') settings.theme.value = kept;
  }
  const dark = matchMedia('(prefers-color-scheme: dark)');
  const apply = () => {
    const chosen = forced.value ?? settings.theme.value;
    const theme = chosen === 'auto' ? (dark.matches ? 'dark' : 'light') : chosen;
    document.documentElement.dataset.theme = theme;
    shownTheme.value = theme;
  };
  dark.addEventListener('change', apply);
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
  if (keptTheme(theme) !== theme) themeInAddress = true; // nothing is remembered here
  settings.theme.value = theme;
}
