import type { PublicFetch } from '../../src/oauth/clients/public-fetch.ts';
import { createEmulator, type PartooEmulator } from '../../src/partoo-emulator/emulator.ts';
import { Browser, type Visited } from './browser.ts';
import { freePort } from './free-port.ts';
import {
  authorizationUrl,
  CALLBACK,
  pkce,
  type RegisteredClient,
  registered,
  SIGN_IN_SECRET,
} from './sign-in.ts';
import { type RunningServer, startServer } from './start.ts';

export interface SignInServer extends RunningServer {
  partoo: PartooEmulator;
}

/** Starts an emulator and a server in front of it, with sign-in and its real pages. */
export async function startWithPages(
  env: Record<string, string> = {},
  publicFetch?: PublicFetch,
): Promise<SignInServer> {
  const partoo = createEmulator();
  const port = await freePort();
  const settings = {
    PORT: `${port}`,
    PUBLIC_URL: `http://127.0.0.1:${port}`,
    SIGN_IN: 'key',
    SIGN_IN_SECRET,
    // Tests register more clients than one address may.
    TRUST_PROXY: 'true',
    ...env,
  };
  const server = await startServer(await partoo.listen(), settings, {
    signInOptions: publicFetch ? { publicFetch } : {},
  });
  return {
    ...server,
    partoo,
    async close() {
      await server.close();
      await partoo.close();
    },
  };
}

export interface Authorization {
  client: RegisteredClient;
  verifier: string;
  url: string;
}

/** Registers a client, and returns the URL that it opens in a browser. */
export async function authorization(
  origin: string,
  metadata: object = {},
  parameters: object = {},
): Promise<Authorization> {
  const client = await registered(origin, metadata);
  const { verifier, challenge } = pkce();
  const redirect_uri = (client.redirect_uris as string[])[0];
  const url = authorizationUrl(origin, client, { code_challenge: challenge, redirect_uri, ...parameters });
  return { client, verifier, url };
}

/** A browser that opens the pages of sign-in, and a client's redirect URI that it does not open. */
export class Visitor {
  readonly #browser: Browser;
  readonly #language: string;

  constructor({ language = 'en', redirectUri = CALLBACK } = {}) {
    this.#browser = new Browser(({ href }) => href.startsWith(redirectUri));
    this.#language = language;
  }

  get history(): readonly string[] {
    return this.#browser.history;
  }

  open(url: string, init: RequestInit = {}): Promise<Visited> {
    return this.#browser.open(url, { ...init, headers: { 'accept-language': this.#language } });
  }

  /** Sends the form of a page with these fields and its hidden token. */
  submit(page: Visited, fields: Fields): Promise<Visited> {
    const body = new URLSearchParams();
    for (const [name, value] of Object.entries({ token: tokenIn(page), ...fields })) {
      for (const each of [value].flat()) body.append(name, each);
    }
    return this.open(page.url, { method: 'POST', body });
  }

  /** Goes where a page leads by itself: back to the client. */
  follow(page: Visited): Promise<Visited> {
    const [, url] = /http-equiv="refresh" content="0;url=([^"]+)"/.exec(page.body) ?? [];
    if (url === undefined) throw new Error(`leads nowhere: ${wordsOf(page)}`);
    return this.open(url);
  }
}

export type Fields = Record<string, string | string[]>;

const tokenIn = ({ body }: Visited) => /name="token" value="([^"]+)"/.exec(body)?.[1] ?? '';

/** Returns the words of a page, as a person reads them. */
export const wordsOf = ({ body }: Visited) =>
  body
    .replaceAll(/<(style|head)[\s\S]*?<\/\1>/g, ' ')
    .replaceAll(/<[^>]+>/g, ' ')
    .replaceAll(/&#(\d+);/g, (_, code) => String.fromCharCode(Number(code)))
    .replaceAll(/\s+/g, ' ')
    .trim();
