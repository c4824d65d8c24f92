// Numbers, dates and plurals in the language of the page, by Intl.
import { signal } from '@preact/signals';

/** A BCP 47 name. */
export const language = signal('en');

/** @type {Map<string, Intl.NumberFormat>} */
const formats = new Map();
/** Intl's objects take long to make. @param {Intl.NumberFormatOptions} options */
function numberFormat(options) {
  const key = `${language.value} ${JSON.stringify(options)}`;
  const format = formats.get(key) ?? new Intl.NumberFormat(language.value, options);
  formats.set(key, format);
  return format;
}

/** 12,345 @param {number} value */
export const whole = (value) => numberFormat({ maximumFractionDigits: 0 }).format(value);

/** 93.4% @param {number} share 0..1 @param {number} [digits] behind the point */
export const percent = (share, digits = 1) =>
  numberFormat({ style: 'percent', minimumFractionDigits: digits, maximumFractionDigits: digits }).format(share);

/** With so many digits behind the point. @param {number} value @param {number} digits */
export const fixed = (value, digits) =>
  numberFormat({ minimumFractionDigits: digits, maximumFractionDigits: digits, useGrouping: false }).format(value);

/** Without grouping and with no more digits than it has: a rate, a seed, the number of an image. @param {number} value */
export const plain = (value) => numberFormat({ maximumSignificantDigits: 15, useGrouping: false }).format(value);

/** Three significant digits, for losses. @param {number} value */
export function loss(value) {
  if (!Number.isFinite(value)) return '–';
  if (value !== 0 && Math.abs(value) < 0.001) {
    const [figures, power] = value.toExponential(1).split('e');
    return `${fixed(Number(figures), 1)}e${power}`;
  }
  return numberFormat({ minimumSignificantDigits: 3, maximumSignificantDigits: 3, useGrouping: false }).format(value);
}

/** 1:05 or 2:10:00 @param {number} seconds */
export function duration(seconds) {
  if (!Number.isFinite(seconds)) return '–';
  const total = Math.max(0, Math.round(seconds));
  const [hours, minutes, rest] = [Math.floor(total / 3600), Math.floor(total / 60) % 60, total % 60];
  const two = (/** @type {number} */ value) => numberFormat({ minimumIntegerDigits: 2 }).format(value);
  return hours > 0 ? `${plain(hours)}:${two(minutes)}:${two(rest)}` : `${plain(minutes)}:${two(rest)}`;
}

/** “Digit” of “digit”. @param {string} word */
export const capital = (word) => word.charAt(0).toLocaleUpperCase(language.value) + word.slice(1);
/** As many significant digits: 0.0123, and 1.23E-7 below a millionth. @param {number} value @param {number} [digits] */
export const significant = (value, digits = 3) =>
  numberFormat({
    minimumSignificantDigits: digits,
    maximumSignificantDigits: digits,
    useGrouping: false,
    ...(value !== 0 && Math.abs(value) < 1e-6 ? { notation: 'scientific' } : {}),
  }).format(value);

/** 14:05, and the day where it is not today. @param {number | Date} moment */
export function time(moment) {
  const today = new Date(moment).toDateString() === new Date().toDateString();
  /** @type {Intl.DateTimeFormatOptions} */
  const options = today ? { timeStyle: 'short' } : { dateStyle: 'medium', timeStyle: 'short' };
  return new Intl.DateTimeFormat(language.value, options).format(moment);
}

/** 14:05:09 @param {number | Date} moment */
export const clock = (moment) => new Intl.DateTimeFormat(language.value, { timeStyle: 'medium' }).format(moment);

/** November 2026 @param {number | Date} moment of the first day, in UTC */
export const month = (moment) =>
  new Intl.DateTimeFormat(language.value, { year: 'numeric', month: 'long', timeZone: 'UTC' }).format(moment);

/** @type {Map<string, Intl.PluralRules>} */
const rules = new Map();
/**
 * The form that a number asks for: `plural(n, { one: 'epoch', other: 'epochs' })`. A language lists the forms it has.
 * @param {number} count
 * @param {Partial<Record<Intl.LDMLPluralRule, string>> & { other: string }} forms
 */
export function plural(count, forms) {
  const rule = rules.get(language.value) ?? new Intl.PluralRules(language.value);
  rules.set(language.value, rule);
  return forms[rule.select(count)] ?? forms.other;
}

/** “a, b and c”, or “a, b, c” of units. @param {readonly string[]} parts @param {'conjunction' | 'disjunction' | 'unit'} [type] */
export const list = (parts, type = 'conjunction') => new Intl.ListFormat(language.value, { type }).format(parts);
