import * as openid from 'openid-client';
import { travelsInClear } from '../../core/loopback.ts';
import {
  type AdmissionRules,
  type Admitted,
  admit,
  type Claims,
  claimsNeededBy,
  nameOf,
} from './admission.ts';
import { boundedFetch } from './bounded-fetch.ts';
import { describeFailure, refusalReason } from './failures.ts';
import type { Refused } from './refusals.ts';

export interface CompanyLoginOptions extends AdmissionRules {
  clientId: string;
  /** Absent for a public client. */
  clientSecret?: string | undefined;
  /** As the operator registered it with the company's login: PUBLIC_URL and CALLBACK_PATH. */
  redirectUri: string;
}

interface LoginLog {
  info(fields: object, message: string): void;
  warn(fields: object, message: string): void;
}

/** What a browser's sign-in needs again when the company's login sends it back. Secret, and good for one response. */
export interface PendingLogin {
  /** Begins with the uid of the interaction that the person has come from. */
  state: string;
  nonce: string;
  codeVerifier: string;
}

export interface CompanyLogin {
  /** Returns where to send the browser. `pending` is for `finish`: keep it where only that browser and this server can use it. */
  begin(pending: PendingLogin): Promise<{ url: string } | Refused>;
  /** Takes the URL at which the browser came back. Never rejects. */
  finish(callbackUrl: string, pending: PendingLogin): Promise<Admitted | Refused>;
}

/** Returns the secrets of one visit to the company's login. */
export const newPendingLogin = (uid: string): PendingLogin => ({
  state: `${uid}.${openid.randomState()}`,
  nonce: openid.randomNonce(),
  codeVerifier: openid.randomPKCECodeVerifier(),
});

/** Returns the uid of the interaction to which a response of the company's login belongs; undefined for what is no state. */
export const uidIn = (state: unknown): string | undefined => /^([\w-]+)\.[\w-]+$/.exec(String(state))?.[1];

/** The path of the redirect URI that the operator registers with the company's login. */
export const CALLBACK_PATH = '/oauth/callback';

/** How long one request to the company's login may take, in seconds. A start waits for one. */
const REQUEST_TIMEOUT_SECONDS = 5;

/**
 * The company's own login, by OpenID Connect with code, PKCE, state and nonce. Learns the login's addresses at the start; when it
 * is down, the server starts all the same, and every sign-in tries again.
 */
export async function createCompanyLogin(options: CompanyLoginOptions, log: LoginLog): Promise<CompanyLogin> {
  const { issuer, redirectUri, allowedDomains, allowedGroups } = options;
  if (allowedDomains.length + allowedGroups.length === 0) throw new Error('nothing says who may sign in');
  let discovering: Promise<openid.Configuration> | undefined;

  /** One discovery at a time, until one succeeds. */
  function discovered(): Promise<openid.Configuration> {
    discovering ??= discover(options).catch(error => {
      discovering = undefined;
      log.warn(
        { issuer, reason: describeFailure(error) },
        "the company's login cannot be discovered: nobody can sign in",
      );
      throw error;
    });
    return discovering;
  }

  async function begin(pending: PendingLogin): ReturnType<CompanyLogin['begin']> {
    const configuration = await discovered().catch(() => undefined);
    if (!configuration) return { reason: 'unreachable' };
    const url = openid.buildAuthorizationUrl(configuration, {
      redirect_uri: redirectUri,
      scope: scopesFor(options, configuration.serverMetadata()),
      state: pending.state,
      nonce: pending.nonce,
      code_challenge: await openid.calculatePKCECodeChallenge(pending.codeVerifier),
      code_challenge_method: 'S256',
    });
    return { url: url.href };
  }

  async function finish(callbackUrl: string, pending: PendingLogin): ReturnType<CompanyLogin['finish']> {
    try {
      const configuration = await discovered();
      const claims = await identify(configuration, callbackUrl, pending);
      const admission = admit(claims, options);
      if ('reason' in admission) {
        log.info({ person: nameOf(claims, options), reason: admission.reason }, 'a sign-in was refused');
      }
      return admission;
    } catch (error) {
      log.warn({ issuer, reason: describeFailure(error) }, "a sign-in with the company's login failed");
      return { reason: refusalReason(error) };
    }
  }

  /** Exchanges the code of a response. Rejects unless the response is one to `pending`, and unless the login vouches for the person. */
  async function identify(
    configuration: openid.Configuration,
    callbackUrl: string,
    { state, nonce, codeVerifier }: PendingLogin,
  ): Promise<Claims> {
    // Behind a proxy only PUBLIC_URL tells under which address the login knows this server.
    const response = new URL(redirectUri);
    response.search = new URL(callbackUrl, redirectUri).search;
    const tokens = await openid.authorizationCodeGrant(configuration, response, {
      expectedState: state,
      expectedNonce: nonce,
      pkceCodeVerifier: codeVerifier,
      idTokenExpected: true,
    });
    const claims = tokens.claims() as Claims;
    const all = claimsNeededBy(options).every(name => Object.hasOwn(claims, name));
    if (all || configuration.serverMetadata().userinfo_endpoint === undefined) return claims;
    const userinfo = await openid.fetchUserInfo(configuration, tokens.access_token, claims.sub);
    return { ...userinfo, ...claims };
  }

  await discovered().catch(() => undefined);
  return { begin, finish };
}

/** Rejects when the login is not reachable, or speaks for another issuer than the one that is set. */
function discover({ issuer, clientId, clientSecret }: CompanyLoginOptions): Promise<openid.Configuration> {
  const plainHttp = issuer.startsWith('http:') && !travelsInClear(issuer);
  return openid.discovery(new URL(issuer), clientId, undefined, clientAuthentication(clientSecret), {
    [openid.customFetch]: boundedFetch,
    timeout: REQUEST_TIMEOUT_SECONDS,
    execute: [openid.enableNonRepudiationChecks, ...(plainHttp ? [openid.allowInsecureRequests] : [])],
  });
}

function clientAuthentication(secret: string | undefined): openid.ClientAuth {
  if (secret === undefined) return openid.None();
  // Some logins do not decode what Basic has to encode, so the form is used where the login takes it.
  const [post, basic] = [openid.ClientSecretPost(secret), openid.ClientSecretBasic(secret)];
  return (server, ...request) =>
    server.token_endpoint_auth_methods_supported?.includes('client_secret_post')
      ? post(server, ...request)
      : basic(server, ...request);
}

/** Some logins send groups only for a scope of that name, and others refuse scopes that they do not know. */
function scopesFor(
  { groupsClaim }: CompanyLoginOptions,
  { scopes_supported }: openid.ServerMetadata,
): string {
  const groups = ['groups', groupsClaim].filter(scope => scopes_supported?.includes(scope));
  return [...new Set(['openid', 'email', 'profile', ...groups])].join(' ');
}
