import { describe, expect, test } from 'vitest';
import { createRandom } from '../../src/partoo-emulator/model/seeded-random.ts';
import { start, UNANSWERED } from './start.ts';

const headers = { 'x-APIKey': 'demo-admin' };
const reply = { review_id: UNANSWERED, content: 'Merci' };

/** A second reply is refused if the first one was carried out. */
const wasDone = async (post: Awaited<ReturnType<typeof start>>['post']) =>
  (await post('/comments', reply)).status === 400;

describe('a fault before the request is carried out', () => {
  test('responds with a status', async () => {
    const { emulator, post } = await start();
    emulator.faults.add({
      kind: 'status',
      status: 503,
      headers: { 'retry-after': '7' },
      body: { error: 'down' },
    });
    const response = await post('/comments', reply);
    expect([response.status, response.headers.get('retry-after'), response.body]).toEqual([
      503,
      '7',
      { error: 'down' },
    ]);
    expect(emulator.requests.at(-1)).toMatchObject({ status: 503, body: reply });
    expect(await wasDone(post)).toBe(false);
  });

  test('delays the normal response', async () => {
    const { emulator, get } = await start();
    emulator.faults.add({ kind: 'latency', ms: 80 });
    const began = performance.now();
    expect((await get('/user/me')).status).toBe(200);
    expect(performance.now() - began).toBeGreaterThan(75);
  });

  test('cuts the connection', async () => {
    const { emulator, base, post } = await start();
    emulator.faults.add({ kind: 'cut' });
    await expect(fetch(`${base}/user/me`, { headers })).rejects.toThrow();
    expect(emulator.requests.at(-1)?.status).toBeUndefined();
    expect(await wasDone(post)).toBe(false);
  });

  test('cuts the body', async () => {
    const { emulator, base } = await start();
    emulator.faults.add({ kind: 'cut_body' });
    const response = await fetch(`${base}/user/me`, { headers });
    expect(response.status).toBe(200);
    await expect(response.text()).rejects.toThrow();
  });

  test('responds with 200 and no JSON', async () => {
    const { emulator, base } = await start();
    emulator.faults.add({ kind: 'garbage' });
    const response = await fetch(`${base}/user/me`, { headers });
    expect(response.status).toBe(200);
    await expect(response.json()).rejects.toThrow(SyntaxError);
  });

  test('responds with JSON of the given size', async () => {
    const { emulator, base } = await start();
    emulator.faults.add({ kind: 'huge', bytes: 3_000_000 });
    const text = await (await fetch(`${base}/user/me`, { headers })).text();
    expect(text).toHaveLength(3_000_000);
    expect(JSON.parse(text)).toHaveProperty('page', 1);
  });
});

describe('a fault after the request is carried out', () => {
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

  test('is kept for later when a request is refused', async () => {
    const { emulator, post } = await start();
    emulator.faults.add({ kind: 'status', status: 502, when: 'after' });
    expect((await post('/comments', {})).status).toBe(400);
    expect((await post('/comments', reply)).status).toBe(502);
  });
});

describe('the fault queue', () => {
  test('applies the first matching fault, as often as given', async () => {
    const { emulator, get } = await start();
    emulator.faults.add({ kind: 'status', status: 500, path: /\/reviews$/, times: 2 });
    emulator.faults.add({ kind: 'status', status: 502 });
    const statuses = [];
    for (const path of ['/reviews', '/user/me', '/reviews', '/reviews']) {
      statuses.push((await get(path)).status);
    }
    expect(statuses).toEqual([500, 502, 500, 200]);
  });

  test('can be cleared of a permanent fault', async () => {
    const { emulator, get } = await start();
    emulator.faults.add({ kind: 'status', status: 500, times: Number.POSITIVE_INFINITY });
    for (let i = 0; i < 5; i++) expect((await get('/user/me')).status).toBe(500);
    emulator.faults.clear();
    expect((await get('/user/me')).status).toBe(200);
  });

  test('leaves other methods and paths alone', async () => {
    const { emulator, get } = await start();
    emulator.faults.add({ kind: 'status', status: 500, method: 'POST' });
    emulator.faults.add({ kind: 'status', status: 500, path: '/v2/reviews' });
    expect((await get('/user/me')).status).toBe(200);
  });

  test('refuses a path that can never match', async () => {
    const { emulator } = await start();
    expect(() => emulator.faults.add({ kind: 'cut', path: '/reviews' })).toThrow('/v2/');
  });
});

describe('a fault with a chance', () => {
  const statuses = async (seed: number, times: number) => {
    const { emulator, get } = await start({ random: createRandom(seed).next });
    emulator.faults.add({ kind: 'status', status: 500, chance: 0.3, times });
    const answered = [];
    for (let i = 0; i < 200; i++) answered.push((await get('/user/me')).status);
    return answered;
  };
  const failed = (answered: number[]) => answered.filter(status => status === 500).length;

  test('strikes about that share of the requests', async () => {
    const answered = await statuses(1, Number.POSITIVE_INFINITY);
    expect(failed(answered)).toBeGreaterThan(40);
    expect(failed(answered)).toBeLessThan(80);
  });

  test('strikes the same requests for the same seed only', async () => {
    const first = await statuses(1, Number.POSITIVE_INFINITY);
    expect(await statuses(1, Number.POSITIVE_INFINITY)).toEqual(first);
    expect(await statuses(2, Number.POSITIVE_INFINITY)).not.toEqual(first);
  });

  test('stays in the queue until it strikes', async () => {
    const answered = await statuses(1, 5);
    expect(failed(answered)).toBe(5);
    expect(answered[0]).toBe(200);
  });

  test('leaves the request to the next fault if it does not strike', async () => {
    const { emulator, get } = await start();
    emulator.faults.add({ kind: 'status', status: 500, chance: 0 });
    emulator.faults.add({ kind: 'status', status: 502, chance: 1 });
    expect((await get('/user/me')).status).toBe(502);
  });

  test.each([-0.1, 1.1, Number.NaN])('cannot have the chance %d', async chance => {
    const { emulator } = await start();
    expect(() => emulator.faults.add({ kind: 'cut', chance })).toThrow('0 to 1');
  });
});
