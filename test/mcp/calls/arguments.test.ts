import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { CallError } from '../../../src/core/call-error.ts';
import { parseArguments } from '../../../src/mcp/calls/arguments.ts';
import { CLIENT_ARGUMENTS } from '../../../src/mcp/calls/client-arguments.ts';
import type { Tool } from '../../../src/tools/definition/define-tool.ts';
import { tools } from '../../../src/tools/index.ts';
import { connectV2, errorIn } from '../../support/clients.ts';
import { type RunningPair, startPair } from '../../support/start.ts';

let pair: RunningPair;
beforeAll(async () => {
  pair = await startPair();
});
afterAll(() => pair.close());

test('a nearly right argument name gets the name that was probably meant', async () => {
  const client = await connectV2(pair.url, { 'x-APIKey': 'demo-admin' });
  const result = await client.call('search_reviews', { bussiness_in: 'x', state_in: 'treated' });
  expect(errorIn(result).problems).toEqual([
    expect.stringMatching(
      /^bussiness_in: is not .* did you mean business__in\? search_reviews takes business__in, business__notin/,
    ),
    'state_in: is not an argument of search_reviews; did you mean state__in?',
  ]);
  await client.close();
});

test('the same fault in hundreds of places is one problem', async () => {
  const client = await connectV2(pair.url, { 'x-APIKey': 'demo-admin' });
  const result = await client.call('search_reviews', { business__in: 'c-PAR/01,'.repeat(300) });
  expect(errorIn(result).problems).toEqual([
    expect.stringMatching(
      /^business__in\[0\], .*, business__in\[9\] and 290 more: must be an id of 24 hex characters/,
    ),
  ]);
  await client.close();
});

test('hundreds of unknown names are all counted, and the known names are listed once', async () => {
  const client = await connectV2(pair.url, { 'x-APIKey': 'demo-admin' });
  const names = Array.from({ length: 300 }, (_, index) => [`x${index}`, 1]);
  const { problems = [] } = errorIn(await client.call('get_business', Object.fromEntries(names)));
  expect(problems).toHaveLength(21);
  expect(problems[0]).toBe('x0: is not an argument of get_business. get_business takes business_id, fields');
  expect(problems[1]).toBe('x1: is not an argument of get_business');
  expect(problems.at(-1), 'the missing id is a problem too').toBe('and 281 more');
  await client.close();
});

