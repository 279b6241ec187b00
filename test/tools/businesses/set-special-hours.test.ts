import { setTimeout as sleep } from 'node:timers/promises';
import { Client, StreamableHTTPClientTransport } from '@modelcontextprotocol/client';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { connectV1, connectV2, type TestClient } from '../../support/clients.ts';
import { type RunningPair, startPair } from '../../support/start.ts';
import { fetchFromEmulator, testTool } from '../../support/tool-test.ts';

type Row = { business_id: string; business: { code: string }; result: string } & Record<string, unknown>;
type Business = { id: string; code: string; specific_hours: { open: unknown[]; close: unknown[] } };

const XMAS = { starts_at: '2040-12-25', ends_at: '2040-12-26' };

testTool('set_special_hours', {
  works: {
    args: { business__in: 'C4BE7993F4425413233D77D3', close: [XMAS], dry_run: 'true' },
    sends: () => ({
      method: 'GET',
      url:
        '/business/search?business__in=c4be7993f4425413233d77d3' +
        '&status=open,closed,opening_soon,temporarily_closed&page=1&per_page=100',
    }),
    reads(result) {
      expect(result.businesses).toMatchObject([{ result: 'would_change', business: { code: 'PAR/01' } }]);
    },
  },
  refuses: [
    {
      why: 'no periods',
      args: { business__in: 'f'.repeat(24) },
      problems: [/^close: give periods in close, open or both/m],
    },
    {
      why: 'periods that have passed',
      args: { business__in: 'f'.repeat(24), close: [{ starts_at: '2020-01-01', ends_at: '2020-01-01' }] },
      problems: [/^close: has 1 that have passed/m],
    },
    {
      why: 'a day that is open and closed',
      args: { business__in: 'f'.repeat(24), close: [XMAS], open: [{ ...XMAS, open_hours: ['10:00-12:00'] }] },
      problems: [/^open: 2040-12-25 is in open\[0\] and in close\[0\]/m],
    },
    {
      why: 'too many businesses',
      args: {
        business__in: Array.from({ length: 101 }, (_, i) => i.toString(16).padStart(24, '0')),
        close: [XMAS],
      },
      problems: [/^business__in: must have at most 100/m],
    },
  ],
});

