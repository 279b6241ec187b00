import { describe, expect, test } from 'vitest';
import { ANSWERED, DELETED, fieldsOf, send, start, UNANSWERED, UNANSWERED_IN_LYON } from './start.ts';

type Get = Awaited<ReturnType<typeof start>>['get'];

/** A review among those of the last months. */
async function find(get: Get, id: number) {
  const { reviews } = (await get('/reviews?per_page=100')).body;
  return reviews.find((review: { id: number }) => review.id === id);
}
const replyOf = async (get: Get, id: number) => (await find(get, id)).comments;

describe("a review's state", () => {
  test('is set without a reply, and the review returned', async () => {
    const { get, call } = await start();
    for (const state of ['treated', 'not_treated']) {
      const { status, body } = await call(`/reviews/${UNANSWERED}`, 'demo-admin', send('PUT', { state }));
      expect(status).toBe(200);
      expect(body).toMatchObject({ id: UNANSWERED, state, comments: null });
      expect(await find(get, UNANSWERED)).toEqual(body);
    }
  });

  test.each([
    [{}, ['state']],
    [{ state: 'deleted' }, ['state']],
    [{ state: 'treated_auto_reply' }, ['state']],
    [{ state: 'treated', content: 'x' }, ['content']],
  ])('is not set by %j', async (body, fields) => {
    const { call } = await start();
    expect(fieldsOf(await call(`/reviews/${UNANSWERED}`, 'demo-admin', send('PUT', body)))).toEqual(fields);
  });

  test('is not set by those who do not see the business', async () => {
    const { call } = await start();
    const put = (id: number, key: string) => call(`/reviews/${id}`, key, send('PUT', { state: 'treated' }));
    expect((await put(1, 'demo-admin')).status).toBe(404);
    expect((await put(UNANSWERED, 'demo-other')).status).toBe(404);
    expect((await put(UNANSWERED, 'demo-manager')).status).toBe(403);
    expect((await put(UNANSWERED_IN_LYON, 'demo-manager')).status).toBe(200);
  });
});

describe('a published reply', () => {
  test('gets a new text', async () => {
    const { get, call } = await start();
    const { id, created } = await replyOf(get, ANSWERED);
    const change = send('PUT', { content: 'Merci encore' });
    const { body } = await call(`/comments/${id}`, 'demo-admin', change);
    expect(body).toMatchObject({ id, created, content: 'Merci encore', review_id: ANSWERED });
    expect(await replyOf(get, ANSWERED)).toEqual(body);
  });

  test.each([
    [{}, ['content']],
    [{ content: ' ' }, ['content']],
    [{ content: 'x', review_id: ANSWERED }, ['review_id']],
  ])('is not changed by %j', async (body, fields) => {
    const { get, call } = await start();
    const { id } = await replyOf(get, ANSWERED);
    expect(fieldsOf(await call(`/comments/${id}`, 'demo-admin', send('PUT', body)))).toEqual(fields);
  });

  test('is deleted once', async () => {
    const { get, call } = await start();
    const { id } = await replyOf(get, ANSWERED);
    const remove = (key = 'demo-admin') => call(`/comments/${id}`, key, { method: 'DELETE' });
    expect((await remove('demo-other')).status).toBe(404);
    expect((await remove('demo-manager')).status).toBe(403);
    expect((await remove()).body).toEqual({ status: 'success' });
    expect(await find(get, ANSWERED)).toMatchObject({ comments: null, state: 'not_treated' });
    expect((await remove()).status).toBe(404);
  });
});

describe("Partoo's suggestion", () => {
  const suggest = (get: Get, index: number, id = UNANSWERED) =>
    get(`/reviews/fetch-suggestion/${id}/${index}`);

  test('is kept once it is made, one for each index', async () => {
    const { get } = await start();
    const first = (await suggest(get, 0)).body;
    expect(first).toMatchObject({
      index: 0,
      review_id: UNANSWERED,
      content: expect.stringMatching(/\S/),
      report: null,
    });
    const second = (await suggest(get, 1)).body;
    expect(second.content).not.toBe(first.content);
    expect((await suggest(get, 0)).body).toEqual(first);
    expect(fieldsOf(await suggest(get, 3))).toEqual(['index']);
    expect((await suggest(get, 0, 1)).status).toBe(404);
  });

  test('marks the reply that names it, and belongs to its review', async () => {
    const { get, post } = await start();
    const { id, content } = (await suggest(get, 0)).body;
    const reply_suggestion = { reply_suggestion_id: id, reply_suggestion_modified: false };
    const elsewhere = await post('/comments', { review_id: UNANSWERED_IN_LYON, content, reply_suggestion });
    expect(fieldsOf(elsewhere)).toEqual(['reply_suggestion']);
    const reply = await post('/comments', { review_id: UNANSWERED, content, reply_suggestion });
    expect(reply.body).toMatchObject({ content, is_reply_suggestion: true });
  });

  test('must be named with whether it was modified', async () => {
    const { post } = await start();
    const reply_suggestion = { reply_suggestion_id: 7 };
    const response = await post('/comments', { review_id: DELETED, content: 'x', reply_suggestion });
    expect(fieldsOf(response)).toEqual(['reply_suggestion.reply_suggestion_modified']);
  });
});

describe('reply templates', () => {
  test.each([
    ['', 6],
    ['positive=true', 3],
    ['negative=true&language__in=fr', 1],
    ['language__in=fr,es', 4],
    ['title_query=merci', 1],
    ['text_query=DESOLES', 1],
    ['page=2', 6],
  ])('with %s are %i', async (query, count) => {
    const { get } = await start();
    expect((await get(`/reviews/templates/search?${query}`)).body.count).toBe(count);
  });

  test.each([
    ['per_page=5', ['per_page']],
    ['positive=1', ['positive']],
    ['page=0', ['page']],
    ['query=merci', ['query']],
  ])('are refused for %s', async (query, fields) => {
    const { get } = await start();
    expect(fieldsOf(await get(`/reviews/templates/search?${query}`))).toEqual(fields);
  });

  test('are deleted once, by their organization', async () => {
    const { get, call } = await start();
    const remove = (key: string) => call('/reviews/template/501', key, { method: 'DELETE' });
    expect((await remove('demo-other')).status).toBe(404);
    expect((await remove('demo-admin')).body).toEqual({ status: 'success' });
    expect((await remove('demo-admin')).status).toBe(404);
    expect((await get('/reviews/templates/search')).body.count).toBe(5);
  });
});
