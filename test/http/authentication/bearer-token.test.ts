import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { madeEarlier } from '../../support/access-token.ts';
import { post, postModern } from '../../support/post.ts';
import {
  ALL_SCOPES,
  connect,
  refresh,
  SIGN_IN_SECRET,
  type SignInPair,
  startSignIn,
} from '../../support/sign-in.ts';
import { startPair, startServer } from '../../support/start.ts';

const LIST = { method: 'tools/list' };
const SEARCH = { method: 'tools/call', params: { name: 'search_businesses', arguments: {} } };
const REPLY = {
  method: 'tools/call',
  params: { name: 'reply_to_review', arguments: { review_id: 'r1', content: 'Thank you' } },
};

let server: SignInPair;
beforeAll(async () => {
  server = await startSignIn();
});
afterAll(() => server.close());

const bearer = (token: string) => ({ authorization: `Bearer ${token}` });
async function signedIn(scopes = ALL_SCOPES) {
  return bearer((await connect(server.origin, { scopes })).tokens.access_token);
}
const namesIn = ({ body }: Awaited<ReturnType<typeof post>>) =>
  (body.result as { tools: { name: string }[] }).tools.map(({ name }) => name);
const errorOf = ({ body }: Awaited<ReturnType<typeof post>>) =>
  JSON.parse((body.result as { content: { text: string }[] }).content[0]?.text ?? '{}').error?.code;

