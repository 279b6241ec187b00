import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { withoutDelimiters } from '../../src/tools/untrusted-text/delimiters.ts';
import { connectCurl, errorIn } from '../support/clients.ts';
import { type RunningPair, startPair, startServer } from '../support/start.ts';

let pair: RunningPair;
beforeAll(async () => {
  pair = await startPair();
});
afterAll(() => pair.close());

async function callAs(key: string, tool: string, args: Record<string, unknown>) {
  const client = await connectCurl(pair.url, { 'x-APIKey': key });
  pair.received();
  const answer = await client.call(tool, args);
  return { answer, error: errorIn(answer), received: pair.received() };
}

describe("Partoo's refusals are told as what they are, after one attempt", () => {
  test('a revoked key', async () => {
    const { error, received } = await callAs('demo-revoked', 'search_businesses', {});
    expect(error.code).toBe('invalid_api_key');
    expect(error.next_step).toContain('x-APIKey');
    expect(received, "the look-up of the key's organization was enough to see it").toEqual([]);
  });

  test('an id nobody knows', async () => {
    const { error, received } = await callAs('demo-admin', 'get_business', {
      business_id: 'ffffffffffffffffffffffff',
    });
    expect(error).toMatchObject({ code: 'not_found', next_step: expect.stringContaining('Look the id up') });
    expect(error, 'nothing to correct').not.toHaveProperty('problems');
    expect(received).toHaveLength(1);
  });

  test('a field this user may not edit, by name', async () => {
    const { businesses } = (
      await (await connectCurl(pair.url, { 'x-APIKey': 'demo-manager' })).call('search_businesses')
    ).structured as { businesses: { id: string }[] };
    const { error, received } = await callAs('demo-manager', 'update_business', {
      business_id: businesses[0]?.id,
      name: 'Another name',
    });
    expect(error).toMatchObject({ code: 'permission_denied', problems: ['name: edit_not_allowed'] });
    expect(received).toHaveLength(1);
  });

  test('what only Partoo can know, field by field', async () => {
    pair.partoo.faults.add({
      kind: 'status',
      status: 400,
      body: {
        error: { json: { name: ['too long', 'not allowed'], contacts: { email: 'invalid\u0007 email' } } },
      },
    });
    const { error } = await callAs('demo-admin', 'update_business', { business_id: 'c-PAR/01', name: 'x' });
    expect(error).toMatchObject({
      code: 'invalid_input',
      problems: ['name: too long', 'name: not allowed', 'contacts.email: invalid email'].map(problem =>
        expect.stringMatching(new RegExp(`^${problem.replace(': ', ': <\\d{6}>')}</\\d{6}>$`)),
      ),
    });
  });
});

test.each([
  [{ message: 'Name is taken' }, ['message: Name is taken']],
  ['Name is taken', ['Name is taken']],
  [{ errors: ['one', 'two'] }, ['one', 'two']],
  [[], undefined],
])('a refusal in a shape nobody documented is passed on as well: %j', async (body, problems) => {
  pair.partoo.faults.add({ kind: 'status', status: 400, body: JSON.stringify(body) });
  const { error } = await callAs('demo-admin', 'update_business', { business_id: 'c-PAR/01', name: 'x' });
  expect(error.code).toBe('invalid_input');
  expect(error.problems?.map(withoutDelimiters)).toEqual(problems);
});

test('a Partoo that refuses connections: nothing was sent, and a write says so as well', async () => {
  const server = await startServer('http://127.0.0.1:9/v2');
  const client = await connectCurl(server.url, { 'x-APIKey': 'demo-admin' });
  const answer = await client.call('reply_to_review', { review_id: 1, content: 'Thank you' });
  expect(errorIn(answer)).toMatchObject({
    code: 'partoo_unavailable',
    message: expect.stringContaining('Nothing was changed'),
  });
  expect(server.log).toContainEqual(
    expect.objectContaining({ tool: 'reply_to_review', outcome: 'partoo_unavailable', attempts: 4 }),
  );
  await server.close();
});