describe('an empty value', () => {
  const parse = (name: string, given: Record<string, unknown>) =>
    parseArguments(tools.find(tool => tool.name === name) as Tool, given);
  const problems = (name: string, given: Record<string, unknown>): string[] => {
    try {
      parse(name, given);
    } catch (error) {
      return [...(error as CallError).problems];
    }
    return [];
  };

  test.each([[null], [''], [' '], ['null'], ['undefined'], [undefined]])('%j counts as left out', value => {
    const names = Object.keys((tools.find(({ name }) => name === 'search_reviews') as Tool).input);
    expect(parse('search_reviews', Object.fromEntries(names.map(name => [name, value])))).toEqual({});
    expect(parse('search_businesses', { city: value, country: value, org_id: value })).toEqual({});
  });

  test.each([['none'], ['None']])('%j counts as left out, except where any text is valid', value => {
    const given = {
      state__in: value,
      page: value,
      order_by: value,
      update_date__gte: value,
      tags__isnull: value,
    };
    expect(parse('search_reviews', given)).toEqual({});
    expect(parse('list_conversations', { cursor: value })).toEqual({});
    expect(parse('search_reviews', { keywords: value })).toEqual({ keywords: [value] });
    expect(parse('search_businesses', { city: value })).toEqual({ city: value });
  });

  test.each([
    { value: ['null'] },
    { value: [null] },
    { value: ['None', ''] },
    { value: '["null"]' },
    { value: "['null']" },
    { value: '[null]' },
  ])('$value counts as left out', ({ value }) => {
    expect(parse('search_reviews', { business__in: value, state__in: value })).toEqual({});
    expect(problems('search_reviews', { business__in: ['null', 'x'] })).not.toEqual([]);
    const post = { publishers: 'facebook', post_type: 'news', summary: 'x', business__in: value };
    expect(problems('create_post', post), 'what is required is still missing').toContainEqual(
      expect.stringMatching(/^business__in/),
    );
  });

  test('as a list counts as left out where a list has one meaning', () => {
    const metrics = 'count';
    expect(parse('get_profile_keywords', { metrics, dimensions: [] })).toEqual({
      metrics: ['count'],
      dimensions: [],
    });
    expect(problems('search_reviews', { business__in: [], state__in: [] })).toEqual([
      expect.stringMatching(/^business__in: must have at least one value/),
      expect.stringMatching(/^state__in: must have at least one value/),
    ]);
  });

  test('does not replace a required argument', () => {
    for (const value of [null, '', 'null', 'none']) {
      expect(problems('send_message', { conversation_id: value, content: 'x' })).toHaveLength(1);
    }
    expect(problems('send_message', { conversation_id: 1, content: 'null' })).toHaveLength(1);
  });

  test('in an update clears a field, or is refused where it cannot', () => {
    const business_id = 'PAR/01';
    expect(
      parse('update_business', { business_id, address2: '', website_url: '', idempotency_key: '' }),
    ).toEqual({
      business_id: 'c-PAR/01',
      address2: '',
      website_url: '',
    });
    const empty = {
      name: '',
      country: '',
      status: '',
      opening_date: '',
      lat: '',
      contacts: '',
      categories: '',
    };
    const named = problems('update_business', { business_id, ...empty }).map(
      problem => problem.split(':')[0],
    );
    expect(named.toSorted()).toEqual(Object.keys(empty).toSorted());
    const hours = {
      monday: '',
      tuesday: [],
      wednesday: [],
      thursday: [],
      friday: [],
      saturday: [],
      sunday: [],
    };
    expect(problems('update_business', { business_id, open_hours: hours })).toEqual([
      'open_hours.monday: must be a list',
    ]);
  });

  test('wrapped arguments are unwrapped once, and only if nothing stands beside them', () => {
    const args = { city: 'Lyon' };
    expect(parse('search_businesses', { arguments: args })).toEqual(args);
    expect(parse('search_businesses', { params: JSON.stringify(args) })).toEqual(args);
    expect(problems('search_businesses', { arguments: args, page: 1 })).toHaveLength(1);
    expect(problems('search_businesses', { arguments: { arguments: args } })).toHaveLength(1);
    expect(problems('search_businesses', { arguments: 'Lyon' })).toHaveLength(1);
  });

  test('delimiters copied from a result are removed from texts at any depth', () => {
    const content = 'I liked <482917>the <b>bread</b> of <12345></482917>';
    expect(parse('send_message', { conversation_id: 1, content })).toMatchObject({
      content: 'I liked the <b>bread</b> of <12345>',
    });
    expect(
      parse('update_business', { business_id: 'x', contacts: [{ name: '<482917>Ana</482917>' }] }),
    ).toMatchObject({ contacts: [{ name: 'Ana' }] });
  });
});

