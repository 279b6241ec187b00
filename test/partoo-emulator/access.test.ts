import { describe, expect, test } from 'vitest';
import { DEMO_KEYS } from '../../src/partoo-emulator/model/keys.ts';
import { ANSWERED, LYON_1, PARIS_1, RENNES_1, send, start, UNANSWERED } from './start.ts';

describe('keys', () => {
  test.each([['demo-revoked'], ['anything-else'], ['']])('the key %j is refused with 401', async key => {
    const { get } = await start();
    const response = await get('/user/me', key);
    expect(response.status).toBe(401);
    expect(response.body).toEqual({ error: { authentication: 'User not authenticated' } });
  });

  test('a request without a key is refused with 401, even for an unknown path', async () => {
    const { base } = await start();
    expect((await fetch(`${base}/business/search`)).status).toBe(401);
    expect((await fetch(`${base}/nowhere`)).status).toBe(401);
  });

  test('every demo key except the revoked one has its listed role', async () => {
    const { get } = await start();
    for (const { key, role } of DEMO_KEYS.filter(({ key }) => key !== 'demo-revoked')) {
      expect((await get('/user/me', key)).body).toMatchObject({
        role,
        id: expect.stringMatching(/^[0-9a-f]{24}$/),
      });
    }
  });

  test('the two administrators are different users of one organization', async () => {
    const { get } = await start();
    const [admin, colleague] = [await get('/user/me'), await get('/user/me', 'demo-colleague')];
    expect(admin.body.org_id).toBe(colleague.body.org_id);
    expect(admin.body.id).not.toBe(colleague.body.id);
  });
});

describe('a restricted key', () => {
  const READER = 'demo-reader';

  test('reads everything that its user sees', async () => {
    const { get, post } = await start();
    expect((await get('/user/me', READER)).body).toEqual((await get('/user/me', 'demo-colleague')).body);
    expect((await get('/business/search', READER)).body.count).toBe(39);
    expect((await post(`/diffusion_errors/${LYON_1}`, {}, READER)).status, 'a read by POST').toBe(200);
  });

  test.each([
    ['POST', '/comments', { review_id: UNANSWERED, content: 'Merci' }],
    ['POST', `/business/${LYON_1}`, { city: 'Lyon' }],
    ['PUT', `/reviews/${ANSWERED}`, { state: 'treated' }],
    ['PATCH', '/conversations/30001', { status: 'closed' }],
    ['DELETE', '/posts/8001', undefined],
  ])('may not %s %s, which its user may', async (method, path, body) => {
    const { call } = await start();
    const request = body ? send(method, body) : { method };
    const refused = await call(path, READER, request);
    expect(refused.status).toBe(403);
    expect(refused.body).toEqual({ error: { authorization: 'Operation not allowed' } });
    expect((await call(path, 'demo-colleague', request)).status).toBe(200);
  });
});

describe('access', () => {
  test('a user sees the own organization and no other', async () => {
    const { get } = await start();
    expect((await get('/org/1')).body).toMatchObject({ org_id: 1, name: 'Maison Solène' });
    expect((await get('/org/2')).status).toBe(403);
  });

  test('the manager sees only five businesses with their reviews, conversations and posts', async () => {
    const { get } = await start();
    const { businesses } = (await get('/business/search', 'demo-manager')).body;
    const ids = businesses.map((business: { id: string }) => business.id);
    expect(ids).toHaveLength(5);
    const { reviews } = (await get('/reviews?per_page=100', 'demo-manager')).body;
    const { posts } = (await get('/posts?per_page=100', 'demo-manager')).body;
    const { conversations } = (await get('/conversations?per_page=100', 'demo-manager')).body;
    expect(reviews.length * posts.length * conversations.length).toBeGreaterThan(0);
    for (const { business_id } of [...reviews, ...posts]) expect(ids).toContain(business_id);
    for (const { business } of conversations) expect(ids).toContain(business.id);
  });

  test('statistics cover only accessible businesses', async () => {
    const { get } = await start();
    for (const [path, list] of [
      ['/review_analytics/metrics?metrics=reviews_count&dimensions=business', 'data'],
      ['/presence_analytics/metrics?metrics=call_clicks&dimensions=business', 'metrics'],
      ['/presence_analytics/keywords?metrics=count&dimensions=business', 'keywords'],
    ] as const) {
      expect((await get(path, 'demo-manager')).body[list]).toHaveLength(5);
      expect((await get(path, 'demo-other')).body[list]).toHaveLength(5);
    }
  });

  test('an inaccessible business gets 403, one of another organization 404', async () => {
    const { get } = await start();
    expect((await get(`/business/${LYON_1}`, 'demo-manager')).status).toBe(200);
    const refused = await get(`/business/${PARIS_1}`, 'demo-manager');
    expect(refused.status).toBe(403);
    expect(refused.body).toEqual({ error: { authorization: 'Operation not allowed' } });
    const unknown = await get(`/business/${RENNES_1}`);
    expect(unknown.status).toBe(404);
    expect(unknown.body).toEqual({ error: { json: 'Resource not found' } });
  });

  test('a filter on an inaccessible business finds nothing', async () => {
    const { get } = await start();
    expect((await get(`/reviews?business__in=${PARIS_1}`, 'demo-manager')).body.count).toBe(0);
    expect((await get(`/reviews?business__in=${PARIS_1}`, 'demo-other')).body.count).toBe(0);
  });
});
