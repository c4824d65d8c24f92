// What a visitor downloads, compressed as every static host does.
import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import { test } from 'node:test';
import { fileURLToPath } from 'node:url';
import { gzipSync } from 'node:zlib';
import { SPOKEN } from '../web/src/messages/choose.js';

const dist = fileURLToPath(new URL('../dist', import.meta.url));

/** @param {string} file @returns {number} */
const compressed = (file) => gzipSync(readFileSync(`${dist}/${file}`), { level: 9 }).length;

/**
 * Of an engine, WebAssembly and JavaScript together, by the Emscripten that set-up brings; see docs/PERFORMANCE.md for
 * what its parts take.
 */
const ENGINE_LIMITS = { threads: 140_500, single: 132_000 };
/** Of the page's scripts, styles and words, as far as they are loaded at first. A letter of Hangul takes three bytes. */
const PAGE_LIMITS = /** @type {Record<string, number>} */ ({ en: 60 * 1024, ko: 61 * 1024 });

test('every engine stays small', () => {
  const folders = readdirSync(`${dist}/engine`);
  assert.equal(folders.length, 1, 'the engines lie in a folder named by their hash');
  const engines = readdirSync(`${dist}/engine/${folders[0]}`).filter((name) => name.endsWith('.wasm'));
  assert.equal(engines.length, 4);
  for (const name of engines) {
    const size =
      compressed(`engine/${folders[0]}/${name}`) + compressed(`engine/${folders[0]}/${name.replace('.wasm', '.mjs')}`);
    const limit = name.includes('threads') ? ENGINE_LIMITS.threads : ENGINE_LIMITS.single;
    assert.ok(size <= limit, `${name} and its script are ${size} bytes`);
  }
});

for (const language of SPOKEN)
  test(`the page stays small at first load: ${language}`, () => {
    const html = readFileSync(`${dist}/index.html`, 'utf8');
    const named = [...html.matchAll(/(?:src|href)="\.\/(assets\/[^"]+\.(?:js|css))"/g)].map((match) => match[1]);
    const first = [...new Set(named)]; // what is asked for ahead is named twice
    assert.ok(first.some((name) => name.endsWith('.js')) && first.some((name) => name.endsWith('.css')));
    const words = html.match(new RegExp(`data-words-${language}="\\./(assets/[^"]+)"`))?.[1] ?? '';
    assert.ok(words && !first.includes(words), 'the words are fetched for the visitor’s language only');
    first.push(words);
    // What a script imports statically is loaded at first, too.
    for (const name of first) {
      if (!name.endsWith('.js')) continue;
      const code = readFileSync(`${dist}/${name}`, 'utf8');
      for (const [, file] of code.matchAll(/(?:from|import)\s*"\.\/([^"]+\.js)"/g)) {
        if (!first.includes(`assets/${file}`)) first.push(`assets/${file}`);
      }
    }
    const size = first.reduce((sum, name) => sum + compressed(name), 0);
    assert.ok(size <= PAGE_LIMITS[language], `${first.join(', ')}: ${size} bytes`);
  });
