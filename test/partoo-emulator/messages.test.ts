import { describe, expect, test } from 'vitest';
import { COLLEAGUE, OTHER } from '../../src/partoo-emulator/model/keys.ts';
import { fieldsOf, LYON_1, send, start } from './start.ts';

const FRESH = 30001;
const EXPIRED = 30060;

type Get = Awaited<ReturnType<typeof start>>['get'];

async function follow(get: Get, path: string, list: string, perPage: number) {
  const rows: { id: number; date?: string }[] = [];
  let cursor: string | null = null;
  do {
    const { body } = await get(`${path}per_page=${perPage}${cursor ? `&cursor=${cursor}` : ''}`);
    rows.push(...body[list]);
    cursor = body.next_cursor;
  } while (cursor);
  return rows;
}

describe('conversations', () => {
  test('are all returned once by following the cursor', async () => {
    const { get } = await start();
    const rows = await follow(get, '/conversations?', 'conversations', 7);
    expect(new Set(rows.map(({ id }) => id)).size).toBe(60);
    expect(rows[0]?.id).toBe(FRESH);
  });

  test('have no next cursor on the last page, even a full one', async () => {
    const { get } = await start();
    const { body } = await get('/conversations?per_page=60');
    expect(body).toMatchObject({ count: 60, next_cursor: null });
  });

  test('can be filtered by business', async () => {
    const { get } = await start();
    const { business } = (await get('/conversations?per_page=1')).body.conversations[0];
    const { conversations } = (await get(`/conversations?business__in=${business.id}`)).body;
    for (const conversation of conversations) expect(conversation.business.id).toBe(business.id);
    expect(conversations.length).toBeLessThan(60);
  });

  test.each([
    ['page=1', ['page']],
    ['cursor=abc', ['cursor']],
    ['per_page=101', ['per_page']],
    ['business__in=x', ['business__in.0']],
  ])('are refused for %s', async (query, fields) => {
    const { get } = await start();
    const response = await get(`/conversations?${query}`);
    expect(response.status).toBe(400);
    expect(fieldsOf(response)).toEqual(fields);
  });
});

describe('messages', () => {
  test('are returned newest first, in pages', async () => {
    const { get } = await start();
    const rows = await follow(get, `/messages?conversation_id=${FRESH}&`, 'messages', 2);
    const dates = rows.map(({ date }) => date);
    expect(dates).toEqual([...dates].sort().reverse());
    expect(dates[0]).toMatch(/^\d{4}-\d\d-\d\d \d\d:\d\d:\d\d\.\d{6}\+00:00$/);
  });

  test('require an accessible conversation', async () => {
    const { get } = await start();
    expect(fieldsOf(await get('/messages'))).toEqual(['conversation_id']);
    expect((await get('/messages?conversation_id=1')).status).toBe(404);
    expect((await get(`/messages?conversation_id=${FRESH}`, 'demo-other')).status).toBe(404);
  });

  test('are Sending when first read, then delivered, and become the last of their conversation', async () => {
    const { get, post } = await start();
    const body = { conversation_id: FRESH, content_type: 'Text', content: 'C’est noté !' };
    const sent = (await post('/messages', body)).body;
    expect(sent).toEqual({ status: 'success', message_id: expect.any(Number) });
    const last = async () => (await get(`/messages?conversation_id=${FRESH}&per_page=1`)).body.messages[0];
    expect(await last()).toMatchObject({ id: sent.message_id, content: 'C’est noté !', status: 'Sending' });
    expect(await last()).toMatchObject({ status: 'Success', sender_type: 'User' });
    const [conversation] = (await get('/conversations?per_page=1')).body.conversations;
    expect(conversation).toMatchObject({ id: FRESH, last_message: { id: sent.message_id } });
  });

  test('to an expired conversation fail', async () => {
    const { get, post } = await start();
    await post('/messages', { conversation_id: EXPIRED, content_type: 'Text', content: 'Bonjour' });
    const path = `/messages?conversation_id=${EXPIRED}&per_page=1`;
    await get(path);
    expect((await get(path)).body.messages[0].status).toBe('Failed');
  });

  test.each([
    [{ conversation_id: FRESH, content: 'x' }, ['content_type']],
    [{ conversation_id: String(FRESH), content_type: 'Text', content: 'x' }, ['conversation_id']],
    [{ conversation_id: FRESH, content_type: 'Image', content: 'x' }, ['content_type']],
    [{ conversation_id: FRESH, content_type: 'Text', content: '' }, ['content']],
    [{ conversation_id: FRESH, content_type: 'Text', content: 'x', business_id: LYON_1 }, ['business_id']],
  ])('are refused for %j', async (body, fields) => {
    const { post } = await start();
    expect(fieldsOf(await post('/messages', body))).toEqual(fields);
  });
});

