import { randomUUID } from 'node:crypto';
import { describe, expect, inject } from 'vitest';
import type { LimitRules } from '../../src/rate-limit/limit-store.ts';
import { RedisStore } from '../../src/rate-limit/redis-store.ts';
import { clock, connection, limitStores } from '../support/limit-stores.ts';

const RULES: LimitRules = { limit: 3, keyLimit: 3, windowMs: 1_000, deliveryAllowanceMs: 0, maxWaiting: 100 };

describe.each(limitStores())('the $kind store', ({ create, given }) => {
  function open(rules: Partial<LimitRules> = {}) {
    const store = create({ ...RULES, ...rules });
    const bucket = randomUUID();
    const reserve = (key = 'a', maxWaitMs = 60_000) => store.reserve(bucket, key, maxWaitMs);
    const ticket = async (key = 'a') => {
      const reservation = await reserve(key);
      if (!reservation.granted) throw new Error('not granted');
      return reservation.ticket;
    };
    const waits = async (count: number, key = 'a') => {
      const waits: number[] = [];
      for (let i = 0; i < count; i++) waits.push((await reserve(key)).waitMs);
      return waits;
    };
    const remainingWait = (ticket: string) => store.remainingWait(bucket, ticket);
    const remainingWaits = (tickets: string[]) => Promise.all(tickets.map(remainingWait));
    return { store, bucket, reserve, ticket, waits, remainingWait, remainingWaits };
  }
  const several = async (count: number, ticket: () => Promise<string>) => {
    const tickets: string[] = [];
    for (let i = 0; i < count; i++) tickets.push(await ticket());
    return tickets;
  };

  given('grants the limit at once and makes the rest wait for a whole window', async () => {
    const { waits } = open();
    expect(await waits(7)).toEqual([0, 0, 0, 1_000, 1_000, 1_000, 2_000]);
  });

  given('counts any window: no burst at a boundary of the clock', async () => {
    const { waits } = open();
    clock.now += 900;
    expect(await waits(3)).toEqual([0, 0, 0]);
    clock.now += 200;
    expect(await waits(1)).toEqual([800]);
  });

  given('frees slots as they leave the window', async () => {
    const { waits } = open();
    await waits(1);
    clock.now += 600;
    await waits(2);
    clock.now += 400;
    expect(await waits(2)).toEqual([0, 600]);
  });

  given('counts a settled request from its response, and others as late as possible', async () => {
    const { store, bucket, ticket, waits } = open({ deliveryAllowanceMs: 200 });
    const [first, second] = await several(3, ticket);
    clock.now += 50;
    await store.settle(bucket, first as string, 50);
    await store.settle(bucket, second as string, 50);
    // The first two free their slots a window after they settled, the third after its whole delivery allowance.
    expect(await waits(3)).toEqual([1_000, 1_000, 1_150]);
  });

  given('counts a request that settles late from then on', async () => {
    const { store, bucket, ticket, waits } = open({ deliveryAllowanceMs: 200 });
    const [late] = await several(3, ticket);
    clock.now += 700;
    await store.settle(bucket, late as string, 700);
    clock.now += 500;
    expect(await waits(3)).toEqual([0, 0, 500]);
  });

  given('moves waiting calls up when requests settle early', async () => {
    const { store, bucket, ticket, remainingWait } = open({
      limit: 1,
      keyLimit: 1,
      windowMs: 10_000,
      deliveryAllowanceMs: 500,
    });
    const [first, second, third] = (await several(3, ticket)) as [string, string, string];
    expect(await remainingWait(second)).toBe(10_500);
    clock.now += 100;
    await store.settle(bucket, first, 100);
    clock.now += 900;
    // Replanned: the second leaves a window after the first was counted, and the third after the second.
    expect([await remainingWait(second), await remainingWait(third)]).toEqual([9_100, 19_600]);
  });

  given('refuses a wait that does not fit, returns its length, and charges nothing for it', async () => {
    const { reserve, waits } = open();
    await waits(3);
    expect(await reserve('a', 999)).toEqual({ granted: false, waitMs: 1_000, pausedMs: 0, bucketLeft: 0 });
    expect(await reserve('a', 1_000)).toMatchObject({ granted: true, waitMs: 1_000 });
  });

  given('returns what is left', async () => {
    const { reserve } = open({ keyLimit: 2 });
    const left = [];
    for (const key of ['a', 'b', 'a', 'b']) left.push(await reserve(key));
    expect(left.map(reservation => reservation.granted && reservation.remaining)).toEqual([1, 1, 0, 0]);
    expect(
      left.map(({ bucketLeft }) => bucketLeft),
      'of the organization',
    ).toEqual([2, 1, 0, 0]);
  });

  given('counts each bucket separately', async () => {
    const { store, waits } = open();
    await waits(3);
    expect(await store.reserve(randomUUID(), 'a', 0)).toMatchObject({ granted: true, waitMs: 0 });
  });

  given('charges both a key and its organization, or neither', async () => {
    const { waits, reserve } = open({ keyLimit: 2 });
    expect(await waits(2, 'a')).toEqual([0, 0]);
    expect(await reserve('a', 0), "the key's limit").toMatchObject({ granted: false });
    expect(await waits(1, 'b'), 'a refusal has cost the organization nothing').toEqual([0]);
    expect(await reserve('c', 0), "the organization's limit").toMatchObject({ granted: false });
    clock.now += 1_000;
    expect(await waits(2, 'c'), 'nor the key').toEqual([0, 0]);
  });

  given('a key held back by its own limit holds no other key back', async () => {
    const { waits } = open({ keyLimit: 1 });
    expect(await waits(3, 'a')).toEqual([0, 1_000, 2_000]);
    expect(await waits(2, 'b')).toEqual([0, 1_000]);
  });

  given('a key that floods does not starve another: keys take turns', async () => {
    const { ticket, waits, remainingWaits } = open();
    const flood = await several(9, () => ticket('a'));
    expect(await remainingWaits(flood.slice(3))).toEqual([1_000, 1_000, 1_000, 2_000, 2_000, 2_000]);
    expect(await waits(2, 'b')).toEqual([1_000, 1_000]);
    expect(await remainingWaits(flood.slice(3))).toEqual([1_000, 2_000, 2_000, 2_000, 3_000, 3_000]);
    expect(await waits(1, 'c')).toEqual([1_000]);
    expect(await remainingWaits(flood.slice(3)), 'and continues after those').toEqual([
      1_000, 2_000, 2_000, 3_000, 3_000, 3_000,
    ]);
  });

  given('people who share a key take turns, within one limit of the key', async () => {
    const { ticket, reserve, waits, remainingWaits } = open({ keyLimit: 2 });
    const flood = await several(4, () => ticket('a.ana'));
    expect(await remainingWaits(flood.slice(2))).toEqual([1_000, 1_000]);
    expect(await waits(2, 'a.ben'), 'behind one call of the other').toEqual([1_000, 2_000]);
    expect(await remainingWaits(flood.slice(2))).toEqual([1_000, 2_000]);
    expect(await reserve('b'), 'another key has a limit of its own').toMatchObject({
      waitMs: 0,
      remaining: 0,
    });
  });

  given('returns the slots of a key in all its queues', async () => {
    const { store, bucket, ticket } = open();
    const tickets = [await ticket('a'), await ticket('a.ana'), await ticket('a.ben')];
    await ticket('ab');
    const slots = await store.slotsOf(bucket, 'a');
    expect(slots.map(slot => slot.ticket).toSorted()).toEqual(tickets.toSorted());
  });

  given('keys that have not sent yet go in the order they came', async () => {
    const { ticket, remainingWaits } = open({ limit: 1, keyLimit: 1 });
    await ticket('x');
    const waiting = [await ticket('a'), await ticket('b'), await ticket('a'), await ticket('b')];
    expect(await remainingWaits(waiting)).toEqual([1_000, 2_000, 3_000, 4_000]);
  });

  given('bounds the waiting calls of a key', async () => {
    const { reserve, waits } = open({ maxWaiting: 2 });
    expect(await waits(5, 'a')).toEqual([0, 0, 0, 1_000, 1_000]);
    expect(await reserve('a')).toMatchObject({ granted: false, waitMs: 1_000 });
    expect(await reserve('b'), 'another key has its own places').toMatchObject({ granted: true });
  });

  given('a released slot lets later ones move up, in order', async () => {
    const { store, bucket, ticket, reserve, remainingWaits } = open({ windowMs: 10_000 });
    const tickets = await several(8, ticket);
    expect(await remainingWaits(tickets.slice(3))).toEqual([10_000, 10_000, 10_000, 20_000, 20_000]);
    await store.release(bucket, tickets[3] as string);
    expect(await remainingWaits(tickets.slice(4))).toEqual([10_000, 10_000, 10_000, 20_000]);
    await store.release(bucket, tickets[0] as string);
    // A waiting call moves up no further than its next check: only a new call can use a slot that is free now.
    expect(await remainingWaits(tickets.slice(4))).toEqual([2_000, 10_000, 10_000, 12_000]);
    expect(await reserve('b', 0)).toMatchObject({ granted: true });
  });

  given('a request that leaves late frees its slot late', async () => {
    const { ticket, waits, remainingWait } = open({ limit: 1, keyLimit: 1 });
    await ticket();
    const waiting = await ticket();
    clock.now += 1_700;
    expect(await remainingWait(waiting)).toBe(0);
    expect(await waits(1)).toEqual([1_000]);
  });

  given('a pause holds new calls and moves waiting ones back, in order', async () => {
    const { store, bucket, ticket, reserve, remainingWaits } = open();
    const tickets = await several(7, ticket);
    await store.pause(bucket, 5_000);
    expect(await remainingWaits(tickets.slice(3))).toEqual([5_000, 5_000, 5_000, 6_000]);
    expect(await reserve()).toMatchObject({ granted: true, waitMs: 6_000 });
    expect(await reserve('b', 100)).toMatchObject({ granted: false, pausedMs: 5_000 });
    clock.now += 4_000;
    expect(await remainingWaits(tickets.slice(3))).toEqual([1_000, 1_000, 1_000, 2_000]);
  });

  given('a shorter pause does not end a longer one', async () => {
    const { store, bucket, waits } = open();
    await store.pause(bucket, 5_000);
    await store.pause(bucket, 1_000);
    expect(await waits(1)).toEqual([5_000]);
  });

  given('imports slots granted elsewhere', async () => {
    const { store, bucket, waits, remainingWait } = open();
    const slots = [-1_500, -200, 700].map((countedInMs, i) => ({ ticket: `${i}:a:x`, countedInMs }));
    await store.importSlots(bucket, slots);
    await store.importSlots(bucket, slots);
    expect(await remainingWait('2:a:x')).toBe(700);
    expect(await waits(2, 'b'), 'there is room for two').toEqual([0, 0]);
    expect(await remainingWait('2:a:x'), 'and then not for the imported one').toBe(800);
  });

  given('returns the slots of a key, including those it waits for', async () => {
    const { store, bucket, ticket } = open();
    const first = await ticket('a');
    await ticket('b');
    clock.now += 100;
    const second = await ticket('a');
    const third = await ticket('a');
    expect(await store.slotsOf(bucket, 'a')).toEqual([
      { ticket: first, countedInMs: -100 },
      { ticket: second, countedInMs: 0 },
      { ticket: third, countedInMs: 900 },
    ]);
    expect(await store.slotsOf(bucket, 'c')).toEqual([]);
    clock.now += 900;
    expect(await store.slotsOf(bucket, 'a')).toHaveLength(2);
  });

  given('an unknown ticket is reported as unknown, not as due, and costs nothing', async () => {
    const { store, bucket, remainingWait, waits } = open();
    expect(await remainingWait('1:a:unknown')).toBeUndefined();
    await store.settle(bucket, '1:a:unknown', 0);
    await store.release(bucket, '1:a:unknown');
    expect(await waits(4)).toEqual([0, 0, 0, 1_000]);
  });
});

