import fc from 'fast-check';
import { afterEach, describe, expect, test } from 'vitest';
import { attemptFailed } from '../../../src/partoo/client/errors.ts';
import { type Lease, ResponseMemoryBudget } from '../../../src/partoo/client/response-memory-budget.ts';
import { createTransport, type Transport } from '../../../src/partoo/client/transport.ts';
import { type ScriptedPartoo, startScriptedPartoo } from '../../support/scripted-partoo.ts';

const KIB = 1024;
const MIB = 1024 * KIB;

describe('the response memory budget', () => {
  test('is exceeded by at most one response, and lets every response end', () => {
    const SHARED = 1_000;
    const response = fc.record({
      key: fc.constantFrom('a', 'b', 'c'),
      pieces: fc.array(fc.integer({ min: 1, max: 300 }), { maxLength: 8 }),
    });
    fc.assert(
      fc.property(fc.array(response, { maxLength: 30 }), fc.infiniteStream(fc.nat()), (responses, order) => {
        const budget = new ResponseMemoryBudget(SHARED);
        const largest = Math.max(
          0,
          ...responses.map(({ pieces }) => pieces.reduce((sum, piece) => sum + piece, 0)),
        );
        const running: { lease: Lease; pieces: number[]; waits: boolean }[] = responses.map(
          ({ key, pieces }) => ({
            lease: budget.lease(key),
            pieces: [...pieces],
            waits: false,
          }),
        );
        while (running.length > 0) {
          const able = running.filter(({ waits }) => !waits);
          expect(able.length, 'a response can go on').toBeGreaterThan(0);
          const next = able[order.next().value % able.length] as (typeof running)[number];
          const piece = next.pieces.shift();
          if (piece === undefined) {
            next.lease.release();
            running.splice(running.indexOf(next), 1);
          } else {
            next.waits = !next.lease.take(piece, () => {
              next.waits = false;
            });
          }
          expect(budget.used).toBeLessThanOrEqual(SHARED + largest);
        }
        expect(budget.used).toBe(0);
      }),
    );
  });

  test('leaves memory for another key, however much one key requests', () => {
    const budget = new ResponseMemoryBudget(1_000);
    const greedy = Array.from({ length: 50 }, () => budget.lease('greedy'));
    for (const lease of greedy) lease.take(100, () => {});
    expect(budget.lease('other').take(100, () => {})).toBe(true);
    expect(budget.lease('third').take(100, () => {})).toBe(true);
  });

  test('grants freed bytes to the key that holds least', () => {
    const budget = new ResponseMemoryBudget(1_000);
    const granted: string[] = [];
    const take = (key: string, bytes: number) => {
      const lease = budget.lease(key);
      lease.take(bytes, () => granted.push(key));
      return lease;
    };
    take('exempt', 2_000);
    const large = take('large', 250);
    take('large', 250);
    take('large', 100);
    take('other', 200);
    take('other', 200);
    expect(granted).toEqual([]);
    large.release();
    expect(granted).toEqual(['other', 'large']);
  });

  test('exempts the responses of waiting keys in turn', () => {
    const budget = new ResponseMemoryBudget(1);
    const granted: string[] = [];
    const take = (key: string) => {
      const lease = budget.lease(key);
      lease.take(10, () => {
        granted.push(key);
        queueMicrotask(() => lease.release());
      });
      return lease;
    };
    const first = take('greedy');
    for (let number = 0; number < 3; number++) take('greedy');
    take('other');
    first.release();
    return expect.poll(() => granted).toEqual(['other', 'greedy', 'greedy', 'greedy']);
  });
});

