import {
  Client,
  type OAuthClientMetadata,
  type OAuthClientProvider,
  StreamableHTTPClientTransport,
  UnauthorizedError,
} from '@modelcontextprotocol/client';
import { UnauthorizedError as UnauthorizedErrorV1 } from '@modelcontextprotocol/sdk/client/auth.js';
import { Client as ClientV1 } from '@modelcontextprotocol/sdk/client/index.js';
import { StreamableHTTPClientTransport as TransportV1 } from '@modelcontextprotocol/sdk/client/streamableHttp.js';
import { type TestClient, testClient } from './clients.ts';
import { type Person, signInAs } from './person.ts';

type Tokens = Awaited<ReturnType<OAuthClientProvider['tokens']>>;
type Registration = Awaited<ReturnType<OAuthClientProvider['clientInformation']>>;

type Discovered = Parameters<NonNullable<OAuthClientProvider['saveDiscoveryState']>>[0];

interface ProviderOptions {
  redirectUrl?: string;
  metadata?: Partial<OAuthClientMetadata>;
  clientMetadataUrl?: string;
  addClientAuthentication?: OAuthClientProvider['addClientAuthentication'];
}

/** What an app keeps of a sign-in. Serves both SDKs; the browser of its person is `signInAs`. */
export class ClientStorage implements OAuthClientProvider {
  readonly redirectUrl: string;
  readonly clientMetadata: OAuthClientMetadata;
  readonly clientMetadataUrl?: string;
  readonly addClientAuthentication?: OAuthClientProvider['addClientAuthentication'];
  /** Every page that the app has opened in the person's browser. */
  readonly pages: URL[] = [];
  kept: Tokens;
  registration: Registration;
  #verifier = '';
  #discovered: Discovered | undefined;

  constructor({ redirectUrl, metadata, clientMetadataUrl, addClientAuthentication }: ProviderOptions = {}) {
    this.redirectUrl = redirectUrl ?? 'http://127.0.0.1:33418/callback';
    this.clientMetadata = {
      client_name: 'An app with an SDK',
      redirect_uris: [this.redirectUrl],
      grant_types: ['authorization_code', 'refresh_token'],
      response_types: ['code'],
      token_endpoint_auth_method: 'none',
      ...metadata,
    };
    if (clientMetadataUrl !== undefined) this.clientMetadataUrl = clientMetadataUrl;
    if (addClientAuthentication) this.addClientAuthentication = addClientAuthentication;
  }

  state = () => 'a state of the app';
  tokens = () => this.kept;
  saveTokens(tokens: Tokens) {
    this.kept = tokens;
  }
  clientInformation = () => this.registration;
  saveClientInformation(registration: Registration) {
    this.registration = registration;
  }
  redirectToAuthorization(url: URL) {
    this.pages.push(url);
  }
  discoveryState = () => this.#discovered;
  saveDiscoveryState(discovered: Discovered) {
    this.#discovered = discovered;
  }
  invalidateCredentials(scope: 'all' | 'client' | 'tokens' | 'verifier' | 'discovery') {
    if (scope === 'all' || scope === 'tokens') this.kept = undefined;
    if (scope === 'all' || scope === 'client') this.registration = undefined;
    if (scope === 'all' || scope === 'discovery') this.#discovered = undefined;
  }
  codeVerifier = () => this.#verifier;
  saveCodeVerifier(verifier: string) {
    this.#verifier = verifier;
  }

  /** Replaces the access token by one that this server does not open: what a token is once it has expired. */
  expireToken() {
    if (!this.kept) throw new Error('there is no token to expire');
    const [head, ...parts] = this.kept.access_token.split('.');
    this.kept = { ...this.kept, access_token: [head, ...parts.slice(0, -1), 'A'.repeat(22)].join('.') };
  }
}

interface Transport {
  finishAuth(response: URLSearchParams): Promise<void>;
}

/** A client of an SDK, and the transport that it has yet to connect. */
interface Unconnected {
  transport: Transport;
  connect(): Promise<unknown>;
  client: TestClient;
}

export interface OAuthClient {
  client: string;
  create(url: string, storage: ClientStorage): Unconnected;
  /** Whether an error says that the person has to sign in. */
  asksForSignIn(error: unknown): boolean;
}

const INFO = { name: 'partoo-mcp-tests', version: '1.0.0' };

const v2 = (name: string, mode: 'legacy' | { pin: string }): OAuthClient => ({
  client: name,
  create(url, authProvider) {
    const client = new Client(INFO, { versionNegotiation: { mode } });
    const transport = new StreamableHTTPClientTransport(new URL(url), { authProvider });
    return { transport, connect: () => client.connect(transport), client: testClient(client) };
  },
  asksForSignIn: error => error instanceof UnauthorizedError,
});

export const V2 = v2('the v2 SDK on 2026-07-28', { pin: '2026-07-28' });
export const V2_LEGACY = v2('the v2 SDK on 2025-11-25', 'legacy');

export const V1: OAuthClient = {
  client: 'the v1 SDK',
  create(url, storage) {
    const client = new ClientV1(INFO);
    const transport = new TransportV1(new URL(url), { authProvider: storage as never });
    return {
      transport: { finishAuth: response => transport.finishAuth(response.get('code') ?? '') },
      connect: () => client.connect(transport),
      client: testClient(client),
    };
  },
  asksForSignIn: error => error instanceof UnauthorizedErrorV1,
};

export const OAUTH_CLIENTS = [V2, V2_LEGACY, V1];

/** Connects as an app does: without tokens it opens the page of sign-in, and connects anew once the person has come back. */
export async function connectAs(
  { create, asksForSignIn }: OAuthClient,
  url: string,
  storage: ClientStorage,
  person: Person,
): Promise<TestClient> {
  const first = create(url, storage);
  try {
    await first.connect();
    return first.client;
  } catch (error) {
    if (!asksForSignIn(error)) throw error;
  }
  await comeBack(first.transport, storage, person);
  await first.client.close();
  const second = create(url, storage);
  await second.connect();
  return second.client;
}

/** Signs in on the page that the app has opened last, and gives the app the response. */
export async function comeBack(transport: Transport, storage: ClientStorage, person: Person): Promise<void> {
  const page = storage.pages.at(-1);
  if (!page) throw new Error('the app has opened no page');
  await transport.finishAuth((await signInAs(page.href, person)).searchParams);
}
