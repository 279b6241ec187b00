import { request } from 'node:http';
import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { ListedTool } from '../../support/clients.ts';
import { rpc } from '../../support/rpc.ts';
import { type RunningServer, startServer } from '../../support/start.ts';

/**
 * Another MCP server once ignored a misspelt `read_only-true`, and writes ran. Every near-miss of a tool filter must either
 * filter or be refused.
 */
let server: RunningServer;
beforeAll(async () => {
  server = await startServer('http://127.0.0.1:9/v2');
});
afterAll(() => server.close());

/** Lists the tools. Uses node:http, since fetch corrects headers and URLs. */
function outcome(query: string, headers: Record<string, string | string[]> = {}): Promise<string> {
  return new Promise((resolve, reject) => {
    const { hostname, port } = new URL(server.url);
    const options = { hostname, port, path: `/mcp${query}`, method: 'POST' };
    const sent = request({ ...options, headers: { 'content-type': 'application/json', ...headers } });
    sent.on('error', reject).on('response', async response => {
      const body = JSON.parse(Buffer.concat(await response.toArray()).toString());
      if (response.statusCode !== 200) return resolve(String(response.statusCode));
      const tools: ListedTool[] = body.result.tools;
      resolve(tools.every(tool => tool.annotations?.readOnlyHint === true) ? 'only reads' : 'WRITES');
    });
    sent.end(JSON.stringify(rpc('tools/list')));
  });
}

test('a request without a tool filter lists tools that write', async () => {
  expect(await outcome('')).toBe('WRITES');
  expect(await outcome('?readonly=false', { 'X-MCP-Readonly': 'false' })).toBe('WRITES');
});

describe('no misspelling of readonly lists a tool that writes', () => {
  test.each([
    ...[
      '?read_only=true',
      '?read-only=true',
      '?readOnly=true',
      '?READ_ONLY=true',
      '?ReadOnly=true',
      '?readony=true',
    ],
    ...[
      '?redonly=true',
      '?readonlly=true',
      '?readonl=true',
      '?radonly=true',
      '?raedonly=true',
      '?readnoly=true',
    ],
    ...['?read%20only=true', '?read+only=true', '?read.only=true', '?readonly%20=true', '?%20readonly=true'],
    ...['?readonly[]=true', '?readonly%00=true', '?readonlymode=true', '?read_only_mode=true', '?ro=true'],
    ...['?readonly-true', '?read_only-true', '?readonly:true', '?readonly', '?readonly=', '?readonly=ture'],
    ...[
      '?readonly=yes',
      '?readonly=on',
      '?readonly=t',
      '?readonly=y',
      '?readonly=2',
      '?readonly=tru',
      '?readonly=%22true%22',
    ],
    ...[
      '?readonly=true,',
      '?readonly=true;',
      '?readonly=true?x',
      '?readonly==true',
      '?readonly=enabled',
      '?readonly=null',
    ],
    ...[
      '?x-mcp-readonly=true',
      '?X-MCP-Readonly=true',
      '?mcp_readonly=true',
      '?write=false',
      '?writes=false',
      '?mode=readonly',
    ],
    ...[
      '?amp;readonly=true',
      '?toolsets=readonly',
      '?tools=readonly',
      '?readonly=false&readonly=true',
      '??readonly=true',
    ],
    ...[
      '?disableWrites=true',
      '?canWrite=false',
      '?nowrite=true',
      '?safeMode=true',
      '?viewonly=1',
      '?excludeTools=reply_to_review',
      '?allowedTools=search_reviews',
      '?toolNames=search_reviews',
      '?toolfilter=search_reviews',
      '?modules=reviews',
      '?lectureSeule=true',
      '?pick=search_reviews,get_business',
      '?a=1;readonly=true',
      '?config=%7B%22mode%22:%22read-only%22%7D',
    ],
    ...[
      '?readonly=%74rue',
      '?reаdonly=true'.replace('а', '%D0%B0'),
      '?readonly=tr%C3%BCe',
      '?true',
      '?=readonly',
    ],
  ])('in the URL: %s', async query => {
    expect(await outcome(query)).toMatch(/^(400|only reads)$/);
  });

  test.each([
    '/readonly',
    '/?readonly=true',
    ';readonly=true',
    '#readonly=true',
    '%3Freadonly=true',
    '&readonly=true',
  ])('in the path: %s', async path => {
    expect(await outcome(path)).toMatch(/^(404|only reads)$/);
  });

  test.each([
    ...[
      'X-MCP-Read-Only',
      'X-MCP-ReadOnly',
      'X-MCP-READ_ONLY',
      'X_MCP_READONLY',
      'X-MCP-Readony',
      'X-MCP-Redonly',
    ],
    ...[
      'X-MCP-DisableWrites',
      'X-MCP-View-Only',
      'X-MCP-ToolFilter',
      'X-MCP-Modules',
      'X-MCP-Readonly-Mode',
      'X-MCP-Read-Only-Mode',
      'X-MCP-RO',
      'X-MCP-Write',
      'X-MCP-Mode',
      'X-MCP.Readonly',
    ],
    ...[
      'X-Readonly',
      'X-Read-Only',
      'X-ReadOnly',
      'X-Readony',
      'X-Read-Ony',
      'X-Readonly-Mode',
      'XMCPReadonly',
    ],
    ...[
      'MCP-Readonly',
      'MCP-Read-Only',
      'MCP-ReadOnly-Mode',
      'Mcp_Read_Only',
      'MCPReadonly',
      'MCP-X-Readonly',
    ],
    ...[
      'Readonly',
      'Read-Only',
      'Read_Only',
      'ReadOnlyMode',
      'X-MPC-Readonly',
      'X-PMC-Read-Only',
      'Y-MCP-Readonly',
    ],
    ...[
      'X-Partoo-Readonly',
      'Partoo-Read-Only',
      'X-GitHub-Readonly',
      'X-M-C-P-Readonly',
      'X-MCPReadonly',
      'XMCP-Readonly',
      'Re-d-Only',
    ],
  ])('as the header %s', async header => {
    expect(await outcome('', { [header]: 'true' })).toMatch(/^(400|only reads)$/);
  });

  test.each([
    'ture',
    'yes',
    'on',
    '',
    'truee',
    'true;',
    '"true"',
    'true, true',
    'true,',
    '=true',
    'only',
    'Ｔrue',
  ])('as the value of X-MCP-Readonly: %s', async value => {
    expect(await outcome('', { 'X-MCP-Readonly': Buffer.from(value).toString('latin1') })).toBe('400');
  });

  test('as the value of another header, unless it quotes a URL', async () => {
    expect(await outcome('', { 'X-Access': 'read-only' })).toBe('400');
    expect(await outcome('', { 'X-Original-URL': '/mcp?readonly=true' }), 'quoted by a proxy').toBe('WRITES');
  });

  test('in a header that is sent twice', async () => {
    expect(await outcome('', { 'X-MCP-Readonly': ['true', 'false'] })).toBe('400');
    expect(await outcome('', { 'X-MCP-Toolsets': ['analytics', 'posts'] }), 'not joined to one list').toBe(
      '400',
    );
  });
});