describe('large responses of Partoo', () => {
  let transport: Transport;
  let partoo: ScriptedPartoo;
  afterEach(async () => {
    await partoo.close();
    await transport.close();
  });

  async function start(budget: ResponseMemoryBudget, ...[respond]: Parameters<typeof startScriptedPartoo>) {
    partoo = await startScriptedPartoo(respond);
    transport = createTransport({ baseUrl: partoo.baseUrl, userAgent: 'test', responseMemory: budget });
    return (keyHash: string, target: string, more: { method?: 'POST'; deadlineMs?: number } = {}) =>
      transport.attempt({
        method: 'GET',
        target,
        key: keyHash,
        keyHash,
        timeoutMs: 10_000,
        deadlineMs: 10_000,
        ...more,
      });
  }
  const bodyOf = (bytes: number) => JSON.stringify({ text: 'x'.repeat(bytes) });
  const bytesOf = async (attempt: ReturnType<Transport['attempt']>) => {
    const ended = await attempt;
    return ended.kind === 'response' ? (ended.json as { text: string }).text.length : ended;
  };

  test.each(['with their length', 'in chunks'])(
    'that come %s at once hold no more than the budget',
    async how => {
      const budget = new ResponseMemoryBudget(1 * MIB);
      let most = 0;
      const ask = await start(budget, (_request, response) => {
        const body = bodyOf(2 * MIB);
        if (how === 'with their length') return { body };
        response.write(body.slice(0, MIB));
        response.end(body.slice(MIB));
        return 'sent';
      });
      const look = setInterval(() => {
        most = Math.max(most, budget.used);
      }, 1);
      const sizes = await Promise.all(Array.from({ length: 40 }, () => bytesOf(ask('anna', '/large'))));
      clearInterval(look);
      expect(new Set(sizes)).toEqual(new Set([2 * MIB]));
      expect(most).toBeGreaterThan(MIB / 2);
      expect(most).toBeLessThanOrEqual(1 * MIB + 2.5 * MIB);
      await expect.poll(() => budget.used).toBe(0);
    },
  );

  test('of another key are read while one key waits for memory', async () => {
    const goOn = Promise.withResolvers<void>();
    const ask = await start(new ResponseMemoryBudget(2 * MIB), async ({ path }, response) => {
      if (path !== '/stalled') return { body: bodyOf(Number(path.slice(1))) };
      const whole = bodyOf(600 * KIB);
      response.write(whole.slice(0, 300 * KIB));
      await goOn.promise;
      response.end(whole.slice(300 * KIB));
      return 'sent';
    });
    const stalled = Array.from({ length: 20 }, () => bytesOf(ask('anna', '/stalled')));
    await new Promise(resolve => setTimeout(resolve, 100));
    for (const bytes of [10, 60 * KIB, 300 * KIB]) {
      expect(await bytesOf(ask('ben', `/${bytes}`)), `${bytes} bytes`).toBe(bytes);
    }
    goOn.resolve();
    expect(new Set(await Promise.all(stalled))).toEqual(new Set([600 * KIB]));
  });

  test('to a write wait for memory like those to a read, and are read whole', async () => {
    const budget = new ResponseMemoryBudget(1);
    const other = budget.lease('ben');
    other.take(1_000, () => {});
    const ask = await start(budget, () => ({ body: bodyOf(300 * KIB) }));
    const waiting = bytesOf(ask('anna', '/write', { method: 'POST' }));
    await new Promise(resolve => setTimeout(resolve, 50));
    expect(budget.used, 'nothing of the response is held').toBe(1_000);
    other.release();
    expect(await waiting).toBe(300 * KIB);
  });

  test('that still wait for memory at the deadline leave nothing behind', async () => {
    const budget = new ResponseMemoryBudget(1);
    const first = budget.lease('anna');
    first.take(1_000, () => {});
    const ask = await start(budget, () => ({ body: bodyOf(300 * KIB) }));
    expect(await ask('anna', '/read', { deadlineMs: 100 })).toMatchObject({
      kind: 'lost',
      endedBy: 'memory',
    });
    first.release();
    await expect.poll(() => budget.used).toBe(0);
  });
});

test('a call whose response gets no memory in time is asked to retry with smaller pages', () => {
  const error = attemptFailed({ kind: 'lost', endedBy: 'memory', cause: undefined }, false);
  expect(error).toMatchObject({
    code: 'rate_limited',
    retryAfterSeconds: 5,
    problems: [expect.stringContaining('smaller pages')],
  });
});
