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
