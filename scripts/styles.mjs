// The rule of the page's style sheets: a class is styled in one sheet only, so that no part of the page can change how
// another looks. A selector styles the classes of its last compound; those before it only say where.
//   node scripts/styles.mjs
import { readFileSync, readdirSync } from 'node:fs';
import path from 'node:path';
import process from 'node:process';
import { inRoot, runAsScript } from './lib.mjs';

/** Names of libraries, which have sheets of their own. */
const FOREIGN = /^(uplot|u-)/;

/** @param {string} css */
const withoutComments = (css) => css.replace(/\/\*[^]*?\*\//g, '');

/** The selectors of a style sheet, apart at their commas. @param {string} css @returns {string[]} */
export function selectors(css) {
  return [...withoutComments(css).matchAll(/([^{};]+)\{/g)]
    .map(([, head]) => head.trim())
    .filter((head) => !head.startsWith('@') && !/^(from|to|[\d.]+%)/.test(head))
    .flatMap((head) => apart(head, ','));
}

/** Parts of a text between separators that stand in no bracket. @param {string} text @param {string} separators */
function apart(text, separators) {
  /** @type {string[]} */
  const parts = [];
  let [depth, part] = [0, ''];
  for (const letter of text) {
    if ('(['.includes(letter)) depth++;
    if (')]'.includes(letter)) depth--;
    if (depth === 0 && separators.includes(letter)) {
      parts.push(part);
      part = '';
    } else part += letter;
  }
  return [...parts, part].map((each) => each.trim()).filter(Boolean);
}

/**
 * The classes of a selector's last compound, which it styles. What stands in `:not()` and `:has()` only says which.
 * @param {string} selector
 * @returns {string[]} the first is the one that it is about, the others are states or kinds of it
 */
export function styled(selector) {
  const last = apart(selector.replace(/\s*([>+~])\s*/g, ' '), ' ').at(-1) ?? '';
  const plain = last.replace(/:(not|has)\(([^()]|\([^()]*\))*\)/g, '');
  // Each of `:is(.a, .b)` is the one.
  const choice = /^:is\((.*)\)$/.exec(plain);
  if (choice) return apart(choice[1], ',').flatMap((each) => styled(each).slice(0, 1));
  return [...plain.matchAll(/\.([a-zA-Z][\w-]*)/g)].map(([, name]) => name);
}

/** Sheets whose classes are there for all to use. */
const FOR_ALL = /^web\/src\/(styles|components)\//;

/**
 * @param {readonly { file: string, css: string }[]} sheets
 * @returns {string[]} one line for each class that is styled in more than one sheet, or that one feature styles and another
 *   uses as a state
 */
export function shared(sheets) {
  /** @type {Map<string, Set<string>>} */
  const owners = new Map();
  /** @type {[string, string][]} */
  const states = [];
  for (const { file, css } of sheets) {
    for (const selector of selectors(css)) {
      const [name, ...others] = styled(selector);
      const names = selector.includes(':is(') ? [name, ...others] : [name];
      for (const each of names.filter((one) => one && !FOREIGN.test(one)))
        owners.set(each, (owners.get(each) ?? new Set()).add(file));
      if (names.length === 1) states.push(...others.map((each) => /** @type {[string, string]} */ ([each, file])));
    }
  }
  const twice = [...owners]
    .filter(([, files]) => files.size > 1)
    .map(([name, files]) => `.${name} is styled in ${[...files].join(', ')}: give one of them a class of its own`);
  const clashes = states.flatMap(([name, file]) =>
    [...(owners.get(name) ?? [])]
      .filter((owner) => owner !== file && !FOR_ALL.test(owner))
      .map((owner) => `.${name} is a state in ${file} and styled in ${owner}: rename one of them`),
  );
  return [...twice, ...new Set(clashes)];
}

/** Queries of windows that are not by a name of components/media.css. @param {readonly { file: string, css: string }[]} sheets */
export function ownBreakpoints(sheets) {
  return sheets.flatMap(({ file, css }) =>
    file.endsWith('components/media.css')
      ? []
      : [...withoutComments(css).matchAll(/@media[^{]*?(?:width|height)[^{]*/g)].map(
          ([query]) => `${file}: “${query.trim()}” is not by a name of components/media.css`,
        ),
  );
}

/** The page's style sheets. */
export function styleSheets() {
  return readdirSync(inRoot('web/src'), { recursive: true })
    .map((name) => path.posix.join('web/src', String(name).replaceAll(path.sep, '/')))
    .filter((file) => file.endsWith('.css'))
    .sort()
    .map((file) => ({ file, css: readFileSync(inRoot(file), 'utf8') }));
}

await runAsScript(import.meta.url, async () => {
  const sheets = styleSheets();
  const faults = [...shared(sheets), ...ownBreakpoints(sheets)];
  for (const fault of faults) console.error(fault);
  if (faults.length > 0) process.exitCode = 1;
});