/** One typo: a letter lost, added, changed or swapped with the next. */
const typoIn = (name: string) =>
  fc
    .record({
      at: fc.nat(name.length - 1),
      kind: fc.constantFrom('lost', 'added', 'changed', 'swapped'),
      letter: fc.constantFrom(...'abcdefghijklmnopqrstuvwxyz0123456789-_'),
    })
    .map(({ at, kind, letter }) => {
      const [before, here, after] = [name.slice(0, at), name.charAt(at), name.slice(at + 1)];
      if (kind === 'lost') return before + after;
      if (kind === 'added') return before + letter + here + after;
      if (kind === 'changed') return before + letter + after;
      return before + after.slice(0, 1) + here + after.slice(1);
    });

describe('no single typo lists a tool that writes', () => {
  const asked = { readonly: 'true', toolsets: 'analytics', tools: 'search_reviews' };

  test.each(Object.entries(asked))('in %s', async (name, value) => {
    const expectNoWrites = async (query: string, headers = {}) => {
      expect(await outcome(query, headers)).toMatch(/^(400|only reads)$/);
    };
    await fc.assert(
      fc.asyncProperty(typoIn(name), typo => expectNoWrites(`?${typo}=${value}`)),
      { numRuns: 150 },
    );
    await fc.assert(
      fc.asyncProperty(typoIn(`x-mcp-${name}`), typo => expectNoWrites('', { [typo]: value })),
      { numRuns: 300 },
    );
    await fc.assert(
      fc.asyncProperty(typoIn(value), typo => expectNoWrites(`?${name}=${encodeURIComponent(typo)}`)),
      { numRuns: 100 },
    );
  });
});
