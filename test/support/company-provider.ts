import { generateKeyPairSync } from 'node:crypto';
import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { type AdapterFactory, type AdapterPayload, Provider } from 'oidc-provider';
import { expect } from 'vitest';

type Claims = Record<string, unknown> & { sub: string };

export interface CompanyProviderOptions {
  redirectUri: string;
  /** Sends what a scope stands for only at the userinfo endpoint, as the standard has it. */
  thinIdTokens?: boolean;
  tokenEndpointAuthMethod?: 'client_secret_basic' | 'client_secret_post';
  port?: number;
}

export interface CompanyProvider {
  issuer: string;
  clientId: string;
  clientSecret: string;
  /** Decides who sits at the browser from now on: the claims of that account, or the error with which the login sends it back. */
  nextPerson(next: Claims | { error: string; error_description?: string }): void;
  /** Paths that were requested, the oldest first. */
  requests: string[];
  close(): Promise<void>;
}

/** The settings of a server in front of a company's login. */
export const companySettings = ({ issuer, clientId, clientSecret }: CompanyProvider) => ({
  SIGN_IN: 'oidc',
  PARTOO_API_KEY: 'demo-admin',
  OIDC_ISSUER: issuer,
  OIDC_CLIENT_ID: clientId,
  OIDC_CLIENT_SECRET: clientSecret,
  OIDC_ALLOWED_DOMAINS: 'acme.com',
});

/** A company's login: a real OpenID provider, whose sign-in page admits whoever `nextPerson` names without asking. */
export async function startCompanyProvider(options: CompanyProviderOptions): Promise<CompanyProvider> {
  const [clientId, clientSecret] = ['partoo-mcp', 'a client secret / with : special % characters'];
  const requests: string[] = [];
  const people = new Map<string, Claims>();
  let person: Claims | { error: string } = { error: 'access_denied' };

  const server = createServer((request, response) => {
    const path = (request.url ?? '').split('?')[0] ?? '';
    requests.push(path);
    if (path.startsWith('/sign-in/')) {
      const result = 'sub' in person ? { login: { accountId: person.sub } } : person;
      void provider.interactionFinished(request, response, result);
    } else {
      void provider.callback()(request, response);
    }
  });
  server.listen(options.port ?? 0, '127.0.0.1');
  await once(server, 'listening');
  const issuer = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  const { privateKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' });
  const provider = new Provider(issuer, {
    adapter: inMemory(),
    clients: [
      {
        client_id: clientId,
        client_secret: clientSecret,
        redirect_uris: [options.redirectUri],
        id_token_signed_response_alg: 'ES256',
        token_endpoint_auth_method: options.tokenEndpointAuthMethod ?? 'client_secret_post',
      },
    ],
    clientAuthMethods: [options.tokenEndpointAuthMethod ?? 'client_secret_post'],
    jwks: { keys: [{ ...privateKey.export({ format: 'jwk' }), alg: 'ES256', use: 'sig' }] },
    cookies: { keys: ['a key for the cookies of the tests'] },
    claims: {
      email: ['email', 'email_verified'],
      profile: ['name', 'preferred_username', 'hd'],
      groups: ['groups', 'roles'],
    },
    conformIdTokenClaims: options.thinIdTokens ?? false,
    features: { devInteractions: { enabled: false } },
    interactions: { url: (_, { uid }) => `/sign-in/${uid}` },
    pkce: { required: () => true },
    ttl: {
      Interaction: 600,
      Session: 600,
      Grant: 600,
      AccessToken: 600,
      IdToken: 600,
      AuthorizationCode: 60,
    },
    findAccount: (_, id) => ({ accountId: id, claims: () => ({ ...people.get(id), sub: id }) }),
    async loadExistingGrant({ oidc }) {
      const grant = new provider.Grant({ accountId: oidc.session?.accountId, clientId });
      grant.addOIDCScope('openid email profile groups');
      await grant.save();
      return grant;
    },
    // A browser stays signed in only for one test.
    expiresWithSession: () => false,
  });
  provider.on('server_error', (_, error) => expect.fail(`the company's login failed: ${error.stack}`));

  return {
    issuer,
    clientId,
    clientSecret,
    requests,
    nextPerson(next) {
      person = next;
      if ('sub' in next) people.set(next.sub, next);
    },
    async close() {
      server.closeAllConnections();
      server.close();
      await once(server, 'close');
    },
  };
}

/** oidc-provider warns in the output of the tests about the storage that it brings. */
function inMemory(): AdapterFactory {
  const stored = new Map<string, AdapterPayload>();
  return model => ({
    upsert: async (id, payload) => void stored.set(`${model} ${id}`, payload),
    find: async id => stored.get(`${model} ${id}`),
    findByUid: async uid => [...stored.values()].find(payload => payload.uid === uid),
    findByUserCode: async () => undefined,
    consume: async id => void Object.assign(stored.get(`${model} ${id}`) ?? {}, { consumed: true }),
    destroy: async id => void stored.delete(`${model} ${id}`),
    revokeByGrantId: async () => {},
  });
}
