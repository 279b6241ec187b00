import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { CLIENTS } from '../../support/clients.ts';
import { post } from '../../support/post.ts';
import { type RunningPair, startPair } from '../../support/start.ts';
import { ALL, EVERY, type Headers, KEY, listing } from '../../support/tool-filter.ts';

const DELETING = ['delete_review_reply', 'delete_review_reply_template', 'delete_post'];

let pair: RunningPair;
beforeAll(async () => {
  pair = await startPair();
});
afterAll(() => pair.close());

const { namesFor, refusalOf } = listing(() => pair.url);

describe.each(CLIENTS)('optional tools through $client', ({ connect }) => {
  test.each([
    ['all of them, in the URL', '?toolsets=all', {}, EVERY],
    ['all of them, in a header', '', { 'X-MCP-Toolsets': 'all' }, EVERY],
    ['the default list by its name', '?toolsets=default', {}, ALL],
    ['one toolset more than the default list', '?toolsets=default,account', {}, [...ALL, 'get_account']],
    ['one that deletes, by its name', '?tools=delete_post', {}, ['delete_post']],
  ])('%s', async (_what, query, headers, names) => {
    const client = await connect(`${pair.url}${query}`, headers as Headers);
    expect((await client.listTools()).map(({ name }) => name)).toEqual(names);
    await client.close();
  });
});

describe('a tool that deletes', () => {
  test.each(['?toolsets=reviews,posts', '?toolsets=default,reviews,posts', ''])(
    'does not come along with %s',
    async query => {
      const names = await namesFor(query);
      expect(DELETING.filter(name => names.includes(name))).toEqual([]);
    },
  );

  test('comes with its toolset where it is named beside it, and alone then', async () => {
    expect(await namesFor('?toolsets=reviews&tools=delete_review_reply')).toEqual(['delete_review_reply']);
  });

  test('stays out of a toolset in a header, as a proxy may set it, whatever the URL names', async () => {
    const toolset = { 'X-MCP-Toolsets': 'reviews' };
    expect(await refusalOf('?tools=delete_review_reply', toolset)).toMatch(/No tool is left/);
    expect(await namesFor('?tools=delete_review_reply,search_reviews', toolset)).toEqual(['search_reviews']);
  });

  test('stays out where another filter leaves it out', async () => {
    expect(await namesFor('?toolsets=all', { 'X-MCP-Toolsets': 'reviews' })).not.toContain(
      'delete_review_reply',
    );
    expect(await namesFor('?toolsets=all&readonly=true')).not.toContain('delete_post');
  });
});

describe('the operator', () => {
  let standard: RunningPair;
  let everything: RunningPair;
  let reader: RunningPair;
  beforeAll(async () => {
    standard = await startPair({ TOOLSETS: 'default' });
    everything = await startPair({ TOOLSETS: 'all' });
    reader = await startPair({ READ_ONLY: 'true' });
  });
  afterAll(() => Promise.all([standard.close(), everything.close(), reader.close()]));

  test('who sets TOOLSETS=default keeps every caller to the default list', async () => {
    expect(await namesFor('', {}, standard.url)).toEqual(ALL);
    expect(await namesFor('?toolsets=all', {}, standard.url)).toEqual(ALL);
    expect(await refusalOf('?tools=delete_post', {}, standard.url)).toMatch(
      /delete_post is switched off by the operator's setting TOOLSETS/,
    );
  });

  test('who sets TOOLSETS=all gives every caller every tool', async () => {
    expect(await namesFor('', {}, everything.url)).toEqual(EVERY);
  });

  test('who sets READ_ONLY gives no caller an optional write', async () => {
    const names = await namesFor('?toolsets=all', {}, reader.url);
    expect(names).toContain('get_account');
    expect(names.filter(name => /^(delete|update|set|mark|reply|create|send)_/.test(name))).toEqual([]);
  });
});

describe('a model on a connection without optional tools', () => {
  test('reads in the instructions which ones the user can add, and how', async () => {
    const params = {
      protocolVersion: '2025-11-25',
      capabilities: {},
      clientInfo: { name: 't', version: '1' },
    };
    const { body } = await post(pair.url, { method: 'initialize', params });
    const added = /the user can add them with (.*): (.*)\./.exec(String(body.result?.instructions));
    expect(added?.[1]).toContain('?toolsets=all');
    const addable = added?.[2]?.split(', ') ?? [];
    expect(addable).toEqual(EVERY.filter(name => !ALL.includes(name)));
    // As the instructions say: the default list stays.
    const query = /\?tools=default,<names>/.exec(added?.[1] ?? '')?.[0].replace('<names>', 'get_account');
    expect(await namesFor(query ?? '')).toEqual(EVERY.filter(name => [...ALL, 'get_account'].includes(name)));
  });

  test('learns the same from a call to one, and nothing is sent', async () => {
    pair.received();
    const call = { name: 'delete_post', arguments: { post_id: 1 } };
    const { body } = await post(pair.url, { method: 'tools/call', params: call }, KEY);
    expect(body.error?.message).toMatch(
      /^The tool delete_post is not on this connection: .*\?tools=default,delete_post /,
    );
    expect(pair.received()).toEqual([]);
  });
});
