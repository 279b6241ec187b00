import { expect, test } from 'vitest';
import { delimit } from '../../../src/tools/untrusted-text/delimiters.ts';
import { withNonce } from '../../../src/tools/untrusted-text/nonce.ts';

test('a number that is in the answer already is drawn again', () => {
  const numbers = ['111111', '222222', '333333'];
  const json = JSON.stringify({ id: 1_111_119, text: delimit('my code is 222222') });
  expect(withNonce(json, () => numbers.shift() ?? '')).toBe(
    '{"id":1111119,"text":"<333333>my code is 222222</333333>"}',
  );
});

test('a text that holds all of them gets a longer one', () => {
  const json = JSON.stringify(delimit('444444'));
  expect(withNonce(json, digits => '4'.repeat(digits))).toBe('"<4444444>444444</4444444>"');
});