describe.each([
  ['2026-07-28', connectV2],
  ['2025', connectV1],
])('set_special_hours over %s', (_era, connect) => {
  let pair: RunningPair;
  let client: TestClient;
  let lyon: Business[];
  beforeEach(async () => {
    pair = await startPair();
    client = await connect(`${pair.url}?tools=set_special_hours`, { 'x-APIKey': 'demo-admin' });
    await client.listTools();
    lyon = await shops();
  });
  afterEach(async () => {
    await client.close();
    await pair.close();
  });

  const shops = async () =>
    (await fetchFromEmulator(pair, '/business/search?city=Lyon')).businesses as Business[];
  const ids = () => lyon.map(({ id }) => id);

  async function set(args: object) {
    const { isError, text, structured } = await client.call('set_special_hours', {
      business__in: ids(),
      close: [XMAS],
      ...args,
    });
    expect(isError, text).toBe(false);
    return structured as { note: string; retry_after_seconds?: number; businesses: Row[] };
  }
  const resultsOf = ({ businesses }: { businesses: Row[] }) => businesses.map(({ result }) => result);
  const writes = () => pair.received().filter(({ method }) => method === 'POST');

  test('closes every business, keeps its other special hours, and reports each by code', async () => {
    const { note, businesses } = await set({});
    expect(note).toBe(`Special hours: ${lyon.length} changed.`);
    expect(businesses.map(({ business }) => business.code)).toEqual(lyon.map(({ code }) => code));
    for (const [index, { specific_hours }] of (await shops()).entries()) {
      expect(specific_hours.close).toContainEqual(XMAS);
      const before = lyon[index]?.specific_hours;
      const ahead = before?.close.filter(period => (period as typeof XMAS).ends_at > '2039') ?? [];
      expect(specific_hours.close).toEqual(expect.arrayContaining(ahead));
    }
  });

  test('shows the hours that it replaced, and no others', async () => {
    await set({});
    const open = [{ ...XMAS, open_hours: ['09:00-12:00'] }];
    const { businesses } = await set({ close: undefined, open });
    expect(businesses.map(({ before }) => before)).toEqual(lyon.map(() => ({ close: [XMAS] })));
  });

  test('writes nothing where nothing changes: a second call finds all businesses unchanged', async () => {
    await set({});
    pair.received();
    expect(resultsOf(await set({}))).toEqual(lyon.map(() => 'unchanged'));
    expect(writes()).toEqual([]);
  });

  test('shows before and after in a dry run, and changes nothing', async () => {
    pair.received();
    const { note, businesses } = await set({ dry_run: true });
    expect(note).toContain('Dry run, nothing was changed');
    for (const { result, before, after } of businesses) {
      expect(result).toBe('would_change');
      expect(after).toMatchObject({ close: expect.arrayContaining([XMAS]) });
      expect(before).not.toMatchObject({ close: expect.arrayContaining([XMAS]) });
    }
    expect(writes()).toEqual([]);
    expect(await shops()).toEqual(lyon);
  });

  test('goes on after a refusal, and says which business failed and why', async () => {
    const path = `/v2/business/${ids()[1]}`;
    pair.partoo.faults.add({ kind: 'status', status: 403, path, method: 'POST' });
    const { businesses, note } = await set({});
    expect(businesses[1]).toMatchObject({ result: 'failed', error: 'permission_denied' });
    expect(businesses.filter(({ result }) => result === 'changed')).toHaveLength(lyon.length - 1);
    expect(note).toContain('Failed businesses stay as they were');
  });

  test('stops at the rate limit with the seconds to wait, and the same call finishes the rest', async () => {
    const body = { error: 'too many' };
    const path = `/v2/business/${ids()[2]}`;
    pair.partoo.faults.add({
      kind: 'status',
      status: 429,
      headers: { 'retry-after': '60' },
      body,
      path,
      times: 9,
    });
    const first = await set({});
    expect(resultsOf(first)).toEqual(['changed', 'changed', 'not_done', 'not_done', 'not_done']);
    expect(first.retry_after_seconds).toBeGreaterThan(0);
    expect(first.note).toContain('finished businesses are skipped');
  });

  test('says that a write in doubt is unknown, and the same call finds out', async () => {
    const path = `/v2/business/${ids()[0]}`;
    pair.partoo.faults.add({ kind: 'cut', when: 'after', path, method: 'POST', times: 4 });
    const first = await set({});
    expect(first.businesses[0]).toMatchObject({ result: 'unknown', error: 'outcome_unknown' });
    pair.partoo.faults.clear();
    expect(resultsOf(await set({}))).toEqual(lyon.map(() => 'unchanged'));
  });

  test('drops what has passed at the business, which Partoo would refuse', async () => {
    const yesterday = new Date(Date.now() - 86_400_000).toISOString().slice(0, 10);
    const [first] = await shops();
    const state = { open: [], close: [{ starts_at: yesterday, ends_at: yesterday }] };
    pair.partoo.faults.add({
      kind: 'status',
      status: 200,
      body: { page: 1, max_page: 1, count: 1, businesses: [{ ...first, specific_hours: state, long: 170 }] },
      path: '/v2/business/search',
    });
    pair.received();
    await set({ business__in: first?.id });
    expect(writes()[0]?.body).toEqual({ specific_hours: { open: [], close: [XMAS] } });
  });

  /** Partoo returns businesses of Lyon with other fields in a search. */
  const searchReturns = (change: object) =>
    pair.partoo.faults.add({
      kind: 'status',
      status: 200,
      body: { page: 1, max_page: 1, count: 2, businesses: [{ ...lyon[0], ...change }, lyon[1]] },
      path: '/v2/business/search',
    });

  test('reports a business whose special hours make no sense, leaves it alone and sets the others', async () => {
    const days = [
      ['2040-01-01', '2040-01-45'],
      ['2040-01-01', '2040-02-10'],
    ];
    const close = days.map(([starts_at, ends_at]) => ({ starts_at, ends_at }));
    searchReturns({ specific_hours: { open: [], close } });
    const { businesses } = await set({ business__in: ids().slice(0, 2) });
    expect(businesses).toMatchObject([
      { result: 'failed', error: 'unreadable_special_hours' },
      { result: 'changed' },
    ]);
  });

  test('keeps the other special hours of a business whose row in a search does not show them', async () => {
    const summer = { starts_at: '2040-08-01', ends_at: '2040-08-15' };
    await set({ business__in: ids()[0], close: [summer] });
    searchReturns({ specific_hours: undefined });
    expect(resultsOf(await set({ business__in: ids().slice(0, 2) }))).toEqual(['changed', 'changed']);
    expect((await shops())[0]?.specific_hours.close).toEqual(expect.arrayContaining([summer, XMAS]));
  });

  test('keeps what a colleague changed while it was busy with other businesses', async () => {
    const [slow, other] = ids();
    const path = `/v2/business/${slow}`;
    pair.partoo.faults.add({ kind: 'latency', ms: 3_500, path, method: 'POST' });
    const done = set({ business__in: [slow, other] });
    await expect
      .poll(() => pair.partoo.requests.some(({ path }) => path === '/v2/business/search'))
      .toBe(true);
    await sleep(1_000);
    const summer = { starts_at: '2040-08-01', ends_at: '2040-08-15' };
    await pair.partoo.app.inject({
      method: 'POST',
      url: `/v2/business/${other}`,
      headers: { 'x-APIKey': 'demo-admin' },
      payload: { specific_hours: { open: [], close: [summer] } },
    });
    expect(resultsOf(await done)).toEqual(['changed', 'changed']);
    expect((await shops())[1]?.specific_hours.close).toEqual([summer, XMAS]);
  });

  test('says what it has done when it cannot read on, and the same call finishes the rest', async () => {
    const path = `/v2/business/${ids()[0]}`;
    pair.partoo.faults.add({ kind: 'latency', ms: 3_500, path, method: 'POST' });
    const done = set({});
    await expect
      .poll(() => pair.partoo.requests.some(({ path }) => path === '/v2/business/search'))
      .toBe(true);
    await sleep(1_000);
    const search = '/v2/business/search';
    pair.partoo.faults.add({ kind: 'status', status: 403, body: {}, path: search, times: 1 });
    const first = await done;
    expect(resultsOf(first)).toEqual(['changed', 'not_done', 'not_done', 'not_done', 'not_done']);
    expect(resultsOf(await set({}))[0]).toBe('unchanged');
  });

  test('takes businesses that a short page left out for not done, not for unknown', async () => {
    const [first] = lyon;
    const body = { page: 1, max_page: 5, count: 5, businesses: [first] };
    pair.partoo.faults.add({ kind: 'status', status: 200, body, path: '/v2/business/search' });
    expect(resultsOf(await set({}))).toEqual(['changed', 'not_done', 'not_done', 'not_done', 'not_done']);
  });

  test('reports businesses that the key cannot see, and sets the others', async () => {
    const { businesses } = await set({ business__in: ['f'.repeat(24), ids()[0]] });
    expect(businesses).toMatchObject([{ result: 'not_found' }, { result: 'changed' }]);
  });
});