describe('arguments that a client adds for itself', () => {
  const search = tools.find(({ name }) => name === 'search_businesses') as Tool;

  test('are names that no tool has', () => {
    const own = tools.flatMap(({ input }) => Object.keys(input));
    expect([...CLIENT_ARGUMENTS].filter(name => own.includes(name))).toEqual([]);
  });

  test.each([
    [
      'n8n',
      { sessionId: 's', action: 'sendMessage', chatInput: 'x', tool: 'search_businesses', toolCallId: 'c' },
    ],
    ['Cline', { task_progress: '- [x] look' }],
    ['Gemini CLI', { wait_for_previous: true }],
    ['CrewAI', { security_context: { agent_fingerprint: {} } }],
    ['Cursor', { random_string: 'x' }],
    ['an adapter', { _meta: { a: 1 }, tool_call_id: 'c' }],
  ])('are dropped: %s', (_client, added) => {
    expect(parseArguments(search, { city: 'Lyon', ...added })).toEqual({ city: 'Lyon' });
    expect(parseArguments(search, added)).toEqual({});
    expect(parseArguments(search, { arguments: { city: 'Lyon' }, ...added })).toEqual({ city: 'Lyon' });
  });

  test.each([{ action: 'draft' }, { tool: 'create_post' }, { task: 'x' }, { session: 'x' }])(
    'are errors where a model may have meant them: %j',
    args => {
      expect(() => parseArguments(search, args)).toThrow(
        expect.objectContaining({
          problems: [expect.stringMatching(/is not an argument of search_businesses/)],
        }),
      );
    },
  );
});

const nested = (depth: number) => `${'['.repeat(depth)}${']'.repeat(depth)}`;
const nestedObject = (depth: number) => `${'{"a":'.repeat(depth)}1${'}'.repeat(depth)}`;

test.each([
  ['names that JavaScript has for itself', '{"__proto__":{"city":"Lyon"},"constructor":1,"toString":"x"}'],
  ['a prototype for an object', '{"business_id":"x","open_hours":{"__proto__":{"monday":[]}}}'],
  ['a list 100 lists deep', `{"contacts":${nested(100)},"photos":${nestedObject(100)}}`],
  ['a list 50,000 lists deep', `{"contacts":${nested(50_000)},"photos":${nestedObject(25_000)}}`],
  [
    'lists inside structures, 50,000 lists deep',
    `{"business_id":"x","open_hours":{"monday":${nested(50_000)}},"specific_hours":{"open":[{"open_hours":${nested(20_000)}}],"close":${nested(20_000)}}}`,
  ],
  ['the same as a text', `{"contacts":"${nested(50_000)}","business_id":"${nested(50_000)}"}`],
  [
    '200,000 brackets and quotes',
    `{"groups":"${'['.repeat(100_000)}","categories":"${"'".repeat(100_000)}"}`,
  ],
])('%s are refused like other invalid values', async (_, given) => {
  pair.received();
  const body = `{"jsonrpc":"2.0","id":1,"method":"tools/call","params":{"name":"update_business","arguments":${given}}}`;
  const response = await fetch(pair.url, {
    method: 'POST',
    headers: { 'content-type': 'application/json', accept: 'application/json', 'x-APIKey': 'demo-admin' },
    body,
  });
  const responseText = await response.text();
  expect(response.status, responseText).toBeLessThan(500);
  expect(responseText).not.toContain('internal');
  expect(pair.received()).toEqual([]);
});

test.each(['business__in', 'state__in', 'keywords'])('half a million entries of %s are one problem', name => {
  const tool = tools.find(({ name }) => name === 'search_reviews') as Tool;
  const refused = expect.objectContaining({ problems: [`${name}: must have at most 1000 entries`] });
  for (const list of ['x,'.repeat(500_000), Array(500_000).fill('x')]) {
    expect(() => parseArguments(tool, { [name]: list })).toThrow(refused);
  }
});

/** What fits into a body: a quarter of a megabyte in which every two bytes are an item. */
const MANY = '1,'.repeat(127_000);
const LONG_LISTS: Record<string, unknown> = {
  open_hours: { monday: MANY },
  specific_hours: { open: [{ starts_at: '2026-12-24', ends_at: '2026-12-24', open_hours: MANY }], close: [] },
  contacts: [{ phone_numbers: MANY }],
  photos: { secondary: MANY },
  groups: MANY,
  categories: MANY,
};
const ARRAYS: Record<string, unknown> = {
  open_hours: { monday: Array(60_000).fill('1') },
  specific_hours: { open: Array(60_000).fill(1), close: [] },
  contacts: Array(60_000).fill(1),
  photos: { secondary: Array(60_000).fill('x') },
  groups: Array(60_000).fill('x'),
  categories: Array(60_000).fill('x'),
};

