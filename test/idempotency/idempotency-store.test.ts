import { expect, test } from 'vitest';
import {
  type EarlierWrite,
  IdempotencyStore,
  type Outcome,
  type Reservation,
  type Write,
} from '../../src/idempotency/idempotency-store.ts';
import { MemoryRecords } from '../../src/storage/records/memory-records.ts';

/** The calls at which the records can lose Redis. */
type Step = 'setIfAbsent' | 'append';

function open() {
  const pause = { remainingMs: 0 };
  let losesAt: Step | undefined;
  const lose = () => {
    pause.remainingMs = 4_000;
  };
  class LosingRecords extends MemoryRecords {
    override setIfAbsent(...args: Parameters<MemoryRecords['setIfAbsent']>) {
      if (losesAt === 'setIfAbsent') lose();
      return super.setIfAbsent(...args);
    }
    override append(...args: Parameters<MemoryRecords['append']>) {
      if (losesAt === 'append') lose();
      return super.append(...args);
    }
  }
  const records = new LosingRecords();
  const store = new IdempotencyStore(records, { rememberMs: 60_000, deadlineMs: 60_000, pause });
  return {
    records,
    reserve: async (write: Write) => (await store.reserve(write)) as Reservation & EarlierWrite,
    lose,
    loseAt: (step: Step) => {
      losesAt = step;
    },
    back() {
      pause.remainingMs = 0;
      losesAt = undefined;
    },
  };
}

const write = (more: Partial<Write> = {}): Write => ({
  callerHash: 'key',
  organization: 'organization',
  sealingKey: () => Buffer.alloc(32),
  tool: 'tool',
  canonicalRequest: 'a request',
  scope: 'scope',
  ...more,
});

const paused = expect.objectContaining({ code: 'writes_paused', retryAfterSeconds: 4 });

test.each(['setIfAbsent', 'append'] as const)(
  'a write is not reserved when Redis is lost during %s',
  async step => {
    const { reserve, loseAt, back } = open();
    loseAt(step);
    await expect(reserve(write())).rejects.toEqual(paused);
    back();
    expect(await reserve(write()), 'the failed attempt left nothing behind').toHaveProperty('settle');
  },
);

test('a change is not taken for a repeat while other replicas may have replaced it', async () => {
  const { reserve, lose, back } = open();
  const change = write({ target: { kind: 'id', value: '1' } });
  await (await reserve(change)).settle({ result: {}, createdIds: [] });
  lose();
  await expect(reserve(change)).rejects.toEqual(paused);
  back();
  expect(await reserve(change)).toMatchObject({ result: {} });
});

test('a pause that ends while it is reported still asks for a wait of a second', async () => {
  const { reserve, lose, back } = open();
  lose();
  const refused = reserve(write());
  back();
  await expect(refused).rejects.toMatchObject({ code: 'writes_paused', retryAfterSeconds: 1 });
});

test('while writes pause, a replica still knows its own writes', async () => {
  const { reserve, lose } = open();
  const reservation = await reserve(write());
  lose();
  await expect(reserve(write())).rejects.toMatchObject({ code: 'in_progress' });
  await reservation.settle({ result: { id: 1 }, createdIds: [1] });
  expect(await reserve(write())).toMatchObject({ result: { id: 1 } });
  await expect(reserve(write({ canonicalRequest: 'another' }))).rejects.toEqual(paused);
});

test('records hold hashes and sealed results, and no text of a customer', async () => {
  const { reserve, records } = open();
  const outcomes: Outcome[] = [
    { result: { content: 'text-of-result' }, createdIds: ['text-of-id'] },
    'unknown',
  ];
  const stored = () => records.names().map(name => `${name} ${records.find(name)?.value}`);
  for (const [index, outcome] of outcomes.entries()) {
    const reservation = await reserve(
      write({
        organization: 'text-of-organization',
        canonicalRequest: `text-of-request-${index}`,
        scope: 'text-of-scope',
        target: { kind: 'id', value: 'text-of-target' },
        idempotencyKey: `text-of-key-${index}`,
      }),
    );
    expect(stored().join()).not.toContain('text-of');
    await reservation.settle(outcome);
  }
  expect(stored(), 'two writes and their journal').toHaveLength(3);
  expect(stored().join()).toMatch(/"result":"[A-Za-z0-9+/=]+"/);
  expect(stored().join()).not.toContain('text-of');
});
