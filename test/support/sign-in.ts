import { createHash, randomBytes } from 'node:crypto';
import type { FastifyInstance } from 'fastify';
import type { PublicFetch } from '../../src/oauth/clients/public-fetch.ts';
import { finishSignIn, refuseSignIn, type SignInServer } from '../../src/oauth/server/finish-sign-in.ts';
import { createEmulator, type PartooEmulator } from '../../src/partoo-emulator/emulator.ts';
import { freePort } from './free-port.ts';
import { type RunningServer, startServer } from './start.ts';

export const SIGN_IN_SECRET = 'a-secret-for-sign-in-of-at-least-32-characters';
export const CALLBACK = 'https://client.example/callback';
export const ALL_SCOPES =
  'partoo:read partoo:write partoo:businesses partoo:reviews partoo:messages partoo:posts partoo:analytics partoo:account';

/** Stands for the person at the page: the key and the scopes come in headers. */
async function testPages(app: FastifyInstance, server: SignInServer): Promise<void> {
  app.get('/oauth/sign-in/:uid', async (request, reply) => {
    const { 'x-test-key': key, 'x-test-scopes': scopes } = request.headers;
    const url = await (key === undefined
      ? refuseSignIn(server, request, reply)
      : finishSignIn(server, request, reply, { key: String(key), scopes: String(scopes).split(' ') }));
    return reply.redirect(url, 303);
  });
}

export interface SignInPair extends RunningServer {
  partoo: PartooEmulator;
  /** Starts another process of the same server, on another port. */
  replica(env?: Record<string, string>): Promise<RunningServer>;
}

/** Starts an emulator and a server with SIGN_IN=key in front of it. */
export async function startSignIn(
  env: Record<string, string> = {},
  publicFetch?: PublicFetch,
): Promise<SignInPair> {
  const partoo = createEmulator();
  const partooUrl = await partoo.listen();
  const port = await freePort();
  const settings = { SIGN_IN: 'key', SIGN_IN_SECRET, PUBLIC_URL: `http://127.0.0.1:${port}`, ...env };
  const start = (more: Record<string, string>) =>
    startServer(
      partooUrl,
      { ...settings, ...more },
      {
        signInOptions: { pages: testPages, ...(publicFetch && { publicFetch }) },
      },
    );
  const server = await start({ PORT: `${port}` });
  return {
    ...server,
    partoo,
    replica: (more = {}) => start(more),
    async close() {
      await server.close();
      await partoo.close();
    },
  };
}

export interface RegisteredClient {
  client_id: string;
  client_secret?: string;
  [name: string]: unknown;
}

export const registration = (more: object = {}) => ({
  client_name: 'Test client',
  redirect_uris: [CALLBACK],
  token_endpoint_auth_method: 'none',
  ...more,
});

let registrations = 0;

/** Registers a client. A server that trusts proxies takes each registration for one of another address. */
export const register = (origin: string, metadata: object = {}) =>
  fetch(`${origin}/oauth/register`, {
    method: 'POST',
    headers: {
      'content-type': 'application/json',
      'x-forwarded-for': `192.0.2.${registrations++ % 256}`,
    },
    body: JSON.stringify(registration(metadata)),
  });

export async function registered(origin: string, metadata: object = {}): Promise<RegisteredClient> {
  const response = await register(origin, metadata);
  if (response.status !== 201) throw new Error(`registration: ${response.status} ${await response.text()}`);
  return response.json() as Promise<RegisteredClient>;
}

export function pkce() {
  const verifier = randomBytes(32).toString('base64url');
  return { verifier, challenge: createHash('sha256').update(verifier).digest('base64url') };
}

/** Follows redirects within one server, with cookies, as a browser does. */
export class Browser {
  readonly #cookies = new Map<string, { value: string; path: string }>();
  /** Every URL that it went to. */
  readonly visited: string[] = [];

