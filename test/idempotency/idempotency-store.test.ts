import { expect, test } from 'vitest';
import { IdempotencyStore, type ReservedWrite, type Write } from '../../src/idempotency/idempotency-store.ts';
import { MemoryRecords } from '../../src/storage/records/memory-records.ts';

/** How records come to lose Redis: at the first of these calls. */
type Step = 'add' | 'append';

function open() {
  let closed = false;
  let losesAt: Step | undefined;
  const losing = (step: Step) => {
    if (step === losesAt) closed = true;
  };
  class LosingRecords extends MemoryRecords {
    override setIfAbsent(...args: Parameters<MemoryRecords['setIfAbsent']>) {
      losing('add');
      return super.setIfAbsent(...args);
    }
    override append(...args: Parameters<MemoryRecords['append']>) {
      losing('append');
      return super.append(...args);
    }
  }
  const memory = new IdempotencyStore(new LosingRecords(), {
    rememberMs: 60_000,
    deadlineMs: 60_000,
    closedMs: () => (closed ? 4_000 : 0),
  });
  return {
    memory,
    loseAt: (step: Step) => {
      losesAt = step;
    },
    lose() {
      closed = true;
    },
    back() {
      closed = false;
      losesAt = undefined;
    },
  };
}

const write = (more: Partial<Write> = {}): Write => ({
  keyHash: 'key',
  organization: 'organization',
  sealingKey: () => Buffer.alloc(32),
  tool: 'tool',
  fingerprint: 'fingerprint',
  group: 'group',
  ...more,
});

test.each(['add', 'append'] as const)('a write is not begun when Redis is lost at its %s', async step => {
  const { memory, loseAt, back } = open();
  loseAt(step);
  expect(await memory.begin(write())).toEqual({ kind: 'paused', ms: 4_000 });
  back();
  expect(await memory.begin(write()), 'nothing is left of the attempt').toMatchObject({ kind: 'first' });
});

test('a change is not taken for a repeat when others may have replaced it meanwhile', async () => {
  const { memory, lose, back } = open();
  const change = write({ target: { kind: 'id', value: '1' } });
  const first = (await memory.begin(change)) as ReservedWrite;
  await first.end({ result: {}, ids: [] });
  lose();
  expect(await memory.begin(change)).toMatchObject({ kind: 'paused' });
  back();
  expect(await memory.begin(change)).toMatchObject({ kind: 'repeat' });
});

test('a write that is in progress or done here is known without the others', async () => {
  const { memory, lose } = open();
  const first = (await memory.begin(write())) as ReservedWrite;
  lose();
  expect(await memory.begin(write())).toEqual({ kind: 'in progress' });
  await first.end({ result: { id: 1 }, ids: [1] });
  expect(await memory.begin(write())).toMatchObject({ kind: 'repeat', outcome: { result: { id: 1 } } });
  expect(await memory.begin(write({ fingerprint: 'another' }))).toMatchObject({ kind: 'paused' });
});
