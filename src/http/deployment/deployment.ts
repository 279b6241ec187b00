import { isIPv6 } from 'node:net';
import type { Config } from '../../config/config.ts';
import { isLoopback } from '../../core/loopback.ts';
import type { Credentials, HeaderCredentials } from './credentials.ts';
import { isPlainHost } from './plain-host.ts';

const BEARER = { name: 'Authorization', prefix: 'Bearer ', value: 'YOUR_ACCESS_TOKEN' } as const;
const KEY: HeaderCredentials = { name: 'x-APIKey', prefix: '', holds: 'key', value: 'YOUR_PARTOO_KEY' };

/** Returns how callers show who they are. `demoKey`: a key that works in the demo. */
export function credentialsOf(config: Config, demoKey?: string): Credentials {
  const { SIGN_IN, TEAM_TOKENS_FILE } = config;
  const signIn = SIGN_IN === 'oidc' ? 'company' : SIGN_IN;
  if (config.serverKeyIsOpen) return {};
  if (config.serverKey === undefined) {
    const header = demoKey === undefined ? KEY : { ...KEY, value: demoKey, works: true };
    return signIn ? { signIn, header } : { header };
  }
  if (TEAM_TOKENS_FILE !== undefined) {
    const header: HeaderCredentials = { ...BEARER, holds: 'team-token' };
    return signIn ? { signIn, header } : { header };
  }
  return signIn ? { signIn } : { header: accessToken() };
}

/** An access token, or what stands for it. */
export const accessToken = (token?: string): HeaderCredentials => ({
  ...BEARER,
  holds: 'access-token',
  ...(token !== undefined && { value: token, works: true }),
});

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

interface RequestTarget {
  protocol: string;
  headers: { host?: string | undefined };
}

/** The URL of the MCP endpoint for whoever sent a request; undefined if its Host header makes no plain URL. */
export function urlForRequest({ PUBLIC_URL }: Config, request: RequestTarget): string | undefined {
  if (PUBLIC_URL !== undefined) return `${PUBLIC_URL}/mcp`;
  // Not request.host: with TRUST_PROXY that is X-Forwarded-Host, which a page can set.
  const { host = '' } = request.headers;
  const url = `${request.protocol}://${host}/mcp`;
  return isPlainHost(host) && URL.canParse(url) ? url : undefined;
}
