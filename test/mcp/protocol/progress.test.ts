import type { ServerContext } from '@modelcontextprotocol/server';
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { startProgress } from '../../../src/mcp/protocol/progress.ts';

beforeEach(() => {
  vi.useFakeTimers();
});
afterEach(() => {
  vi.useRealTimers();
});

function start(meta: { progressToken?: string }) {
  const sent: { progressToken: string; progress: number; message: string }[] = [];
  const notify = async ({ params }: { params: (typeof sent)[0] }) => void sent.push(params);
  const context = { mcpReq: { notify } } as unknown as ServerContext;
  return { sent, progress: startProgress({ name: 'search_reviews', _meta: meta }, context) };
}

describe('a call with a progress token', () => {
  test('gets a notification every 15 s while it waits for Partoo', () => {
    const { sent } = start({ progressToken: 'p' });
    vi.advanceTimersByTime(31_000);
    expect(sent).toEqual([
      { progressToken: 'p', progress: 1, message: "waiting for Partoo's response, 15 s so far" },
      { progressToken: 'p', progress: 2, message: "waiting for Partoo's response, 30 s so far" },
    ]);
  });

  test('gets notifications of the rate limit instead while it waits for that', () => {
    const { sent, progress } = start({ progressToken: 'p' });
    for (let left = 40_000; left > 0; left -= 5_000) {
      progress?.waits(left);
      vi.advanceTimersByTime(5_000);
    }
    expect(sent.map(({ message }) => message)).toEqual(
      [40, 35, 30, 25, 20, 15, 10, 5].map(seconds => `waiting ${seconds} s for Partoo's limit`),
    );
    expect(
      sent.map(({ progress }) => progress),
      'progress must grow',
    ).toEqual([1, 2, 3, 4, 5, 6, 7, 8]);
  });

  test('gets no notification after it has ended', () => {
    const { sent, progress } = start({ progressToken: 'p' });
    progress?.stop();
    vi.advanceTimersByTime(60_000);
    expect(sent).toEqual([]);
  });
});

test('a call without a progress token starts no timer', () => {
  expect(start({}).progress).toBeUndefined();
  expect(vi.getTimerCount()).toBe(0);
});
