import { expect, test } from 'vitest';
import { printable } from '../../../src/core/text/printable.ts';

test.each([
  ['  Claude\n Code ', 'Claude Code'],
  ['\u202eedualC\u202c', 'edualC'],
  ['Cl\u200baude', 'Claude'],
  ['Claude\u3164', 'Claude'],
  ['\u3164\u2800\uffa0', ''],
  [`Z${'\u0301'.repeat(40)}algo`, 'Zalgo'],
  ['José', 'José'],
  ['x'.repeat(61), `${'x'.repeat(59)}…`],
])('the name %j is shown as %j', (name, shown) => {
  expect(printable(name, 60)).toBe(shown);
});
