import { serverIdentity } from '../../mcp/catalog/server-info.ts';
import { REVISIONS } from '../../mcp/protocol/revisions.ts';
import type { Credentials, HeaderCredentials } from '../deployment/credentials.ts';

interface Deployment {
  /** The URL of the MCP endpoint. */
  url: string;
  version: string;
  credentials: Credentials;
}

/** The Server Card of a deployment: what it is, where it is and what callers send. Decision 29 says which text it follows. */
export function serverCard({ url, version, credentials }: Deployment): object {
  const { name, ...identity } = serverIdentity(version);
  // Clients that can sign in need no header: they follow the challenge of /mcp.
  const header = credentials.signIn ? undefined : credentials.header;
  return {
    $schema: 'https://static.modelcontextprotocol.io/schemas/v1/server-card.schema.json',
    name: `${namespaceOf(url)}/${name}`,
    ...identity,
    remotes: [
      {
        type: 'streamable-http',
        url,
        ...(header && { headers: [headerInput(header)] }),
        supportedProtocolVersions: REVISIONS,
      },
    ],
  };
}

/** `com.example.mcp` for mcp.example.com: each deployment is a server of its own. */
const namespaceOf = (url: string) =>
  new URL(url).hostname
    .replaceAll(/[^a-z0-9.-]/gi, '')
    .split('.')
    .toReversed()
    .join('.');

const SECRET = { isRequired: true, isSecret: true };

function headerInput({ name, prefix, holds }: HeaderCredentials): object {
  const description =
    holds === 'key' ? 'Your Partoo API key' : 'The access token that the operator of this server gave you';
  if (!prefix) return { name, description, ...SECRET };
  return {
    name,
    ...SECRET,
    value: `${prefix}{access_token}`,
    variables: { access_token: { description, ...SECRET } },
  };
}
