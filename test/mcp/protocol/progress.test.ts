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
  const told: { progressToken: string; progress: number; message: string }[] = [];
  const notify = async ({ params }: { params: (typeof told)[0] }) => void told.push(params);
  const context = { mcpReq: { notify } } as unknown as ServerContext;
  return { told, progress: startProgress({ name: 'search_reviews', _meta: meta }, context) };
}

describe('a client that asked for progress', () => {
  test('is told every 15 s that its call still waits for an answer', () => {
    const { told } = start({ progressToken: 'p' });
    vi.advanceTimersByTime(31_000);
    expect(told).toEqual([
      { progressToken: 'p', progress: 1, message: "waiting for Partoo's answer, 15 s so far" },
      { progressToken: 'p', progress: 2, message: "waiting for Partoo's answer, 30 s so far" },
    ]);
  });

  test('is told of a wait for the limit instead, while that lasts', () => {
    const { told, progress } = start({ progressToken: 'p' });
    for (let left = 40_000; left > 0; left -= 5_000) {
      progress?.waits(left);
      vi.advanceTimersByTime(5_000);
    }
    expect(told.map(({ message }) => message)).toEqual(
      [40, 35, 30, 25, 20, 15, 10, 5].map(seconds => `waiting ${seconds} s for Partoo's limit`),
    );
    expect(
      told.map(({ progress }) => progress),
      'it must grow',
    ).toEqual([1, 2, 3, 4, 5, 6, 7, 8]);
  });

  test('is told nothing after the answer', () => {
    const { told, progress } = start({ progressToken: 'p' });
    progress?.stop();
    vi.advanceTimersByTime(60_000);
    expect(told).toEqual([]);
  });
});

test('a client that did not ask is told nothing', () => {
  expect(start({}).progress).toBeUndefined();
  expect(vi.getTimerCount()).toBe(0);
});
