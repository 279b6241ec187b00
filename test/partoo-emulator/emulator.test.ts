import { describe, expect, test, vi } from 'vitest';
import { LYON_1, start, UNANSWERED } from './start.ts';

const EVERYTHING = [
  '/business/search?per_page=100',
  '/reviews?per_page=100',
  '/conversations?per_page=100',
  '/messages?conversation_id=30012',
  '/posts?per_page=100',
  '/reviews/templates/search',
  '/presence_analytics/metrics?metrics=call_clicks&dimensions=month',
  '/presence_analytics/keywords?metrics=count&dimensions=month',
];

describe('the seeded data', () => {
  test('is the same for the same time', async () => {
    const now = new Date('2026-11-21T10:00:00Z');
    const [one, two] = [await start({ now }), await start({ now })];
    for (const path of EVERYTHING) expect((await one.get(path)).body).toEqual((await two.get(path)).body);
  });

  test('keeps its ids for another time', async () => {
    const early = await start({ now: new Date('2026-01-01T00:00:00Z') });
    const late = await start({ now: new Date('2026-11-21T00:00:00Z') });
    const newest = async ({ get }: typeof early) => (await get('/reviews?per_page=1')).body.reviews[0];
    const [before, after] = [await newest(early), await newest(late)];
    expect(before).toMatchObject({ id: after.id, content: after.content });
    expect(before.date < '2026-01-01').toBe(true);
    expect(after.date > '2026-11-01').toBe(true);
  });

  test('is not shared between emulators', async () => {
    const [one, two] = [await start(), await start()];
    await one.post(`/business/${LYON_1}`, { name: 'Renamed' });
    expect((await two.get(`/business/${LYON_1}`)).body.name).toBe('Maison Solène Bellecour');
  });
});

describe('a request', () => {
  test.each([
    [{ 'content-type': 'text/plain' }],
    [{ 'content-type': 'application/x-www-form-urlencoded' }],
    [{ 'content-type': 'application/jsonp' }],
  ])('that writes with %j gets 415', async headers => {
    const { call } = await start();
    const response = await call('/comments', 'demo-admin', { method: 'POST', headers, body: '{}' });
    expect(response.status).toBe(415);
    expect(response.body).toEqual({
      errors: { json: 'Unsupported media type. Please use application/json' },
    });
  });

  test('that writes without a body or a content type gets 415', async () => {
    const { call } = await start();
    expect((await call('/posts', 'demo-admin', { method: 'POST' })).status).toBe(415);
  });

  test('may name a charset, and gets 400 for malformed JSON', async () => {
    const { call } = await start();
    const headers = { 'content-type': 'application/json; charset=utf-8' };
    const response = await call('/comments', 'demo-admin', {
      method: 'POST',
      headers,
      body: '{"review_id":',
    });
    expect(response.status).toBe(400);
    expect(response.body.error.json).toHaveProperty('body');
  });

  test('that writes may have no query', async () => {
    const { post } = await start();
    expect((await post('/comments?dry=1', { review_id: UNANSWERED, content: 'x' })).status).toBe(400);
  });

  test('with an unknown path or method gets 404', async () => {
    const { get, call } = await start();
    expect((await get('/businesses')).body).toEqual({ error: { json: 'Resource not found' } });
    expect((await call(`/business/${LYON_1}`, 'demo-admin', { method: 'DELETE' })).status).toBe(404);
  });
});

describe('the request log', () => {
  test('has each request with the status of its response', async () => {
    const { emulator, post, get } = await start();
    await post('/comments', { review_id: UNANSWERED, content: 'Merci' });
    await get('/reviews?keywords=bon+pain&per_page=1', 'wrong');
    expect(emulator.requests).toMatchObject([
      {
        method: 'POST',
        path: '/v2/comments',
        url: '/v2/comments',
        query: {},
        body: { review_id: UNANSWERED, content: 'Merci' },
        status: 200,
      },
      {
        method: 'GET',
        path: '/v2/reviews',
        url: '/v2/reviews?keywords=bon+pain&per_page=1',
        query: { keywords: 'bon pain', per_page: '1' },
        headers: { 'x-apikey': 'wrong' },
        status: 401,
      },
    ]);
  });

  test.each([
    [undefined, true],
    [{ kind: 'latency', ms: 5 }, true],
    [{ kind: 'status', status: 500 }, undefined],
    [{ kind: 'status', status: 200 }, undefined],
    [{ kind: 'garbage' }, undefined],
    [{ kind: 'cut_body' }, undefined],
    [{ kind: 'cut' }, undefined],
    [{ kind: 'status', status: 500, when: 'after' }, true],
    [{ kind: 'cut_body', when: 'after' }, true],
    [{ kind: 'cut', when: 'after' }, true],
  ] as const)('with the fault %j a write has carriedOut: %s', async (fault, carriedOut) => {
    const { emulator, post, get } = await start();
    if (fault) emulator.faults.add(fault);
    await post('/comments', { review_id: UNANSWERED, content: 'Merci' }).catch(() => 'no response');
    const [write] = emulator.requests;
    expect(write?.carriedOut).toBe(carriedOut);
    expect(write?.faults).toEqual(fault ? [fault] : []);
    const replied = (await get('/reviews?state__in=treated&per_page=10')).body.reviews;
    expect(replied.some(({ id }: { id: number }) => id === UNANSWERED)).toBe(carriedOut === true);
  });

  test('has a write as carried out when its client disconnects', async () => {
    const { emulator, base } = await start();
    emulator.faults.add({ kind: 'latency', ms: 500 });
    const client = new AbortController();
    const aborted = fetch(`${base}/comments`, {
      method: 'POST',
      headers: { 'x-APIKey': 'demo-admin', 'content-type': 'application/json' },
      body: JSON.stringify({ review_id: UNANSWERED, content: 'Merci' }),
      signal: client.signal,
    });
    await vi.waitUntil(() => emulator.requests.length > 0, { interval: 5 });
    client.abort();
    await expect(aborted).rejects.toThrow();
    await expect.poll(() => emulator.requests[0]?.carriedOut).toBe(true);
    expect(emulator.requests[0]?.status).toBeUndefined();
  });

  test('has a refused request as not carried out', async () => {
    const { emulator, post, get } = await start();
    await post('/comments', { review_id: UNANSWERED });
    await get('/businesses');
    await get('/user/me', 'wrong');
    expect(emulator.requests.map(({ status, carriedOut }) => [status, carriedOut])).toEqual([
      [400, undefined],
      [404, undefined],
      [401, undefined],
    ]);
  });

  test('keeps only the last requests', async () => {
    const { emulator, get } = await start({ requestsKept: 2 });
    for (const path of ['/user/me', '/posts', '/reviews']) await get(path);
    expect(emulator.requests.map(({ path }) => path)).toEqual(['/v2/posts', '/v2/reviews']);
  });
});
