import { describe, expect, test } from 'vitest';
import { createRandom } from '../../src/partoo-emulator/random.ts';
import { start, UNANSWERED } from './start.ts';

const headers = { 'x-APIKey': 'demo-admin' };
const reply = { review_id: UNANSWERED, content: 'Merci' };

/** Whether the reply was carried out: a second one is then refused. */
const wasDone = async (post: Awaited<ReturnType<typeof start>>['post']) =>
  (await post('/comments', reply)).status === 400;

describe('before', () => {
  test('a status is answered and nothing was done', async () => {
    const { emulator, post } = await start();
    emulator.faults.add({
      kind: 'status',
      status: 503,
      headers: { 'retry-after': '7' },
      body: { error: 'down' },
    });
    const answer = await post('/comments', reply);
    expect([answer.status, answer.headers.get('retry-after'), answer.body]).toEqual([
      503,
      '7',
      { error: 'down' },
    ]);
    expect(emulator.requests.at(-1)).toMatchObject({ status: 503, body: reply });
    expect(await wasDone(post)).toBe(false);
  });

  test('latency delays the normal answer', async () => {
    const { emulator, get } = await start();
    emulator.faults.add({ kind: 'latency', ms: 80 });
    const began = performance.now();
    expect((await get('/user/me')).status).toBe(200);
    expect(performance.now() - began).toBeGreaterThan(75);
  });

  test('a cut connection gives no answer', async () => {
    const { emulator, base, post } = await start();
    emulator.faults.add({ kind: 'cut' });
    await expect(fetch(`${base}/user/me`, { headers })).rejects.toThrow();
    expect(emulator.requests.at(-1)?.status).toBeUndefined();
    expect(await wasDone(post)).toBe(false);
  });

  test('a cut body begins and does not end', async () => {
    const { emulator, base } = await start();
    emulator.faults.add({ kind: 'cut_body' });
    const response = await fetch(`${base}/user/me`, { headers });
    expect(response.status).toBe(200);
    await expect(response.text()).rejects.toThrow();
  });

  test('garbage is 200 and not JSON', async () => {
    const { emulator, base } = await start();
    emulator.faults.add({ kind: 'garbage' });
    const response = await fetch(`${base}/user/me`, { headers });
    expect(response.status).toBe(200);
    await expect(response.json()).rejects.toThrow(SyntaxError);
  });

  test('a huge answer has the size asked for and is JSON', async () => {
    const { emulator, base } = await start();
    emulator.faults.add({ kind: 'huge', bytes: 3_000_000 });
    const text = await (await fetch(`${base}/user/me`, { headers })).text();
    expect(text).toHaveLength(3_000_000);
    expect(JSON.parse(text)).toHaveProperty('page', 1);
  });
});

describe('after', () => {
  test.each([
    { kind: 'status', status: 500 },
    { kind: 'cut' },
    { kind: 'cut_body' },
    { kind: 'garbage' },
    { kind: 'huge', bytes: 1000 },
    { kind: 'latency', ms: 20 },
  ] as const)('$kind: the write did happen', async fault => {
    const { emulator, base, post } = await start();
    emulator.faults.add({ ...fault, when: 'after', method: 'POST', path: '/v2/comments' });
    await fetch(`${base}/comments`, {
      method: 'POST',
      headers: { ...headers, 'content-type': 'application/json' },
      body: JSON.stringify(reply),
    })
      .then(response => response.text())
      .catch(() => 'cut');
    expect(await wasDone(post)).toBe(true);
  });

  test('a refused request leaves the fault in the queue', async () => {
    const { emulator, post } = await start();
    emulator.faults.add({ kind: 'status', status: 502, when: 'after' });
    expect((await post('/comments', {})).status).toBe(400);
    expect((await post('/comments', reply)).status).toBe(502);
  });
});

describe('the queue', () => {
  test('the first fault that matches applies, as often as it says', async () => {
    const { emulator, get } = await start();
    emulator.faults.add({ kind: 'status', status: 500, path: /\/reviews$/, times: 2 });
    emulator.faults.add({ kind: 'status', status: 502 });
    const statuses = [];
    for (const path of ['/reviews', '/user/me', '/reviews', '/reviews']) {
      statuses.push((await get(path)).status);
    }
    expect(statuses).toEqual([500, 502, 500, 200]);
  });

  test('a fault for ever ends when cleared', async () => {
    const { emulator, get } = await start();
    emulator.faults.add({ kind: 'status', status: 500, times: Number.POSITIVE_INFINITY });
    for (let i = 0; i < 5; i++) expect((await get('/user/me')).status).toBe(500);
    emulator.faults.clear();
    expect((await get('/user/me')).status).toBe(200);
  });

  test('a method or a path that differs is not touched', async () => {
    const { emulator, get } = await start();
    emulator.faults.add({ kind: 'status', status: 500, method: 'POST' });
    emulator.faults.add({ kind: 'status', status: 500, path: '/v2/reviews' });
    expect((await get('/user/me')).status).toBe(200);
  });

  test('a path that can never match is refused at once', async () => {
    const { emulator } = await start();
    expect(() => emulator.faults.add({ kind: 'cut', path: '/reviews' })).toThrow('/v2/');
  });
});

describe('a chance', () => {
  const statuses = async (seed: number, times: number) => {
    const { emulator, get } = await start({ random: createRandom(seed).next });
    emulator.faults.add({ kind: 'status', status: 500, chance: 0.3, times });
    const answered = [];
    for (let i = 0; i < 200; i++) answered.push((await get('/user/me')).status);
    return answered;
  };
  const failed = (answered: number[]) => answered.filter(status => status === 500).length;

  test('is about the share of the requests that meet the fault', async () => {
    const answered = await statuses(1, Number.POSITIVE_INFINITY);
    expect(failed(answered)).toBeGreaterThan(40);
    expect(failed(answered)).toBeLessThan(80);
  });

  test('falls alike for one seed, and otherwise for another', async () => {
    const first = await statuses(1, Number.POSITIVE_INFINITY);
    expect(await statuses(1, Number.POSITIVE_INFINITY)).toEqual(first);
    expect(await statuses(2, Number.POSITIVE_INFINITY)).not.toEqual(first);
  });

  test('that was not drawn leaves the fault in the queue', async () => {
    const answered = await statuses(1, 5);
    expect(failed(answered)).toBe(5);
    expect(answered[0]).toBe(200);
  });

  test('that was not drawn leaves the request to the next fault', async () => {
    const { emulator, get } = await start();
    emulator.faults.add({ kind: 'status', status: 500, chance: 0 });
    emulator.faults.add({ kind: 'status', status: 502, chance: 1 });
    expect((await get('/user/me')).status).toBe(502);
  });

  test.each([-0.1, 1.1, Number.NaN])('of %d is refused at once', async chance => {
    const { emulator } = await start();
    expect(() => emulator.faults.add({ kind: 'cut', chance })).toThrow('0 to 1');
  });
});
