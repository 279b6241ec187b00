import { expect, test } from 'vitest';
import { checkPost } from '../../../src/tools/posts/post-rules.ts';

const NOW = Date.parse('2026-11-21T10:00:00Z');
const problems = (post: Parameters<typeof checkPost>[0]) =>
  checkPost(post, NOW).map(({ argument }) => argument);

test('a post must be scheduled at least two hours ahead', () => {
  expect(problems({ schedule_time: '2026-11-21T11:59:59' })).toEqual(['schedule_time']);
  expect(problems({ schedule_time: '2026-11-21T12:00:00' })).toEqual([]);
});

test('a post must end after it is published', () => {
  expect(problems({ expiration_time: '2026-11-21T09:00:00' })).toEqual(['expiration_time']);
  expect(problems({ expiration_time: '2026-11-21T11:00:00' })).toEqual([]);
  const schedule_time = '2026-12-01T00:00:00';
  expect(problems({ schedule_time, expiration_time: '2026-11-30T00:00:00' })).toEqual(['expiration_time']);
});

test('characters are counted as people count them', () => {
  expect(problems({ publishers: ['google_my_business'], summary: '🥐'.repeat(1_500) })).toEqual([]);
  expect(problems({ publishers: ['google_my_business'], summary: '🥐'.repeat(1_501) })).toEqual(['summary']);
});
