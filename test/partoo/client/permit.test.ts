import { expect, test } from 'vitest';
import type { Attempt } from '../../../src/partoo/client/attempt.ts';
import type { Call } from '../../../src/partoo/client/call.ts';
import { createBreaker } from '../../../src/partoo/client/circuit-breaker.ts';
import { createClient } from '../../../src/partoo/client/client.ts';
import { NO_PARTOO_HOOKS } from '../../../src/partoo/client/hooks.ts';
import { KeyRegistry } from '../../../src/partoo/keys/key-registry.ts';
import { readObject } from '../../../src/partoo/responses/page.ts';
import { Limiter } from '../../../src/rate-limit/limiter.ts';
import { MemoryStore } from '../../../src/rate-limit/memory-store.ts';
import { MemoryRecords } from '../../../src/storage/records/memory-records.ts';

test('a half-open circuit permits another trial after a fault of this server ended the first', async () => {
  let time = 0;
  const breaker = createBreaker({ opened() {}, closed() {} }, () => time);
  const source = { bucket: 'org-1', keyHash: 'anna' };
  for (let number = 0; number < 10; number++) {
    breaker.enter(source)?.record({ kind: 'lost', cause: undefined });
  }
  time += 10_000;

  let isFaulty = true;
  const rules = { limit: 100, keyLimit: 100, windowMs: 60_000, deliveryAllowanceMs: 0, maxWaiting: 100 };
  const limiter = new Limiter(new MemoryStore(rules));
  const log = { error() {} };
  const client = createClient({
    transport: {
      async attempt({ target }): Promise<Attempt> {
        if (target === '/businesses' && isFaulty) throw new Error('a fault of this server');
        return { kind: 'response', status: 200, json: { org_id: 1 } };
      },
      async close() {},
    },
    limiter,
    breaker,
    keys: new KeyRegistry(new MemoryRecords(), limiter, log),
    upstreamTimeoutMs: 30_000,
    maxWaitMs: 0,
    log,
  });
  const call: Call = {
    caller: { key: 'anna', keyHash: 'anna', callerHash: 'anna', sealingKey: () => Buffer.alloc(32) },
    deadline: performance.now() + 60_000,
    signal: new AbortController().signal,
    stats: { attempts: 0, waitedMs: 0 },
    hooks: NO_PARTOO_HOOKS,
  };
  const request = { method: 'GET', path: '/businesses', read: readObject } as const;

  await expect(client.send(call, request)).rejects.toThrow('a fault of this server');
  isFaulty = false;
  expect(await client.send(call, request)).toEqual({ org_id: 1 });
  expect(breaker.blockedMs(source)).toBeUndefined();
});
