import { expect, test } from 'vitest';
import { memo } from '../../src/core/memo.ts';

function counted() {
  let calls = 0;
  const length = memo(text => {
    calls++;
    return text === '' ? undefined : text.length;
  });
  return { length, calls: () => calls };
}

test.each(['', 'a name'])('the result for %j is computed once', text => {
  const { length, calls } = counted();
  const first = length(text);
  expect(length(text)).toBe(first);
  expect(calls()).toBe(1);
});

test('at most a thousand results are kept', () => {
  const { length, calls } = counted();
  for (let i = 0; i <= 1_000; i++) length(`name ${i}`);
  length('name 0');
  expect(calls()).toBe(1_002);
});

test('the result for a long text is not kept', () => {
  const { length, calls } = counted();
  const long = 'x'.repeat(101);
  expect([length(long), length(long)]).toEqual([101, 101]);
  expect(calls()).toBe(2);
});