describe.each([
  { kind: 'Redis', url: inject('redisUrl') },
  { kind: 'Redis Cluster', url: inject('redisClusterUrl') },
])('$kind', ({ url }) => {
  const redis = connection(url);
  const names = (bucket: string) =>
    ['slots', 'paused', 'arrivals', 'left'].map(name => `limit:{${bucket}}:${name}`);
  const ttls = (bucket: string) => Promise.all(names(bucket).map(name => redis.get().pttl(name)));

  redis.given('keeps nothing of an idle caller', async () => {
    const bucket = randomUUID();
    const store = new RedisStore(redis.get(), { ...RULES, deliveryAllowanceMs: 500 });
    await store.reserve(bucket, 'a', 0);
    await store.pause(bucket, 100);
    for (const ttl of await ttls(bucket)) {
      expect(ttl).toBeGreaterThan(0);
      expect(ttl).toBeLessThanOrEqual(1_500);
    }
  });

  redis.given('a request that settles late counts for other replicas at once', async () => {
    const bucket = randomUUID();
    const rules = { ...RULES, limit: 1, keyLimit: 1, windowMs: 60_000, deliveryAllowanceMs: 0 };
    const [one, other] = [new RedisStore(redis.get(), rules), new RedisStore(redis.get(), rules)];
    const reservation = await one.reserve(bucket, 'a', 0);
    await new Promise(resolve => setTimeout(resolve, 200));
    if (reservation.granted) await one.settle(bucket, reservation.ticket, 200);
    expect((await other.reserve(bucket, 'a', 0)).waitMs).toBeGreaterThan(59_900);
  });

  redis.given('a request that settles in time is sent with the bucket’s next command', async () => {
    const bucket = randomUUID();
    const rules = { ...RULES, windowMs: 60_000, deliveryAllowanceMs: 2_000 };
    const [one, other] = [new RedisStore(redis.get(), rules), new RedisStore(redis.get(), rules)];
    const reservation = await one.reserve(bucket, 'a', 0);
    if (reservation.granted) await one.settle(bucket, reservation.ticket, 0);
    const countedInMs = async (store: RedisStore) => (await store.slotsOf(bucket, 'a'))[0]?.countedInMs;
    expect(await countedInMs(other)).toBeGreaterThan(1_000);
    expect(await countedInMs(one)).toBeLessThanOrEqual(0);
  });

  redis.given('keeps slots that a pause has moved until they have left the window', async () => {
    const bucket = randomUUID();
    const store = new RedisStore(redis.get(), RULES);
    for (let i = 0; i < 4; i++) await store.reserve(bucket, 'a', 60_000);
    await store.pause(bucket, 20_000);
    const [slots, paused, arrivals, left] = await ttls(bucket);
    expect(slots).toBeGreaterThan(20_000);
    expect(paused).toBeGreaterThan(19_000);
    expect(arrivals).toBeGreaterThan(20_000);
    expect(left).toBeGreaterThan(20_000);
  });

  redis.given('two stores share one limit', async () => {
    const bucket = randomUUID();
    const [one, other] = [new RedisStore(redis.get(), RULES), new RedisStore(redis.get(), RULES)];
    const reservations = await Promise.all(
      Array.from({ length: 6 }, (_, i) => (i % 2 ? one : other).reserve(bucket, `key${i}`, 0)),
    );
    expect(reservations.filter(({ granted }) => granted)).toHaveLength(RULES.limit);
  });
});
