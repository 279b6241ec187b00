import { describe, expect, test } from 'vitest';
import { SealedRecords } from '../../../src/oauth/store/sealed-records.ts';
import { SignInStore } from '../../../src/oauth/store/sign-in-store.ts';
import { keysFor } from '../../../src/oauth/tokens/secrets.ts';
import { MemoryRecords } from '../../../src/storage/records/memory-records.ts';
import { RedisLostError } from '../../../src/storage/records/required-records.ts';

const OLD = 'an-old-secret-of-at-least-32-characters';
const NEW = 'a-new-secret-of-at-least-32-characters';
const sealed = (records: MemoryRecords, ...secrets: string[]) =>
  new SealedRecords(records, keysFor('records', secrets));
const MINUTE_MS = 60_000;

test('a connection that ends while another request keeps it stays ended', async () => {
  const memory = new MemoryRecords();
  const store = new SignInStore(
    { clients: memory, usedClients: memory, requests: memory, assertions: memory, grants: memory },
    [OLD],
  );
  await store.addIdentity('id', { key: 'a key' });
  await store.grants.set('Grant', 'id', { accountId: 'id' }, MINUTE_MS);
  await Promise.all([store.keepGrant('id', { key: 'a key' }, MINUTE_MS), store.endGrant('id')]);
  expect(await store.grantOf('id')).toBeUndefined();
  await store.keepGrant('id', { key: 'a key' }, MINUTE_MS);
  expect(await store.grantOf('id')).toBeUndefined();
});

describe('a sealed record', () => {
  test('comes back as it was', async () => {
    const records = sealed(new MemoryRecords(), OLD);
    await records.set('Grant', 'an id', { text: 'é', list: [1, null] }, MINUTE_MS);
    expect(await records.get('Grant', 'an id')).toEqual({ text: 'é', list: [1, null] });
    await records.delete('Grant', 'an id');
    expect(await records.get('Grant', 'an id')).toBeUndefined();
  });

  test('shows neither its id nor its value', async () => {
    const memory = new MemoryRecords();
    await sealed(memory, OLD).set('Grant', 'the-id-of-a-grant', { key: 'a-partoo-key' }, MINUTE_MS);
    const [name = ''] = memory.names();
    const value = Buffer.from(memory.find(name)?.value ?? '', 'base64').toString('latin1');
    expect(name + value).not.toMatch(/the-id-of|partoo-key/);
  });

  test('opens under an older secret, and is sealed under the newest', async () => {
    const memory = new MemoryRecords();
    await sealed(memory, OLD).set('Grant', 'id', { from: 'old' }, MINUTE_MS);
    const both = sealed(memory, NEW, OLD);
    expect(await both.get('Grant', 'id')).toEqual({ from: 'old' });
    await both.set('Grant', 'id', { from: 'new' }, MINUTE_MS);
    expect(await sealed(memory, NEW).get('Grant', 'id')).toEqual({ from: 'new' });
    expect(await sealed(memory, OLD).get('Grant', 'id')).toBeUndefined();
  });

  test('moved to another name does not open: access to Redis makes no sign-in of one person that of another', async () => {
    const memory = new MemoryRecords();
    const records = sealed(memory, OLD);
    await records.set('Identity', 'mine', { key: 'my key' }, MINUTE_MS);
    const [mine = ''] = memory.names();
    await records.set('Identity', 'yours', { key: 'your key' }, MINUTE_MS);
    const yours = memory.names().find(name => name !== mine) ?? '';
    await memory.set(yours, memory.find(mine)?.value ?? '', MINUTE_MS);
    expect(await records.get('Identity', 'yours')).toBeUndefined();
  });

  test('is added once', async () => {
    const records = sealed(new MemoryRecords(), OLD);
    const added = await Promise.all([1, 2, 3].map(at => records.add('use', 'id', { at }, MINUTE_MS)));
    expect(added.filter(Boolean)).toHaveLength(1);
  });

  test('has a TTL that every Redis takes, whatever is asked for', async () => {
    const ttls: number[] = [];
    const memory = new MemoryRecords();
    memory.set = async (_name, _value, ttlMs) => void ttls.push(ttlMs);
    const records = sealed(memory, OLD);
    for (const ttlMs of [0, -5, 1e19]) await records.set('Grant', 'id', {}, ttlMs);
    expect(ttls).toEqual([1, 1, 90 * 24 * 60 * MINUTE_MS]);
  });

  test('is unavailable while Redis is lost', async () => {
    const lost = async () => {
      throw new RedisLostError();
    };
    const records = new SealedRecords(
      { get: lost, set: lost, setIfAbsent: lost, delete: lost, append: lost },
      keysFor('records', [OLD]),
    );
    const unavailable = { statusCode: 503, error: 'temporarily_unavailable' };
    await expect(records.get('Grant', 'id')).rejects.toMatchObject(unavailable);
    await expect(records.set('Grant', 'id', {}, 1)).rejects.toMatchObject(unavailable);
    await expect(records.add('Grant', 'id', {}, 1)).rejects.toMatchObject(unavailable);
    await expect(records.delete('Grant', 'id')).rejects.toMatchObject(unavailable);
  });
});
