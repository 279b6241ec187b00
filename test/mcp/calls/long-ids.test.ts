import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { connectV1, connectV2 } from '../../support/clients.ts';
import { exceptLookUps, type ScriptedPartoo, startScriptedPartoo } from '../../support/scripted-partoo.ts';
import { type RunningServer, startServer } from '../../support/start.ts';

/** Two neighbours above 2^53, which are the same number in JavaScript. */
const LONG = '9007199254740993';
const NEXT = '9007199254740992';

let partoo: ScriptedPartoo;
/** As a text: JSON.stringify would round the ids. */
let body: string;
let server: RunningServer;
beforeAll(async () => {
  partoo = await startScriptedPartoo(exceptLookUps(() => ({ body })));
  server = await startServer(partoo.baseUrl);
});
beforeEach(() => {
  partoo.requests.length = 0;
});
afterAll(async () => {
  await server.close();
  await partoo.close();
});

const received = () =>
  partoo.requests.filter(({ path }) => path !== '/user/me').map(({ target, body }) => ({ target, body }));

async function call(tool: string, args: string): Promise<string> {
  const response = await fetch(server.url, {
    method: 'POST',
    headers: { 'content-type': 'application/json', accept: 'application/json', 'x-APIKey': '1-anna' },
    body: `{"jsonrpc":"2.0","id":1,"method":"tools/call","params":{"name":"${tool}","arguments":${args}}}`,
  });
  return response.text();
}

test.each([
  ['numbers', LONG, NEXT],
  ['texts', `"${LONG}"`, `"${NEXT}"`],
])('two reviews whose ids are long %s do not share an id', async (_, one, other) => {
  body = `{"reviews":[{"id":${one},"state":"treated"},{"id":${other},"state":"treated"},{"id":7}],"count":3,"page":1,"max_page":1}`;
  for (const connect of [connectV2, connectV1]) {
    const client = await connect(server.url, { 'x-APIKey': '1-anna' });
    // Both clients check structuredContent against the advertised outputSchema, once they have the list.
    await client.listTools();
    const { text, structured } = await client.call('search_reviews');
    const ids = (structured as { reviews: { id: unknown }[] }).reviews.map(({ id }) => id);
    expect(ids).toEqual([LONG, NEXT, 7]);
    expect(JSON.parse(text).reviews[0].id).toBe(LONG);
    await client.close();
  }
});

test.each([
  ['a number', LONG],
  ['a text', `"${LONG}"`],
  ['a text in a list', `["${LONG}"]`],
  ['a number in JSON in a text', `"[${LONG}]"`],
])('a long id as %s reaches Partoo as the number it is', async (how, id) => {
  body = '{"id":1}';
  await call('reply_to_review', `{"review_id":${id},"content":"Thanks","idempotency_key":"${how}"}`);
  await call('list_messages', `{"conversation_id":${id}}`);
  expect(received()).toEqual([
    { target: '/comments', body: `{"review_id":${LONG},"content":"Thanks"}` },
    { target: `/messages?conversation_id=${LONG}`, body: '' },
  ]);
});

test.each([[`[${LONG},7]`], [`"${LONG},7"`], [`"[${LONG}, 7]"`]])(
  'groups with long ids as %s reach Partoo as the numbers they are',
  async groups => {
    body = '{"status":"success","id":"c4be7993f4425413233d77d3"}';
    const key = JSON.stringify(groups);
    await call(
      'update_business',
      `{"business_id":"c4be7993f4425413233d77d3","groups":${groups},"idempotency_key":${key}}`,
    );
    expect(received().map(({ body }) => body)).toEqual([`{"groups":[${LONG},7]}`]);
  },
);

test('two replies to reviews with neighbouring long ids are two writes', async () => {
  body = '{"id":1}';
  await call('reply_to_review', `{"review_id":${LONG},"content":"The same"}`);
  await call('reply_to_review', `{"review_id":${NEXT},"content":"The same"}`);
  expect(received().map(({ body }) => body)).toEqual([
    `{"review_id":${LONG},"content":"The same"}`,
    `{"review_id":${NEXT},"content":"The same"}`,
  ]);
});

test.each([['0'], ['-1'], ['1.5'], ['1e20'], ['"x"'], ['"1,000"'], [`"${'9'.repeat(40)}"`]])(
  'the id %s is refused',
  async id => {
    body = '{}';
    expect(await call('reply_to_review', `{"review_id":${id},"content":"x"}`)).toContain(
      'review_id: must be a numeric id such as 1234',
    );
    expect(received()).toEqual([]);
  },
);
