import type { FastifyRequest } from 'fastify';
import type { Config } from '../../config/config.ts';

/** How callers of a deployment show who they are. Without any part, none is needed: one person's own machine. */
export interface Credentials {
  /** Clients that support OAuth need only the URL: a page asks for a Partoo key, or leads to the company's login. */
  signIn?: 'key' | 'company';
  /** What every other client sends. Absent if no header can carry credentials here. */
  header?: HeaderCredentials;
}

export interface HeaderCredentials {
  name: 'x-APIKey' | 'Authorization';
  prefix: '' | 'Bearer ';
  /** What a configuration shows in the place of the secret. */
  value: string;
  holds: 'key' | 'access-token';
}

const KEY: HeaderCredentials = { name: 'x-APIKey', prefix: '', value: 'YOUR_PARTOO_KEY', holds: 'key' };
const TOKEN: HeaderCredentials = {
  name: 'Authorization',
  prefix: 'Bearer ',
  value: 'YOUR_ACCESS_TOKEN',
  holds: 'access-token',
};

export function credentialsOf(config: Config): Credentials {
  const { SIGN_IN, TEAM_TOKENS_FILE, serverKey, serverKeyIsOpen } = config;
  if (serverKeyIsOpen) return {};
  if (SIGN_IN === undefined) return { header: serverKey === undefined ? KEY : TOKEN };
  if (SIGN_IN === 'key') return { signIn: 'key', header: KEY };
  return TEAM_TOKENS_FILE === undefined ? { signIn: 'company' } : { signIn: 'company', header: TOKEN };
}

/** Of no characters that a shell or a configuration would read otherwise. */
const PLAIN_HOST = /^[\w.:[\]-]+$/;

/** The URL of the MCP endpoint for whoever sent a request; undefined if its Host header makes no plain URL. */
export function urlForRequest({ PUBLIC_URL }: Config, request: FastifyRequest): string | undefined {
  if (PUBLIC_URL !== undefined) return `${PUBLIC_URL}/mcp`;
  // Not request.host: with TRUST_PROXY that is X-Forwarded-Host, which a page can set.
  const { host = '' } = request.headers;
  const url = `${request.protocol}://${host}/mcp`;
  return PLAIN_HOST.test(host) && URL.canParse(url) ? url : undefined;
}