describe.each([
  ['one text', LONG_LISTS],
  ['arrays', ARRAYS],
  [
    'JSON in a text',
    Object.fromEntries(Object.entries(ARRAYS).map(([name, list]) => [name, JSON.stringify(list)])),
  ],
])('a list of a quarter of a megabyte as %s', (_, lists) => {
  test.each(Object.keys(lists))('in %s is refused for its length, its items unread', name => {
    const tool = tools.find(({ name }) => name === 'update_business') as Tool;
    const given = { business_id: 'x', [name]: lists[name] };
    const refused = expect.objectContaining({
      problems: [
        expect.stringMatching(new RegExp(`^${name}: must have at most (1000 entries|2000 values in all)$`)),
      ],
    });
    expect(() => parseArguments(tool, given)).toThrow(refused);
  });
});

test('a list that is cut where it becomes too long is refused', () => {
  const tool = tools.find(({ name }) => name === 'update_business') as Tool;
  for (const separated of [',gcid:bar', 'gcid:bar,', ' gcid:bar']) {
    const given = { business_id: 'x', categories: separated.repeat(1_001) };
    expect(() => parseArguments(tool, given)).toThrow(
      expect.objectContaining({ problems: ['categories: must have at most 1000 entries'] }),
    );
  }
});

test.each([
  ['send_message', { conversation_id: 1, content: '@['.repeat(100_000) }],
  [
    'create_post',
    { business__in: 'x', publishers: 'x', post_type: 'x', summary: 'x', image_url: ' '.repeat(200_000) },
  ],
])('no text blocks the event loop in %s', async (tool, args) => {
  const client = await connectV2(pair.url, { 'x-APIKey': 'nobody' });
  await client.call(tool, args);
  await client.close();
});

test('an argument name cannot contain a delimiter', async () => {
  const client = await connectV2(pair.url, { 'x-APIKey': 'demo-admin' });
  const { text } = await client.call('search_reviews', { 'x\u0092 now do\u0091': 1 });
  expect(text).toContain('x now do: is not an argument');
  expect(text).not.toMatch(/<\/?\d{6}>/);
  await client.close();
});

test('a single delimiter is refused in a write, and may be searched for', () => {
  const parse = (name: string, args: Record<string, unknown>) =>
    parseArguments(tools.find(tool => tool.name === name) as Tool, args);
  const refused = (problem: RegExp) =>
    expect.objectContaining({ problems: [expect.stringMatching(problem)] });
  expect(() => parse('send_message', { conversation_id: 1, content: 'from <100000>' })).toThrow(
    refused(/^content: has <100000>/),
  );
  expect(() => parse('send_message', { conversation_id: 1, content: 'Hello… (+90 characters)' })).toThrow(
    refused(/^content: is a shortened copy/),
  );
  expect(parse('search_reviews', { keywords: '<100000>' })).toEqual({ keywords: ['<100000>'] });
});

test('a name that several arguments contain gets all of them as suggestions', () => {
  const update = tools.find(({ name }) => name === 'update_business') as Tool;
  const problems = (name: string) =>
    expect.objectContaining({
      problems: expect.arrayContaining([expect.stringMatching(new RegExp(`did you mean ${name}\\?`))]),
    });
  expect(() => parseArguments(update, { business_id: 'x', address: 'a' })).toThrow(
    problems('address_full or address2'),
  );
  expect(() => parseArguments(update, { business_id: 'x', hours: 'a' })).toThrow(
    problems('open_hours or specific_hours'),
  );
  expect(() => parseArguments(update, { business_id: 'x', subscriptions: 'a' })).not.toThrow(
    problems('description_short'),
  );
});
