import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { withoutDelimiters } from '../../../src/tools/untrusted-text/delimiters.ts';
import { connectPlain, errorIn } from '../../support/clients.ts';
import { type RunningPair, startPair, startServer } from '../../support/start.ts';

let pair: RunningPair;
beforeAll(async () => {
  pair = await startPair();
});
afterAll(() => pair.close());

async function callAs(key: string, tool: string, args: Record<string, unknown>) {
  const client = await connectPlain(pair.url, { 'x-APIKey': key });
  pair.received();
  const result = await client.call(tool, args);
  return { result, error: errorIn(result), received: pair.received() };
}

describe("Partoo's refusals get their own error codes after one attempt", () => {
  test('a revoked key', async () => {
    const { error, received } = await callAs('demo-revoked', 'search_businesses', {});
    expect(error.code).toBe('invalid_api_key');
    expect(error.next_step).toContain('x-APIKey');
    expect(received, "the look-up of the key's organization was enough to see it").toEqual([]);
  });

  test('an unknown id', async () => {
    const { error, received } = await callAs('demo-admin', 'get_business', {
      business_id: 'ffffffffffffffffffffffff',
    });
    expect(error).toMatchObject({ code: 'not_found', next_step: expect.stringContaining('Look the id up') });
    expect(error, 'nothing to correct').not.toHaveProperty('problems');
    expect(received).toHaveLength(1);
  });

  test('a field that the user may not edit', async () => {
    const { businesses } = (
      await (await connectPlain(pair.url, { 'x-APIKey': 'demo-manager' })).call('search_businesses')
    ).structured as { businesses: { id: string }[] };
    const { error, received } = await callAs('demo-manager', 'update_business', {
      business_id: businesses[0]?.id,
      name: 'Another name',
    });
    expect(error).toMatchObject({ code: 'permission_denied', problems: ['name: edit_not_allowed'] });
    expect(received).toHaveLength(1);
  });

  test('a write with a key that has fewer permissions than its user', async () => {
    const reply = { review_id: 700_978, content: 'Merci !' };
    const { error, received } = await callAs('demo-reader', 'reply_to_review', reply);
    expect(error).toMatchObject({
      code: 'permission_denied',
      message: expect.stringContaining('or the key itself was given less. Nothing was changed.'),
      next_step: expect.stringContaining('another role in Partoo, or a key with more permissions'),
    });
    expect(received.filter(({ method }) => method === 'POST')).toHaveLength(1);
  });

  test('invalid values, each by its field', async () => {
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
])('a 400 in an undocumented shape is passed on: %j', async (body, problems) => {
  pair.partoo.faults.add({ kind: 'status', status: 400, body: JSON.stringify(body) });
  const { error } = await callAs('demo-admin', 'update_business', { business_id: 'c-PAR/01', name: 'x' });
  expect(error.code).toBe('invalid_input');
  expect(error.problems?.map(withoutDelimiters)).toEqual(problems);
});

test.each([
  [{ error: 'Bad Request', message: 'why' }, ['message: why']],
  [{ statusCode: 400, error: 'Bad Request', message: 'why' }, ['message: why']],
  [{ error: true, message: 'why' }, ['message: why']],
  [{ error: '', errors: { name: 'why' } }, ['name: why']],
  [{ error: {}, errors: { name: ['why', 'why'] } }, ['name: why']],
  [{ error: null, detail: 'why' }, ['detail: why']],
  [{ status: 'error', code: 400, reason: 'why' }, ['reason: why']],
  [{ error: 'invalid_request', error_description: 'why' }, ['invalid_request', 'error_description: why']],
  [{ name: { explanation: 'why', choices: ['a', 'b'] } }, ['name.explanation: why', 'name.choices: a, b']],
  [
    { businesses_count: 2, description: 'why', constraints: ['one', 'other'] },
    ['businesses_count: 2', 'description: why', 'constraints: one', 'constraints: other'],
  ],
  [{ errors: [{ title: 'why', detail: 'more' }] }, ['title: why', 'detail: more']],
  [{ error: { json: { is_draft: false } } }, ['is_draft: false']],
  [{ message: '{"error":{"json":{"name":"why"}}}' }, ['message.name: why']],
  [{ error: 'Bad Request' }, ['Bad Request']],
])('the reason is found in %j', async (body, problems) => {
  pair.partoo.faults.add({ kind: 'status', status: 400, body });
  const { error } = await callAs('demo-admin', 'update_business', { business_id: 'c-PAR/01', name: 'x' });
  expect(error.code).toBe('invalid_input');
  expect(error.problems?.map(withoutDelimiters)).toEqual(problems);
});

test.each([
  ['text/plain', 'name is taken by another shop', ['name is taken by another shop']],
  ['application/json', 'name is taken, not JSON', ['name is taken, not JSON']],
])('a reason in plain text is read from %s', async (type, body, problems) => {
  const headers = { 'content-type': type };
  pair.partoo.faults.add({ kind: 'status', status: 400, headers, body });
  const { error } = await callAs('demo-admin', 'update_business', { business_id: 'c-PAR/01', name: 'x' });
  expect(error.code).toBe('invalid_input');
  expect(error.problems?.map(withoutDelimiters)).toEqual(problems);
});

test('an error body of any depth and size becomes a few short lines', async () => {
  const deep = `${'{"error":['.repeat(2_000)}"why"${']}'.repeat(2_000)}`;
  const wide = JSON.stringify({ error: Array(50_000).fill({ name: 'x'.repeat(20) }) });
  const many = JSON.stringify({ error: Array.from({ length: 50_000 }, (_, index) => `reason ${index}`) });
  for (const body of [deep, wide, many, 'x'.repeat(500_000)]) {
    pair.partoo.faults.add({ kind: 'status', status: 400, body });
    const { error, result } = await callAs('demo-admin', 'update_business', {
      business_id: 'c-PAR/01',
      name: 'x',
    });
    expect(error.code).toBe('invalid_input');
    expect(result.text.length).toBeLessThan(2_000);
  }
});

test('a 200 with a deeply nested error is not a success', async () => {
  for (const body of [
    `{"error":${'['.repeat(50_000)}${']'.repeat(50_000)}}`,
    `{"errors":${'{"a":'.repeat(50_000)}1${'}'.repeat(50_000)}}`,
  ]) {
    pair.partoo.faults.add({ kind: 'status', status: 200, body });
    const { error } = await callAs('demo-admin', 'get_business', { business_id: 'c-PAR/01' });
    expect(error.code).toBe('partoo_unavailable');
    pair.partoo.faults.add({ kind: 'status', status: 200, body });
    const write = { business_id: 'c-PAR/01', name: 'x', idempotency_key: String(body.length) };
    expect((await callAs('demo-admin', 'update_business', write)).error.code).toBe('outcome_unknown');
  }
});

const PAGE = '<html>\n<head><title>Access denied by Shield</title></head><body>No.</body></html>';

describe.each([
  ['reads', 'get_business', { business_id: 'c-PAR/01' }],
  ['writes', 'update_business', { business_id: 'c-PAR/01', name: 'x' }],
])('a refusal by a proxy in front of Partoo is not reported as a refusal by Partoo (%s)', (_, tool, args) => {
  test.each([
    [400, PAGE],
    [401, PAGE],
    [403, PAGE],
    [404, `\n<!DOCTYPE html>${PAGE}`],
    [405, PAGE],
    [407, JSON.stringify({ error: 'Proxy Authentication Required' })],
    [407, PAGE],
    [403, 'RBAC: access denied'],
    [403, `<?xml version="1.0"?><Error><Code>Denied</Code><Message>by Shield</Message></Error>`],
    [404, 'default backend - 404'],
  ])('%i %s', async (status, body) => {
    pair.partoo.faults.add({ kind: 'status', status, headers: { 'content-type': 'text/html' }, body });
    const { error, received } = await callAs('demo-admin', tool, args);
    expect(error).toMatchObject({
      code: 'partoo_unavailable',
      message: expect.stringContaining('Nothing was changed'),
    });
    expect(error.problems?.[0]).toContain("not Partoo's API");
    expect(error.problems?.[0]).toContain(String(status));
    if (body.includes('Shield')) expect(error.problems?.[1]).toMatch(/denied\s+by Shield/i);
    expect(received, 'not sent again').toHaveLength(1);
    const again = await callAs('demo-admin', 'get_business', { business_id: 'c-PAR/01' });
    expect(again.result.isError, 'the key does not count as rejected').toBe(false);
  });

  test.each([
    [413, /too large for Partoo/],
    [414, /fewer ids at once/],
  ])('%i says how to make the request smaller', async (status, problem) => {
    pair.partoo.faults.add({ kind: 'status', status, headers: { 'content-type': 'text/html' }, body: PAGE });
    const { error } = await callAs('demo-admin', tool, args);
    expect(error).toMatchObject({
      code: 'invalid_input',
      problems: [expect.stringMatching(problem)],
    });
  });
});

test('only the top of a page is searched for its title', async () => {
  pair.partoo.faults.add({ kind: 'status', status: 403, body: '<title'.repeat(200_000) });
  const { error } = await callAs('demo-admin', 'get_business', { business_id: 'c-PAR/01' });
  expect(error.problems?.[0]).toContain("not Partoo's API");
});

const ids = (count: number) =>
  Array.from({ length: count }, (_, index) => index.toString(16).padStart(24, '0'));

test('a list too long for a URL is refused before anything is sent, with how many ids fit', async () => {
  const { error, received } = await callAs('demo-admin', 'search_reviews', { business__in: ids(1_000) });
  expect(error.code).toBe('invalid_input');
  expect(received).toEqual([]);
  const [, fitting] =
    /^business__in: 1000 at once .*; give at most (\d+) /.exec(error.problems?.[0] ?? '') ?? [];
  const fits = await callAs('demo-admin', 'search_reviews', { business__in: ids(Number(fitting)) });
  expect(fits.received).toHaveLength(1);
  expect(fits.received[0]?.url.length).toBeGreaterThan(7_900);
  const tooMany = await callAs('demo-admin', 'search_reviews', { business__in: ids(Number(fitting) + 1) });
  expect(tooMany.received).toEqual([]);
});

test.each([
  ['search_businesses', { query: 'x'.repeat(9_000) }, 'query'],
  ['search_reviews', { keywords: Array(900).fill('a phrase'), state__in: 'treated' }, 'keywords'],
  ['get_review_metrics', { metrics: 'rank', order_by: 'a'.repeat(9_000) }, 'order_by'],
  ['get_business', { business_id: `c-${'x'.repeat(9_000)}` }, 'business_id'],
  ['update_business', { business_id: `c-${'é'.repeat(3_000)}`, name: 'x' }, 'business_id'],
])('no argument of %s makes the URL too long', async (tool, args, name) => {
  const { error, received } = await callAs('demo-admin', tool, args);
  expect(error).toMatchObject({ code: 'invalid_input', problems: [expect.stringMatching(`^${name}: `)] });
  expect(received).toEqual([]);
});

test('a write says that nothing was changed when no connection to Partoo can be made', async () => {
  const server = await startServer('http://127.0.0.1:9/v2');
  const client = await connectPlain(server.url, { 'x-APIKey': 'demo-admin' });
  const result = await client.call('reply_to_review', { review_id: 1, content: 'Thank you' });
  expect(errorIn(result)).toMatchObject({
    code: 'partoo_unavailable',
    message: expect.stringContaining('Nothing was changed'),
  });
  expect(server.log).toContainEqual(
    expect.objectContaining({ tool: 'reply_to_review', outcome: 'partoo_unavailable', attempts: 4 }),
  );
  await server.close();
});
