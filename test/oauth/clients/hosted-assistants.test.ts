import { createPrivateKeyJwtAuth } from '@modelcontextprotocol/client';
import { exportJWK, exportPKCS8, generateKeyPair } from 'jose';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { Browser } from '../../support/browser.ts';
import { ClientStorage, connectAs, V2, V2_LEGACY } from '../../support/oauth-clients.ts';
import { type SignInServer, startWithPages } from '../../support/sign-in-visitor.ts';
import { IN_LYON } from '../../support/smoke-scenario.ts';
import { startWeb, type Web } from '../../support/web.ts';

/** Assistants that run on servers of their makers. They introduce themselves by a document on their own website. */

const ADMIN = { key: 'demo-admin' };
const LYON = { city: 'Lyon' };

/** What they publish, by host and path. */
const documents = new Map<string, object>();
let web: Web;
let server: SignInServer;
beforeAll(async () => {
  web = await startWeb(({ headers, url }, response) => {
    const document = documents.get(`https://${headers.host}${url}`);
    response.writeHead(document ? 200 : 404, { 'content-type': 'application/json' });
    response.end(JSON.stringify(document ?? {}));
  });
  server = await startWithPages({}, web.fetcher());
});
afterAll(() => Promise.all([server?.close(), web?.close()]));

describe('an assistant as claude.ai: a public client with a metadata document', () => {
  /** Publishes the document, as claude.ai does at /oauth/mcp-oauth-client-metadata. */
  function publish() {
    const origin = `https://claude.web.example:${web.port}`;
    const clientMetadataUrl = `${origin}/oauth/mcp-oauth-client-metadata`;
    const redirectUrl = `${origin}/api/mcp/auth_callback`;
    documents.set(clientMetadataUrl, {
      client_id: clientMetadataUrl,
      client_name: 'Claude',
      client_uri: origin,
      redirect_uris: [redirectUrl],
      grant_types: ['authorization_code', 'refresh_token'],
      response_types: ['code'],
      token_endpoint_auth_method: 'none',
    });
    return new ClientStorage({ clientMetadataUrl, redirectUrl });
  }

  test('signs in without registering, asks for a refresh token, and refreshes', async () => {
    const storage = publish();
    const client = await connectAs(V2_LEGACY, server.url, storage, ADMIN);
    const [page] = storage.pages;
    expect(page?.searchParams.get('client_id')).toBe(storage.clientMetadataUrl);
    expect(page?.searchParams.get('scope')).toContain('offline_access');
    expect(page?.searchParams.get('prompt')).toBe('consent');
    expect((await client.call('search_businesses', LYON)).structured).toMatchObject(IN_LYON);
    storage.expireToken();
    expect((await client.call('search_businesses', LYON)).structured).toMatchObject(IN_LYON);
    expect(storage.pages).toHaveLength(1);
    await client.close();
  });

  test('is shown by its name and the host that vouches for it', async () => {
    const storage = publish();
    const { connect } = V2_LEGACY.create(server.url, storage);
    await expect(connect()).rejects.toSatisfy(V2_LEGACY.asksForSignIn);
    const { body: page } = await new Browser().open(String(storage.pages[0]));
    expect(page).toContain('Claude');
    expect(page).toContain('claude.web.example');
  });
});

describe('an assistant as ChatGPT: a document with keys, and private_key_jwt', () => {
  let privateKey: string;
  beforeAll(async () => {
    const pair = await generateKeyPair('RS256', { extractable: true });
    privateKey = await exportPKCS8(pair.privateKey);
    const jwk = { ...(await exportJWK(pair.publicKey)), kid: 'cimd-1', alg: 'RS256', use: 'sig' };
    documents.set(`${origin()}/oauth/jwks.json`, { keys: [jwk] });
  });

  const METHOD = { token_endpoint_auth_method: 'private_key_jwt', token_endpoint_auth_signing_alg: 'RS256' };
  const origin = () => `https://chatgpt.web.example:${web.port}`;
  const redirectUrl = () => `${origin()}/connector/oauth/kDmjx77UnKOM`;

  /** Signs as ChatGPT does: the audience is the token endpoint. */
  const signsAs = (clientId: string, key = privateKey) =>
    createPrivateKeyJwtAuth({
      issuer: clientId,
      subject: clientId,
      privateKey: key,
      alg: 'RS256',
      audience: `${server.origin}/oauth/token`,
    });

  function publish(key?: string) {
    const clientMetadataUrl = `${origin()}/oauth/kDmjx77UnKOM/client.json`;
    documents.set(clientMetadataUrl, {
      client_id: clientMetadataUrl,
      client_name: 'ChatGPT',
      client_uri: `${origin()}/`,
      redirect_uris: [redirectUrl()],
      grant_types: ['authorization_code', 'refresh_token'],
      response_types: ['code'],
      ...METHOD,
      token_endpoint_auth_methods_supported: ['none', 'private_key_jwt'],
      jwks_uri: `${origin()}/oauth/jwks.json`,
    });
    return new ClientStorage({
      clientMetadataUrl,
      redirectUrl: redirectUrl(),
      metadata: METHOD,
      addClientAuthentication: signsAs(clientMetadataUrl, key),
    });
  }

  test('signs in for the resource that it names, and refreshes', async () => {
    const storage = publish();
    const client = await connectAs(V2, server.url, storage, ADMIN);
    const [page] = storage.pages;
    expect(page?.searchParams.get('resource')).toBe(server.url);
    expect(page?.searchParams.get('prompt')).toBe('consent');
    expect((await client.call('search_businesses', LYON)).structured).toMatchObject(IN_LYON);
    storage.expireToken();
    expect((await client.call('search_businesses', LYON)).structured).toMatchObject(IN_LYON);
    expect(storage.pages).toHaveLength(1);
    await client.close();
  });

  test('gets no token with a key that its website does not publish', async () => {
    const { privateKey: another } = await generateKeyPair('RS256', { extractable: true });
    const storage = publish(await exportPKCS8(another));
    await expect(connectAs(V2, server.url, storage, ADMIN)).rejects.toThrow(/client/);
    expect(storage.kept).toBeUndefined();
  });

  test('registers itself where it does not publish a document', async () => {
    const response = await fetch(`${server.origin}/oauth/register`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({
        client_name: 'ChatGPT',
        redirect_uris: [redirectUrl()],
        grant_types: ['authorization_code', 'refresh_token'],
        response_types: ['code'],
        ...METHOD,
        jwks_uri: `${origin()}/oauth/jwks.json`,
      }),
    });
    expect(response.status).toBe(201);
    const registration = (await response.json()) as { client_id: string; redirect_uris: string[] };
    const storage = new ClientStorage({
      redirectUrl: redirectUrl(),
      metadata: METHOD,
      addClientAuthentication: signsAs(registration.client_id),
    });
    storage.saveClientInformation({ ...registration, issuer: server.origin });
    const client = await connectAs(V2, server.url, storage, ADMIN);
    expect((await client.call('search_businesses', LYON)).structured).toMatchObject(IN_LYON);
    await client.close();
  });
});
