// The lesson of docs/lesson: every link is read by the page's own parser without a fault, and is that of its ready lesson.
import assert from 'node:assert/strict';
import { readFileSync, readdirSync } from 'node:fs';
import { describe, test } from 'node:test';
import { fileURLToPath } from 'node:url';
import { SPOKEN } from '../web/src/messages/choose.js';
import { laterWords, speak, t } from '../web/src/messages/messages.js';
import { LESSON_NAMES, MOST_LETTERS, taskText } from '../web/src/state/lesson-text.js';
import { LESSONS, lessonValues, readyLink } from '../web/src/state/lessons.js';
import { PROPERTIES, PROPERTY_NAMES, format } from '../web/src/state/properties.js';
import { addressProblems, lesson, readAddress, settings, shareLink } from '../web/src/state/settings.js';

const root = fileURLToPath(new URL('..', import.meta.url));
const folder = `${root}docs/lesson`;
const HOST = 'https://school.example/quarterturn/';

/** The ids of the page's sections. */
const SECTIONS = readdirSync(`${root}web/src/features`, { withFileTypes: true }).flatMap((entry) => {
  try {
    const text = readFileSync(`${root}web/src/features/${entry.name}/section.js`, 'utf8');
    return [/^ {2}id: '(\w+)',$/m.exec(text)?.[1] ?? ''];
  } catch {
    return []; // no section
  }
});

/** Opens an address as the page does. @param {string} link from the page's own folder */
function open(link) {
  Object.assign(globalThis, { location: new URL(link, HOST) });
  addressProblems.length = 0;
  // A fresh page has no locks yet.
  for (const names of [lesson.lock, lesson.hide]) /** @type {Set<string>} */ (names).clear();
  readAddress();
}

/** The lesson's files, those in other languages in a folder of their own. */
const files = readdirSync(folder, { recursive: true })
  .map((file) => String(file).replaceAll('\\', '/'))
  .filter((file) => file.endsWith('.md'));
const languages = SPOKEN.slice(1).filter((name) => files.some((file) => file.startsWith(`${name}/`)));

/** Every link to the page in the lesson's files. */
const links = files.flatMap((file) =>
  [...readFileSync(`${folder}/${file}`, 'utf8').matchAll(/\]\((\.\/\?[^)\s]*)\)/g)].map(([, link]) => ({ file, link })),
);

/** A link to others never names a language; those of a translated lesson do. @param {string} link */
const unspoken = (link) => link.replace(/lang=\w+&/, '');

describe('the lesson', () => {
  test('has the same files, links and numbers in every language', () => {
    assert.deepEqual(languages, ['ko']);
    const english = files.filter((file) => !file.includes('/'));
    for (const name of languages) {
      const own = files.filter((file) => file.startsWith(`${name}/`));
      assert.deepEqual(own.sort(), english.map((file) => `${name}/${file}`).sort());
      for (const file of english) {
        const of = (/** @type {string} */ path) => links.filter((each) => each.file === path).map(({ link }) => link);
        const translated = of(`${name}/${file}`);
        assert.deepEqual(translated.map(unspoken), of(file));
        for (const link of translated) assert.equal(new URL(link, HOST).searchParams.get('lang'), name);
        const figures = (/** @type {string} */ path) =>
          (readFileSync(`${folder}/${path}`, 'utf8').match(/\d+\.\d ± \d+\.\d/g) ?? []).sort();
        assert.deepEqual(figures(`${name}/${file}`), figures(file), file);
      }
    }
  });

  test('has a link for every ready lesson', () => {
    assert.deepEqual(Object.keys(LESSONS), [...LESSON_NAMES]);
    assert.deepEqual(
      [...new Set(links.map(({ link }) => new URL(link, HOST).searchParams.get('lesson')))].sort(),
      [...LESSON_NAMES].sort(),
    );
  });

  for (const { file, link } of links) {
    test(`${file}: ${link.slice(0, 60)}… is read without a fault, and as it is meant`, () => {
      open(link);
      assert.deepEqual(addressProblems, []);
      const known = new Set([...PROPERTY_NAMES, ...SECTIONS]);
      assert.deepEqual(
        [...lesson.lock, ...lesson.hide].filter((name) => !known.has(name)),
        [],
      );
      const { searchParams } = new URL(link, HOST);
      const carried = [...PROPERTY_NAMES, 'lesson', 'say', 'lock', 'hide', 'digits', 'lang'];
      assert.deepEqual(
        [...searchParams.keys()].filter((name) => !carried.includes(name)),
        [],
      );
      for (const name of PROPERTY_NAMES) {
        const asked = searchParams.get(name);
        if (asked !== null) assert.equal(format(PROPERTIES[name], settings[name].value), asked, name);
      }
      const { ready } = lesson;
      assert.ok(ready);
      assert.equal(shareLink(), new URL(unspoken(link), HOST).href, 'comes back as it was');
      open('./');
      assert.equal(shareLink(readyLink(ready), false, lessonValues(ready)), new URL(unspoken(link), HOST).href);
    });
  }

  test('the ready lessons know what they lock and hide, and leave the one thing to change free', () => {
    assert.ok(SECTIONS.length > 8, SECTIONS.join());
    /** @type {Record<string, import('../web/src/state/lessons.js').Lesson>} */
    const all = LESSONS;
    for (const { values, lock, hide } of Object.values(all)) {
      assert.deepEqual(
        [...lock, ...Object.keys(values)].filter((name) => !PROPERTY_NAMES.some((each) => each === name)),
        [],
      );
      assert.deepEqual(
        hide.filter((name) => !SECTIONS.includes(name)),
        [],
      );
      assert.ok(!lock.some((name) => name === 'seed') && !hide.includes('learn'));
    }
    assert.ok(!all.labels.lock.includes('labels') && !all.labels.hide.includes('duel'));
    assert.ok(!all.seeds.hide.includes('keep'), 'the result line stands there');
  });

  test('a task comes back as it was written, without letters that nobody sees', async () => {
    await speak('en');
    await laterWords();
    open('./?seed=7&lock=seed');
    const text = 'Train twice.\nWhat do you see, & why? 100% <b>';
    const link = shareLink({ lock: new Set(['seed']), hide: new Set(['draw']), text }, false);
    open(link);
    assert.deepEqual([lesson.text, lesson.ready, [...lesson.lock], [...lesson.hide]], [text, '', ['seed'], ['draw']]);
    assert.equal(shareLink(undefined, false), link);
    assert.equal(taskText('a\u202Eb\u0000c\r\nd\u200b '), 'abc\nd');
    assert.equal(taskText('x'.repeat(5000)).length, MOST_LETTERS);
    for (const name of LESSON_NAMES) {
      const { title, task } = t.peek().lessons.ready[name];
      assert.ok(title && task === taskText(task), name);
    }
    open('./?lesson=nosuch');
    assert.deepEqual(
      addressProblems.map(({ code }) => code),
      ['noLesson'],
    );
    assert.equal(lesson.ready, '');
    open('./');
  });
});