  /** Opens a URL and follows redirects until one leads away from the origin. */
  async open(
    url: string,
    headers: Record<string, string> = {},
  ): Promise<{ url: string; response: Response }> {
    const { origin } = new URL(url);
    for (let next = url; ; ) {
      this.visited.push(next);
      const response = await fetch(next, {
        redirect: 'manual',
        headers: { ...headers, accept: 'text/html', cookie: this.#cookiesFor(new URL(next).pathname) },
      });
      for (const cookie of response.headers.getSetCookie()) this.#keep(cookie);
      const location = response.headers.get('location');
      if (location === null) return { url: next, response };
      next = new URL(location, next).href;
      if (!next.startsWith(`${origin}/`)) return { url: next, response };
    }
  }

  #keep(cookie: string): void {
    const [, name = '', value = ''] = /^([^=]+)=([^;]*)/.exec(cookie) ?? [];
    const path = /; path=([^;]+)/i.exec(cookie)?.[1] ?? '/';
    if (value === '') this.#cookies.delete(`${name} ${path}`);
    else this.#cookies.set(`${name} ${path}`, { value: `${name}=${value}`, path });
  }

  #cookiesFor(path: string): string {
    const matching = [...this.#cookies.values()].filter(cookie => path.startsWith(cookie.path));
    return matching.map(({ value }) => value).join('; ');
  }
}

export function authorizationUrl(origin: string, client: RegisteredClient, parameters: object = {}): string {
  const url = new URL(`${origin}/oauth/authorize`);
  const all = {
    response_type: 'code',
    client_id: client.client_id,
    redirect_uri: CALLBACK,
    state: 'state-1',
    code_challenge_method: 'S256',
    ...parameters,
  };
  for (const [name, value] of Object.entries(all)) {
    if (value !== undefined) url.searchParams.set(name, String(value));
  }
  return url.href;
}

interface Person {
  key?: string;
  scopes?: string;
  browser?: Browser;
}

/** Signs in as a person; returns the URL that the browser ends at. */
export async function signIn(
  url: string,
  { key = 'demo-admin', scopes = ALL_SCOPES, browser = new Browser() }: Person = {},
): Promise<URL> {
  const { url: end } = await browser.open(url, { 'x-test-key': key, 'x-test-scopes': scopes });
  return new URL(end);
}

export interface TokenResponse {
  access_token: string;
  refresh_token: string;
  token_type: string;
  expires_in: number;
  scope: string;
}

/** Sends a request to the token endpoint, or to another one that takes forms. */
export const postForm = (url: string, fields: object, headers: Record<string, string> = {}) =>
  fetch(url, { method: 'POST', headers, body: new URLSearchParams(fields as Record<string, string>) });

export const exchange = (
  origin: string,
  client: RegisteredClient,
  code: string,
  verifier: string,
  more = {},
) =>
  postForm(`${origin}/oauth/token`, {
    grant_type: 'authorization_code',
    client_id: client.client_id,
    code,
    code_verifier: verifier,
    redirect_uri: CALLBACK,
    ...more,
  });

export const refresh = (origin: string, client: RegisteredClient, refreshToken: string, more = {}) =>
  postForm(`${origin}/oauth/token`, {
    grant_type: 'refresh_token',
    client_id: client.client_id,
    refresh_token: refreshToken,
    ...more,
  });

/** Goes through a whole sign-in; returns the tokens. */
export async function connect(
  origin: string,
  { client, parameters = {}, ...person }: Person & { client?: RegisteredClient; parameters?: object } = {},
): Promise<{ client: RegisteredClient; tokens: TokenResponse }> {
  const known = client ?? (await registered(origin));
  const { verifier, challenge } = pkce();
  const end = await signIn(
    authorizationUrl(origin, known, { code_challenge: challenge, ...parameters }),
    person,
  );
  const code = end.searchParams.get('code');
  if (code === null) throw new Error(`no code in ${end}`);
  const response = await exchange(origin, known, code, verifier);
  if (response.status !== 200) throw new Error(`token: ${response.status} ${await response.text()}`);
  return { client: known, tokens: (await response.json()) as TokenResponse };
}
