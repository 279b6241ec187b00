import { afterAll, beforeAll, expect, test } from 'vitest';
import { connectV2, errorIn } from '../support/clients.ts';
import { type RunningPair, startPair } from '../support/start.ts';

let pair: RunningPair;
beforeAll(async () => {
  pair = await startPair();
});
afterAll(() => pair.close());

test('an argument that is nearly right is told which one was meant', async () => {
  const client = await connectV2(pair.url, { 'x-APIKey': 'demo-admin' });
  const answer = await client.call('search_reviews', { bussiness_in: 'x', state_in: 'treated' });
  expect(errorIn(answer).problems).toEqual([
    expect.stringMatching(/^search_reviews takes business__in, partner__in/),
    'bussiness_in: is not an argument of search_reviews; did you mean business__in?',
    'state_in: is not an argument of search_reviews; did you mean state__in?',
  ]);
  await client.close();
});

test('null is how models say "none"', async () => {
  const client = await connectV2(pair.url, { 'x-APIKey': 'demo-admin' });
  pair.received();
  expect((await client.call('search_businesses', { city: null, per_page: 1 })).isError).toBe(false);
  expect(pair.received().map(({ url }) => url)).toEqual(['/v2/business/search?per_page=1']);
  await client.close();
});

test('hundreds of faults are told by the first twenty', async () => {
  const client = await connectV2(pair.url, { 'x-APIKey': 'demo-admin' });
  const answer = await client.call('search_reviews', { business__in: 'c-PAR/01,'.repeat(300) });
  expect(errorIn(answer).problems).toHaveLength(21);
  expect(errorIn(answer).problems?.at(-1)).toBe('and 280 more');
  await client.close();
});

test.each([
  ['send_message', { conversation_id: 1, content: '@['.repeat(200_000) }],
  [
    'create_post',
    { business__in: 'x', publishers: 'x', post_type: 'x', summary: 'x', image_url: ' '.repeat(500_000) },
  ],
])('no text makes %s stop the server: these took minutes once', async (tool, args) => {
  const client = await connectV2(pair.url, { 'x-APIKey': 'nobody' });
  await client.call(tool, args);
  await client.close();
});
