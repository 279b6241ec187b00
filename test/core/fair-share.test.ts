import { expect, test } from 'vitest';
import { FairShare } from '../../src/core/fair-share.ts';

test('an owner holds at most what is still free, so there is room for one more', () => {
  const share = new FairShare(6);
  const takeAll = (owner: string) => {
    let taken = 0;
    while (share.take(owner, 1)) taken++;
    return taken;
  };
  expect(takeAll('a')).toBe(3);
  expect(takeAll('b')).toBe(2);
  expect(takeAll('c')).toBe(1);
});

test('an owner holds at most its own limit, and has room again after giving back', () => {
  const share = new FairShare(Number.POSITIVE_INFINITY, 2);
  const giveBack = share.take('a', 1);
  share.take('a', 1);
  expect(share.take('a', 1)).toBeUndefined();
  expect(share.take('b', 2)).toBeDefined();
  giveBack?.();
  expect(share.take('a', 1)).toBeDefined();
});
