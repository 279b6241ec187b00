import { expect, test } from 'vitest';
import { markAnswer } from '../../src/mcp/marker.ts';
import { fence } from '../../src/tools/fence.ts';

test('a number that is in the answer already is drawn again', () => {
  const numbers = ['111111', '222222', '333333'];
  const json = JSON.stringify({ id: 1_111_119, text: fence('my code is 222222') });
  expect(markAnswer(json, () => numbers.shift() ?? '')).toBe(
    '{"id":1111119,"text":"<333333>my code is 222222</333333>"}',
  );
});

test('a text that holds all of them gets a longer one', () => {
  const json = JSON.stringify(fence('444444'));
  expect(markAnswer(json, digits => '4'.repeat(digits))).toBe('"<4444444>444444</4444444>"');
});
