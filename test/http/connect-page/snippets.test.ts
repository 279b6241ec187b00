import { beforeAll, describe, expect, test } from 'vitest';
import { expectNowhere } from '../../support/canaries.ts';
import { linkIn, openConnectPage, sectionOf, snippetIn } from '../../support/connect-page.ts';
import { CANARIES, DEPLOYMENTS, PUBLIC_URL, type Way } from '../discovery/deployments.ts';

const KEY = { 'x-APIKey': 'YOUR_PARTOO_KEY' };
const TOKEN = { Authorization: 'Bearer YOUR_ACCESS_TOKEN' };

interface Expected {
  /** What clients that can sign in send, and what programs send. `none`: such a program cannot connect. */
  apps?: Record<string, string>;
  programs?: Record<string, string> | 'none';
  claude: RegExp;
  chatgpt: RegExp;
}

const EXPECTED: Record<Way, Expected> = {
  'keys of their own': {
    apps: KEY,
    programs: KEY,
    claude: /Add a request header.*x-api-key.*cannot send x-APIKey.*SIGN_IN=key/s,
    chatgpt: /neither a key nor a token.*SIGN_IN=key/s,
  },
  'sign-in with a key': {
    programs: KEY,
    claude: /leave everything under Advanced empty.*sign in with your Partoo key/s,
    chatgpt: /OAuth as its authentication.*sign in with your Partoo key/s,
  },
  "the company's login": {
    programs: 'none',
    claude: /sign in with your company’s login/,
    chatgpt: /sign in with your company’s login/,
  },
  "the company's login, and team tokens": {
    programs: TOKEN,
    claude: /sign in with your company’s login/,
    chatgpt: /sign in with your company’s login/,
  },
  'team tokens': {
    apps: TOKEN,
    programs: TOKEN,
    claude: /authorization.*Bearer.*SIGN_IN=oidc/s,
    chatgpt: /cannot connect here.*SIGN_IN=oidc/s,
  },
  'an access token': {
    apps: TOKEN,
    programs: TOKEN,
    claude: /authorization.*Bearer.*SIGN_IN=oidc/s,
    chatgpt: /cannot connect here.*SIGN_IN=oidc/s,
  },
  'nothing, on one machine': {
    claude: /cannot reach this address/,
    chatgpt: /cannot reach this address/,
  },
};

const decoded = (text = '') => JSON.parse(Buffer.from(text, 'base64').toString());

