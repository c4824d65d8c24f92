// Every code of an error that the engine has is documented with its values, and no other.
import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { test } from 'node:test';
import { inRoot } from '../scripts/lib.mjs';

test('docs/ARCHITECTURE.md lists the codes of the engine with their values', () => {
  /** @type {Map<string, string>} */
  const made = new Map();
  for (const entry of readdirSync(inRoot('src'), { recursive: true, withFileTypes: true })) {
    if (!entry.isFile() || !entry.name.endsWith('.cpp')) continue;
    const code = readFileSync(path.join(entry.parentPath, entry.name), 'utf8');
    for (const [, facts] of code.matchAll(/\bcoded(?:_fault)?\(\s*"([^"]*)"/g)) {
      assert.match(facts, /^[a-z]+(-[a-z]+)*( [a-zA-Z]+)*$/);
      const [name, ...values] = facts.split(' ');
      assert.ok(!made.has(name) || made.get(name) === values.join(' '), `${name} has its values in one way`);
      made.set(name, values.join(' '));
    }
  }
  assert.ok(made.size > 40, 'the codes are found');

  const text = readFileSync(inRoot('docs/ARCHITECTURE.md'), 'utf8');
  const section = text.split('\n## Codes of errors\n')[1]?.split('\n## ')[0] ?? '';
  const listed = new Map(
    [...section.matchAll(/^\| `([^`]+)` \| ([^|]*) \|/gm)].map(([, name, values]) => [
      name,
      values.replaceAll('`', '').replaceAll(',', '').trim(),
    ]),
  );
  assert.deepEqual(Object.fromEntries([...listed].sort()), Object.fromEntries([...made].sort()));
});
