import { isIPv6 } from 'node:net';
import type { Config } from './config/config.ts';
import { isLoopback } from './core/loopback.ts';

/** Configurations of clients, ready to paste. `header`: its name and value; absent where no credentials are needed. */
export function clientSnippets(url: string, header?: readonly [name: string, value: string]): string {
  const [name, value] = header ?? [];
  const server = { url, ...(header && { headers: { [name as string]: value } }) };
  const text = header && `${name}: ${value}`;
  const call = {
    jsonrpc: '2.0',
    id: 1,
    method: 'tools/call',
    params: { name: 'search_businesses', arguments: { per_page: 3 } },
  };
  return `
Claude Code:
  claude mcp add --transport http partoo ${url}${text ? ` --header "${text}"` : ''}

Cursor (.cursor/mcp.json):
  ${JSON.stringify({ mcpServers: { partoo: server } })}

VS Code (.vscode/mcp.json):
  ${JSON.stringify({ servers: { partoo: { type: 'http', ...server } } })}

curl:
  curl -s ${url} -H 'content-type: application/json'${text ? ` -H '${text}'` : ''} -d '${JSON.stringify(call)}'

`;
}

/** Printed at the start for the one person who shares the server's key with nobody. */
export function soloBanner(url: string, accessToken: string | undefined): string {
  const intro = accessToken
    ? `Callers need this access token, which is shown only now. The next start makes another one; ACCESS_TOKEN sets one that stays.

  ${accessToken}
`
    : 'Programs on this machine use the Partoo key of this server and need no credentials.\n';
  return `
${intro}${clientSnippets(url, accessToken ? ['Authorization', `Bearer ${accessToken}`] : undefined)}`;
}

/** The URL of the MCP endpoint as callers see it, as far as the configuration says. `port`: the one that is listened on. */
export function urlForCallers(config: Config, port: number): string {
  const { PUBLIC_URL, ALLOWED_HOSTS, HOST } = config;
  if (PUBLIC_URL !== undefined) return `${PUBLIC_URL}/mcp`;
  // Names that others use end at a proxy with TLS; loopback has no TLS.
  const name = ALLOWED_HOSTS.find(host => host !== '*');
  const isPublic = name !== undefined && !isLoopback(name);
  if (isPublic) return `https://${name}/mcp`;
  const host = isLoopback(HOST) ? HOST : 'localhost';
  return `http://${isIPv6(host) ? `[${host}]` : host}:${port}/mcp`;
}