describe.each(Object.entries(EXPECTED) as [Way, Expected][])(
  'a deployment where callers use %s shows',
  (way, { apps, programs, claude, chatgpt }) => {
    const deployment: Record<string, string> = DEPLOYMENTS[way];
    const [name = '', value = ''] = Object.entries(apps ?? {})[0] ?? [];
    let page: string;
    let url: string;
    beforeAll(async () => {
      page = (await openConnectPage(deployment)).body;
      url = snippetIn(page, 'url') ?? '';
    });
    const json = (snippet: string) => JSON.parse(snippetIn(page, snippet) ?? '');

    test('its own URL, and no secret', () => {
      if (deployment.PUBLIC_URL === undefined) expect(url).toMatch(/^http:\/\/127\.0\.0\.1:\d+\/mcp$/);
      else expect(url).toBe(`${PUBLIC_URL}/mcp`);
      for (const canary of CANARIES) expectNowhere(canary, { page });
    });

    test('Claude Code the header, if it needs one', () => {
      const flag = apps ? ` --header "${name}: ${value}"` : '';
      expect(snippetIn(page, 'claudeCode')).toBe(`claude mcp add --transport http partoo ${url}${flag}`);
    });

    test('Cursor the header, and a link that has no secret', () => {
      expect(json('cursor').mcpServers.partoo).toEqual({ url, ...(apps && { headers: apps }) });
      const fromEnvironment = value.replace(
        /YOUR_\w+/,
        `\${env:${name === 'x-APIKey' ? 'PARTOO_API_KEY' : 'PARTOO_ACCESS_TOKEN'}}`,
      );
      for (const [link, start] of [
        ['cursorLink', 'cursor://anysphere.cursor-deeplink/mcp/install?'],
        ['cursorWebLink', 'https://cursor.com/install-mcp?'],
      ] as const) {
        const address = linkIn(page, link);
        expect(address.slice(0, start.length)).toBe(start);
        const query = new URLSearchParams(address.slice(start.length));
        expect(query.get('name')).toBe('partoo');
        expect(decoded(query.get('config') ?? '')).toEqual({
          url,
          ...(apps && { headers: { [name]: fromEnvironment } }),
        });
      }
    });

    test('VS Code the header, whose secret it asks for, also by the link', () => {
      const { inputs, servers } = json('vsCode');
      const server = {
        type: 'http',
        url,
        ...(apps && { headers: { [name]: value.replace(/YOUR_\w+/, '${input:partoo-secret}') } }),
      };
      expect(servers).toEqual({ partoo: server });
      const asked = [expect.objectContaining({ type: 'promptString', id: 'partoo-secret', password: true })];
      expect(inputs).toEqual(apps ? asked : undefined);

      const link = linkIn(page, 'vsCodeLink');
      expect(link).toMatch(/^vscode:mcp\/install\?/);
      expect(JSON.parse(decodeURIComponent(link.split('?')[1] ?? ''))).toEqual({
        name: 'partoo',
        ...server,
        ...(apps && { inputs: asked }),
      });
      const { origin, pathname, searchParams } = new URL(linkIn(page, 'vsCodeWebLink'));
      expect(origin + pathname).toBe('https://insiders.vscode.dev/redirect/mcp/install');
      expect(searchParams.get('name')).toBe('partoo');
      expect(JSON.parse(searchParams.get('config') ?? '')).toEqual(server);
      expect(JSON.parse(searchParams.get('inputs') ?? 'null')).toEqual(apps ? asked : null);
    });

    test('Claude Desktop the bridge, with the secret in a variable', () => {
      const { command, args, env } = json('mcpRemote').mcpServers.partoo;
      expect([command, ...args.slice(0, 3)]).toEqual(['npx', '-y', 'mcp-remote', url]);
      expect(Object.values(env ?? {})).toEqual(apps ? [value] : []);
      expect(args.slice(3)).toEqual(apps ? ['--header', `${name}:\${${Object.keys(env)[0]}}`] : []);
    });

    test('programs the header, or that they cannot connect', () => {
      const snippets = ['curl', 'typescript', 'python'].map(snippet => snippetIn(page, snippet));
      if (programs === 'none') {
        expect(snippets).toEqual([undefined, undefined, undefined]);
        expect(sectionOf(page, 'curl')).toContain('TEAM_TOKENS_FILE');
        expect(sectionOf(page, 'sdks')).toContain('authProvider');
        return;
      }
      const [curl = '', ...sdks] = snippets;
      const [header = '', sent = ''] = Object.entries(programs ?? {})[0] ?? [];
      expect(curl.startsWith(`curl -s ${url} `)).toBe(true);
      expect(curl.includes("-H 'Auth") || curl.includes("-H 'x-")).toBe(programs !== undefined);
      if (programs) expect(curl).toContain(`-H '${header}: ${sent}'`);
      for (const sdk of sdks) {
        expect(sdk).toContain(url);
        expect(sdk?.includes(header === '' ? 'eaders' : header)).toBe(header !== '');
      }
    });

    test('Claude and ChatGPT a way in, or why there is none', () => {
      expect(sectionOf(page, 'claude')).toMatch(claude);
      expect(sectionOf(page, 'chatgpt')).toMatch(chatgpt);
    });
  },
);

test('the configurations call only tools that the operator permits', async () => {
  const { body } = await openConnectPage({ TOOLSETS: 'posts', READ_ONLY: 'true' });
  for (const snippet of ['curl', 'typescript', 'python']) {
    expect(snippetIn(body, snippet)).toContain('search_posts');
    expect(snippetIn(body, snippet)).not.toContain('search_businesses');
  }
});
