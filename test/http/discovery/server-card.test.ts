import { Ajv } from 'ajv';
import { describe, expect, test } from 'vitest';
import packageJson from '../../../package.json' with { type: 'json' };
import { rpc } from '../../support/rpc.ts';
import { startServer } from '../../support/start.ts';
import { DEPLOYMENTS, PUBLIC_URL, type Way } from './deployments.ts';
import { SERVER_CARD_SCHEMA } from './server-card-schema.ts';

const NO_PARTOO = 'http://127.0.0.1:9/v2';

interface Card {
  name: string;
  version: string;
  title: string;
  remotes: { url: string; headers?: object[]; supportedProtocolVersions: string[] }[];
}

const cardOf = async (origin: string) => (await (await fetch(`${origin}/mcp/server-card`)).json()) as Card;

async function cardWhere(way: Way): Promise<Card> {
  const server = await startServer(NO_PARTOO, DEPLOYMENTS[way]);
  const card = await cardOf(server.origin);
  await server.close();
  return card;
}

describe('the server card', () => {
  const fits = new Ajv({ allErrors: true }).compile(SERVER_CARD_SCHEMA);

  test('names the deployment by its host, in reverse', async () => {
    expect(await cardWhere('keys of their own')).toMatchObject({
      name: 'com.example.mcp/partoo-mcp',
      version: packageJson.version,
      remotes: [{ type: 'streamable-http', url: `${PUBLIC_URL}/mcp` }],
    });
  });

  test.each<[Way, object[] | undefined]>([
    [
      'keys of their own',
      [{ name: 'x-APIKey', description: 'Your Partoo API key', isRequired: true, isSecret: true }],
    ],
    ['an access token', [bearer()]],
    ['team tokens', [bearer()]],
    ['sign-in with a key', undefined],
    ["the company's login", undefined],
    ["the company's login, and team tokens", undefined],
    ['nothing, on one machine', undefined],
  ])(
    'fits the schema, and says what a client asks its user for, where callers use %s',
    async (way, headers) => {
      const card = await cardWhere(way);
      expect(fits(card) ? [] : fits.errors).toEqual([]);
      expect(card.remotes[0]?.headers).toEqual(headers);
    },
  );

  test('says what the connection then says: identity, and revisions that are spoken', async () => {
    const server = await startServer(NO_PARTOO);
    const { title, version, remotes } = await cardOf(server.origin);
    const [remote] = remotes;
    expect(remote?.url).toBe(server.url);
    for (const protocolVersion of remote?.supportedProtocolVersions ?? []) {
      const spoken = await revisionSpoken(server.url, protocolVersion);
      expect(spoken).toMatchObject({ revision: protocolVersion, identity: { title, version } });
    }
    await server.close();
  });
});

function bearer(): object {
  const secret = { isRequired: true, isSecret: true };
  return {
    name: 'Authorization',
    ...secret,
    value: 'Bearer {access_token}',
    variables: {
      access_token: { description: 'The access token that the operator of this server gave you', ...secret },
    },
  };
}

async function revisionSpoken(url: string, revision: string) {
  const modern = revision >= '2026';
  const meta = {
    'io.modelcontextprotocol/protocolVersion': revision,
    'io.modelcontextprotocol/clientInfo': { name: 'test', version: '1' },
    'io.modelcontextprotocol/clientCapabilities': {},
  };
  const message = modern
    ? rpc('server/discover', { _meta: meta })
    : rpc('initialize', {
        protocolVersion: revision,
        capabilities: {},
        clientInfo: { name: 'test', version: '1' },
      });
  const response = await fetch(url, {
    method: 'POST',
    headers: {
      'content-type': 'application/json',
      accept: 'application/json',
      ...(modern && { 'mcp-protocol-version': revision, 'mcp-method': 'server/discover' }),
    },
    body: JSON.stringify(message),
  });
  const { result } = (await response.json()) as { result: Record<string, never> };
  return {
    revision: modern ? result.supportedVersions?.[0] : result.protocolVersion,
    identity: result.serverInfo ?? result._meta?.['io.modelcontextprotocol/serverInfo'],
  };
}