test('a client that requests progress hears of each business', async () => {
  const pair = await startPair();
  const { businesses } = await fetchFromEmulator(pair, '/business/search?city=Lyon');
  const client = new Client({ name: 'test', version: '1' });
  const url = new URL(`${pair.url}?tools=set_special_hours`);
  const headers = { 'x-APIKey': 'demo-admin' };
  await client.connect(new StreamableHTTPClientTransport(url, { requestInit: { headers } }));
  const heard: (string | undefined)[] = [];
  const call = {
    name: 'set_special_hours',
    arguments: { business__in: (businesses as Business[]).map(({ id }) => id), close: [XMAS] },
  };
  await client.callTool(call, { onprogress: ({ message }) => heard.push(message) });
  expect(heard).toEqual([1, 2, 3, 4, 5].map(number => `${number} of 5 businesses`));
  await client.close();
  await pair.close();
});

test.each(['would_change', 'changed'])(
  'a report of rows with %s that is too long keeps its summary and the rows that fit',
  async result => {
    const pair = await startPair({ RESULT_TOKEN_BUDGET: '1000' });
    const { businesses } = await fetchFromEmulator(pair, '/business/search?per_page=100');
    const client = await connectV2(`${pair.url}?tools=set_special_hours`, { 'x-APIKey': 'demo-admin' });
    await client.listTools();
    const ids = (businesses as Business[]).map(({ id }) => id);
    const args = { business__in: ids, close: [XMAS], dry_run: result === 'would_change' };
    const { structured } = await client.call('set_special_hours', args);
    const { note, businesses: rows } = structured as { note: string; businesses: Row[] };
    expect(note).toContain(`${ids.length} ${result.replace('_', ' ')}`);
    expect(note).toContain('For the others, call again with them alone.');
    expect(rows.map(({ business_id }) => business_id)).toEqual(ids.slice(0, rows.length));
    expect(rows.length).toBeGreaterThan(0);
    await client.close();
    await pair.close();
  },
);

test('a server with a short deadline sets hours too', async () => {
  const pair = await startPair({ TOOL_DEADLINE_MS: '6000', RATE_LIMIT_MAX_WAIT_MS: '1000' });
  const { businesses } = await fetchFromEmulator(pair, '/business/search?city=Lyon');
  const client = await connectV2(`${pair.url}?tools=set_special_hours`, { 'x-APIKey': 'demo-admin' });
  const business__in = (businesses as Business[]).map(({ id }) => id);
  const { structured } = await client.call('set_special_hours', { business__in, close: [XMAS] });
  expect((structured as { note: string }).note).toBe('Special hours: 5 changed.');
  await client.close();
  await pair.close();
});