describe('with sign-in on', () => {
  test.each(['initialize', 'ping', 'tools/list', 'tools/call', 'server/discover'])(
    '%s without credentials gets a 401 that says where to sign in and for what',
    async method => {
      const { status, headers } = await post(server.url, { method, params: {} });
      expect(status).toBe(401);
      expect(headers.get('www-authenticate')).toBe(
        `Bearer resource_metadata="${server.origin}/.well-known/oauth-protected-resource/mcp", scope="${ALL_SCOPES}"`,
      );
    },
  );

  test('a key in a header goes on working', async () => {
    const response = await post(server.url, SEARCH, { 'x-APIKey': 'demo-admin' });
    expect(response.status).toBe(200);
    expect(response.body.result?.isError).toBeUndefined();
  });

  test('a bad key in a header is a tool error, so that a client with a key starts no sign-in', async () => {
    const response = await post(server.url, SEARCH, { 'x-APIKey': 'made-up' });
    expect(response.status).toBe(200);
    expect(errorOf(response)).toBe('invalid_api_key');
  });

  test('a token lists and calls what the person allowed', async () => {
    const headers = await signedIn();
    expect(namesIn(await post(server.url, LIST, headers))).toHaveLength(14);
    expect((await post(server.url, SEARCH, headers)).body.result?.isError).toBeUndefined();
  });

  test('a token for reading reviews lists only the tools that read reviews', async () => {
    const headers = await signedIn('partoo:read partoo:reviews');
    expect(namesIn(await post(server.url, LIST, headers))).toEqual(['search_reviews', 'get_review_metrics']);
  });

  test('a filter in the URL narrows a token, and cannot widen it', async () => {
    const headers = await signedIn('partoo:read partoo:reviews partoo:posts');
    expect(namesIn(await post(`${server.url}?toolsets=posts`, LIST, headers))).toEqual(['search_posts']);
    const widened = await post(`${server.url}?tools=create_post`, LIST, headers);
    expect(widened.status).toBe(400);
    expect(widened.body.error?.message).toContain('the permissions given at sign-in');
  });

  const REVISION = { 'mcp-protocol-version': '2025-11-25' };
  const DISABLED = 'disabled on this connection by the permissions given at sign-in';

  test('a call beyond the scopes gets a 403 with every scope that it needs, from the revision that knows it', async () => {
    const { tokens } = await connect(server.origin, { scopes: 'partoo:read partoo:posts' });
    const headers = bearer(await madeEarlier(tokens.access_token, 60));
    for (const refused of [
      await post(server.url, REPLY, { ...headers, ...REVISION }),
      await postModern(server.url, 'tools/call', REPLY.params, headers),
    ]) {
      expect(refused.status).toBe(403);
      expect(refused.headers.get('www-authenticate')).toMatch(
        /^Bearer error="insufficient_scope", .*scope="partoo:read partoo:posts partoo:write partoo:reviews"$/,
      );
    }
    const old = await post(server.url, REPLY, { ...headers, 'mcp-protocol-version': '2025-06-18' });
    expect(old.status).toBe(200);
    expect(old.body.error?.message).toContain(DISABLED);
  });

  test('a call beyond the scopes is an error that names them, right after the sign-in or a refresh', async () => {
    const headers = await signedIn('partoo:read partoo:posts');
    const { status, body } = await post(server.url, REPLY, { ...headers, ...REVISION });
    expect(status).toBe(200);
    expect(body.error?.message).toContain(DISABLED);
  });

  test.each([
    [
      'of another secret',
      'eyJhbGciOiJkaXIiLCJlbmMiOiJBMjU2R0NNIn0..AAAAAAAAAAAAAAAA.AAAA.AAAAAAAAAAAAAAAAAAAAAA',
    ],
    ['that was changed', undefined],
  ])('a token %s gets a 401 with invalid_token', async (_, given) => {
    const [token = ''] = Object.values(await signedIn());
    // The first character of the tag: the last bits of a base64url text may mean nothing.
    const changed =
      given ??
      token.slice(7).replace(/\.(.)([^.]*)$/, (_all, first, rest) => `.${first === 'A' ? 'B' : 'A'}${rest}`);
    const { status, headers } = await post(server.url, LIST, bearer(changed));
    expect(status).toBe(401);
    expect(headers.get('www-authenticate')).toContain('error="invalid_token"');
  });

  test('when Partoo rejects the key of a session, its call gets invalid_token and its refresh invalid_grant', async () => {
    const own = await startSignIn();
    const { client, tokens } = await connect(own.origin);
    own.partoo.faults.add({ kind: 'status', path: /./, status: 401, times: Number.POSITIVE_INFINITY });
    const { status, headers } = await post(own.url, SEARCH, bearer(tokens.access_token));
    expect(status).toBe(401);
    expect(headers.get('www-authenticate')).toContain('error="invalid_token"');
    expect((await post(own.url, LIST, bearer(tokens.access_token))).status).toBe(401);
    const refreshed = await refresh(own.origin, client, tokens.refresh_token);
    expect(refreshed.status).toBe(400);
    expect(await refreshed.json()).toMatchObject({ error: 'invalid_grant' });
    await own.close();
  });

  test('a token for a key of one’s own means nothing to a server that people enter with the company’s login', async () => {
    const { tokens } = await connect(server.origin);
    const changed = await startServer('http://127.0.0.1:1/v2', {
      SIGN_IN: 'oidc',
      SIGN_IN_SECRET,
      PUBLIC_URL: server.origin,
      PARTOO_API_KEY: 'demo-admin',
      OIDC_ISSUER: 'http://127.0.0.1:1',
      OIDC_CLIENT_ID: 'partoo-mcp',
      OIDC_ALLOWED_DOMAINS: 'acme.com',
    });
    const { status, headers } = await post(changed.url, LIST, bearer(tokens.access_token));
    expect(status).toBe(401);
    expect(headers.get('www-authenticate')).toContain('error="invalid_token"');
    await changed.close();
  });

  test('a tool that the operator excludes is no reason to sign in again', async () => {
    const own = await startSignIn({ READ_ONLY: 'true' });
    const { tokens } = await connect(own.origin);
    const headers = { ...bearer(tokens.access_token), 'mcp-protocol-version': '2025-11-25' };
    const { status, body } = await post(own.url, REPLY, headers);
    expect(status).toBe(200);
    expect(body.error?.message).toContain("the operator's setting READ_ONLY");
    await own.close();
  });
});

test('without sign-in there is no metadata, and a request without a key still lists the tools', async () => {
  const pair = await startPair();
  for (const path of [
    'oauth-protected-resource',
    'oauth-protected-resource/mcp',
    'oauth-authorization-server',
  ]) {
    expect((await fetch(`${pair.origin}/.well-known/${path}`)).status).toBe(404);
  }
  expect((await post(pair.url, LIST)).status).toBe(200);
  await pair.close();
});
