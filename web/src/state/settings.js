// The values of the property table as signals, kept in step with the page's address.
import { effect, signal } from '@preact/signals';
import { PROPERTIES, PROPERTY_NAMES, format, parse } from './properties.js';

/** @typedef {import('./properties.js').PropertyName} PropertyName */
/**
 * @template {PropertyName} N
 * @typedef {import('./properties.js').ValueOf<N>} ValueOf
 */

/** Things in the address that could not be used, one line each. @type {string[]} */
export const addressProblems = [];

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
    values[name] = signal('error' in read ? property.initial : read.value);
  }
  return values;
}

/** @type {{ [N in PropertyName]: import('@preact/signals').Signal<ValueOf<N>> }} */
export const settings = /** @type {any} */ (readAddress(location.search));

/** The address that shows this page with these settings; only what differs from the table's initial values. */
export function address() {
  const query = new URLSearchParams();
  for (const name of PROPERTY_NAMES) {
    const text = format(PROPERTIES[name], settings[name].value);
    if (text !== format(PROPERTIES[name], PROPERTIES[name].initial)) query.set(name, text);
  }
  const search = query.toString();
  return `${location.pathname}${search ? `?${search}` : ''}${location.hash}`;
}

/** Keeps the page's address up to date from now on. */
export function followAddress() {
  effect(() => history.replaceState(history.state, '', address()));
}

const THEME_KEY = 'quarterturn.theme';

/** Colours: the address wins, then the visitor's last choice, then the system. */
export function followTheme() {
  if (!new URLSearchParams(location.search).has('theme')) {
    const kept = localStorage.getItem(THEME_KEY);
    if (kept === 'light' || kept === 'dark') settings.theme.value = kept;
  }
  const dark = matchMedia('(prefers-color-scheme: dark)');
  const apply = () => {
    const theme = settings.theme.value === 'auto' ? (dark.matches ? 'dark' : 'light') : settings.theme.value;
    document.documentElement.dataset.theme = theme;
    shownTheme.value = theme;
  };
  dark.addEventListener('change', apply);
  effect(apply);
}

/** 'light' or 'dark': what is on the screen. Charts redraw when it changes. */
export const shownTheme = signal('light');

/** @param {'light' | 'dark'} theme */
export function chooseTheme(theme) {
  settings.theme.value = theme;
  localStorage.setItem(THEME_KEY, theme);
}
