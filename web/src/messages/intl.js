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

/** “a, b and c” @param {readonly string[]} parts @param {'conjunction' | 'disjunction'} [type] */
export const list = (parts, type = 'conjunction') => new Intl.ListFormat(language.value, { type }).format(parts);
