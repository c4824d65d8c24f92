// The lint step for style sheets reports each kind of fault, and nothing else.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { ownBreakpoints, selectors, shared, styled } from '../scripts/styles.mjs';

const A = 'web/src/features/a/a.css';
const B = 'web/src/features/b/b.css';
const BUTTON = 'web/src/components/button.css';

/** @param {Record<string, string>} sheets */
const faults = (sheets) => shared(Object.entries(sheets).map(([file, css]) => ({ file, css })));

test('selectors are found in rules of any depth, comments and keyframes apart', () => {
  assert.deepEqual(
    selectors(
      '/* .no {} */ .a,\n.b > .c { x: y } @media (--phone) { .d:is(.e, .f) { x: y } } @keyframes k { from { x: y } 50% { x: y } }',
    ),
    ['.a', '.b > .c', '.d:is(.e, .f)'],
  );
});

test('a selector styles the classes of its last compound', () => {
  assert.deepEqual(styled('.a .b > .c.d'), ['c', 'd']);
  assert.deepEqual(styled('.a + input'), []);
  assert.deepEqual(styled('.a:has(.b, .c:not(.d)):not(.e)::after'), ['a']);
  assert.deepEqual(styled('.a :is(.b, .c.d)'), ['b', 'c']);
});

test('a class of one sheet, and the classes for all in their places or as kinds, are no fault', () => {
  assert.deepEqual(
    faults({
      [BUTTON]: '.button { x: y } .button.small { x: y }',
      [A]: '.a { x: y } .a .button + .more-a { x: y } .a.open { x: y } .a-part.button { x: y }',
      [B]: '.b { x: y } .b.open { x: y } .right .b { x: y } .u-over { x: y }',
    }),
    [],
  );
});

test('a class that two sheets style is a fault', () => {
  const [fault, ...others] = faults({
    [BUTTON]: '.button { x: y }',
    [A]: '.a > .button { x: y }',
    [B]: '.b { x: y }',
  });
  assert.match(fault, /^\.button is styled in .*button\.css, .*a\.css: /);
  assert.deepEqual(others, []);
  assert.equal(faults({ [A]: '.a { x: y }', [B]: '@media print { .b :is(p, .a) { x: y } }' }).length, 1);
});

test('a state of one feature that another styles for itself is a fault', () => {
  assert.match(
    faults({ [A]: '.a.waiting { x: y }', [B]: '.waiting { x: y }' })[0],
    /^\.waiting is a state in .*a\.css and styled in .*b\.css/,
  );
});

test('a breakpoint that is not by a name is a fault', () => {
  const of = (/** @type {string} */ css) => ownBreakpoints([{ file: A, css }]);
  assert.equal(of('@media (max-width: 40rem) { .a { x: y } }').length, 1);
  assert.equal(of('@media (--phone), (height > 3rem) { .a { x: y } }').length, 1);
  assert.deepEqual(of('@media (--phone), (pointer: coarse) { .a { width: 1rem } } @media print { .a { x: y } }'), []);
  assert.deepEqual(ownBreakpoints([{ file: 'web/src/components/media.css', css: '@media (width > 1rem) {}' }]), []);
});