describe('one conversation', () => {
  const path = `/conversations/${FRESH}`;

  test('is shown as in the list, and only to those who see its business', async () => {
    const { get } = await start();
    const [first] = (await get('/conversations?per_page=1')).body.conversations;
    expect((await get(path)).body).toEqual(first);
    expect((await get(path, 'demo-other')).status).toBe(404);
    expect((await get('/conversations/1')).status).toBe(404);
    expect(fieldsOf(await get(`${path}?detail=full`))).toEqual(['detail']);
  });

  test('is solved when closed, until it is opened again', async () => {
    const { get, call } = await start();
    for (const [status, is_solved] of [['closed', true] as const, ['open', false] as const]) {
      const response = await call(path, 'demo-admin', send('PATCH', { status }));
      expect(response.body).toEqual({ status: 'success' });
      expect((await get(path)).body).toMatchObject({ is_solved });
    }
  });

  test('is assigned to a user who sees it, and to nobody', async () => {
    const { get, call } = await start();
    await call(path, 'demo-admin', send('PATCH', { assigned_user_id: COLLEAGUE.id }));
    expect((await get(path)).body).toMatchObject({ assigned_user_id: COLLEAGUE.id });
    await call(path, 'demo-admin', send('PATCH', { assigned_user_id: 'unassigned' }));
    expect((await get(path)).body).toMatchObject({ assigned_user_id: null });
  });

  test('is not assigned outside enterprise organizations', async () => {
    const { call } = await start();
    const assigning = send('PATCH', { assigned_user_id: OTHER.id });
    expect((await call('/conversations/40001', 'demo-other', assigning)).status).toBe(403);
  });

  test.each([
    [FRESH, {}, ['body']],
    [FRESH, { status: 'Closed' }, ['body']],
    [FRESH, { status: 'closed', assigned_user_id: 'unassigned' }, ['body']],
    [FRESH, { is_read: true }, ['body']],
    [FRESH, { assigned_user_id: OTHER.id }, ['assigned_user_id']],
    [EXPIRED, { status: 'open' }, ['status']],
  ])('%i is not changed by %j', async (id, body, fields) => {
    const { call } = await start();
    expect(fieldsOf(await call(`/conversations/${id}`, 'demo-admin', send('PATCH', body)))).toEqual(fields);
  });

  test('is read for one user at a time, with an empty body of JSON', async () => {
    const { get, call, post } = await start();
    const { conversations } = (await get('/conversations?per_page=100')).body;
    const { id } = conversations.find(({ is_read }: { is_read: boolean }) => !is_read);
    expect((await call(`/conversations/${id}/read`, 'demo-admin', { method: 'POST' })).status).toBe(415);
    expect(fieldsOf(await post(`/conversations/${id}/read`, { is_read: true }))).toEqual(['is_read']);
    expect((await post(`/conversations/${id}/read`, {})).body).toEqual({ status: 'success' });
    expect((await get(`/conversations/${id}`)).body.is_read).toBe(true);
    expect((await get(`/conversations/${id}`, 'demo-colleague')).body.is_read).toBe(false);
  });
});

describe('message templates', () => {
  test('are a bare array for each organization, whose content lacks a comma', async () => {
    const { get } = await start();
    const { body } = await get('/messaging/templates');
    expect(body).toHaveLength(4);
    expect(body[0].content).toMatch(/^\{"text": ".*" "_version": "0\.1"\}$/);
    expect((await get('/messaging/templates', 'demo-other')).body).toHaveLength(1);
    expect(fieldsOf(await get('/messaging/templates?page=1'))).toEqual(['page']);
  });
});
