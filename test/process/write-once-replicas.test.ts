import { randomUUID } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import { describe, expect, test } from 'vitest';
import { createEmulator } from '../../src/partoo-emulator/emulator.ts';
import { connectCurl, errorIn, type TestClient, type ToolResult } from '../support/clients.ts';
import { startProcess } from '../support/process.ts';
import { redisDatabase } from '../support/redis-database.ts';
import { REPLY_TEMPLATE } from '../support/reply-template.ts';
import { startServer } from '../support/start.ts';

const redisUrl = redisDatabase(3);
const CONVERSATION = 30001;
const codeOf = (result: ToolResult) => (result.isError ? errorIn(result).code : 'ok');

describe.skipIf(!redisUrl)('replicas with one Redis', () => {
  const env = { REDIS_URL: redisUrl as string };

  test('make a write once, requested from several of them in turn or at once', async () => {
    const partoo = createEmulator();
    const base = await partoo.listen();
    const replicas = await Promise.all([startServer(base, env), startServer(base, env)]);
    const clients = await Promise.all(
      replicas.map(({ url }) => connectCurl(url, { 'x-APIKey': 'demo-admin' })),
    );
    const sendAt = (i: number, content: string) =>
      (clients[i] as TestClient).call('send_message', { conversation_id: CONVERSATION, content });
    const posts = () => partoo.requests.filter(({ method }) => method === 'POST').length;

    const content = randomUUID();
    expect(codeOf(await sendAt(0, content))).toBe('ok');
    expect((await sendAt(1, content)).structured).toMatchObject({ repeated: true });
    expect(posts()).toBe(1);

    partoo.faults.add({ kind: 'latency', ms: 200, method: 'POST' });
    const other = randomUUID();
    const atOnce = await Promise.all([0, 1, 0, 1].map(i => sendAt(i, other)));
    expect(atOnce.map(codeOf).toSorted()).toEqual(['in_progress', 'in_progress', 'in_progress', 'ok']);
    expect(posts()).toBe(2);
    await Promise.all([...replicas.map(replica => replica.close()), partoo.close()]);
  });

  test('make the changes A, B and A as three, and claim no message that another has sent', async () => {
    const partoo = createEmulator();
    const base = await partoo.listen();
    const replicas = await Promise.all([startServer(base, env), startServer(base, env)]);
    const clients = await Promise.all(
      replicas.map(({ url }) => connectCurl(url, { 'x-APIKey': 'demo-admin' })),
    );
    const callAt = (i: number, tool: string, args: Record<string, unknown>) =>
      (clients[i] as TestClient).call(tool, args);

    const [a, b] = [randomUUID(), randomUUID()];
    const set = (i: number, region: string) =>
      callAt(i, 'update_business', { business_id: 'c-PAR/01', region });
    await set(0, a);
    await set(1, b);
    expect((await set(0, a)).structured).not.toHaveProperty('repeated');
    expect((await set(1, a)).structured).toMatchObject({ repeated: true });

    const message = { conversation_id: CONVERSATION, content: randomUUID() };
    expect(codeOf(await callAt(0, 'send_message', message))).toBe('ok');
    partoo.faults.add({ kind: 'cut', method: 'POST' });
    const second = await callAt(1, 'send_message', { ...message, idempotency_key: randomUUID() });
    expect(codeOf(second)).toBe('outcome_unknown');
    await Promise.all([...replicas.map(replica => replica.close()), partoo.close()]);
  }, 20_000);

  test('report a write of a killed process as in progress until its deadline, then as unknown, and never send it again', async () => {
    const partoo = createEmulator();
    const own = { ...env, PARTOO_BASE_URL: await partoo.listen(), TOOL_DEADLINE_MS: '3000' };
    const [one, other] = await Promise.all([startProcess(own), startProcess(own)]);
    const title = randomUUID();
    const ask = async (url: string) =>
      (await connectCurl(url, { 'x-APIKey': 'demo-admin' })).call('create_review_reply_template', {
        ...REPLY_TEMPLATE,
        title,
      });
    partoo.faults.add({ kind: 'latency', ms: 5_000, method: 'POST' });
    const lost = ask(one.url).catch(() => 'lost');
    await expect.poll(() => partoo.requests.some(({ method }) => method === 'POST')).toBe(true);
    await one.stop('SIGKILL');
    expect(await lost).toBe('lost');

    expect(codeOf(await ask(other.url))).toBe('in_progress');
    await sleep(3_100);
    expect(codeOf(await ask(other.url))).toBe('outcome_unknown');
    expect(partoo.requests.filter(({ method }) => method === 'POST')).toHaveLength(1);
    await Promise.all([other.stop(), partoo.close()]);
  }, 20_000);
});
