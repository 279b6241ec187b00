import type { IncomingMessage } from 'node:http';
import { CallError } from '../../core/call-error.ts';
import type { SignIn } from '../../oauth/sign-in.ts';
import { restrictionOf } from '../../oauth/tokens/scopes.ts';
import type { Authentication } from './authentication.ts';
import { callerOf } from './identify.ts';
import type { SharedKey } from './shared-key.ts';

interface BearerOptions {
  signIn: SignIn;
  /** The key that sign-ins without a key of their own use. */
  sharedKey: SharedKey | undefined;
  /** KEY_HASH_SECRET. */
  secret: string;
}

/** Clients call again within moments, and the clocks of replicas differ a little. */
const NEW_TOKEN_SECONDS = 10;

/** Authenticates requests by the access tokens of sign-in. */
export function createBearerAuthentication({ signIn, sharedKey, secret }: BearerOptions) {
  const invalidToken = (description: string) => signIn.challenge({ error: 'invalid_token', description });
  const keyRejected = invalidToken('Partoo no longer accepts the key of this sign-in');

  const refused = (why: string, challenge: string): Authentication => ({
    caller: undefined,
    error: new CallError('invalid_access_token', why),
    challenge,
  });
  const invalid = (description: string) => refused(description, invalidToken(description));

  /**
   * Returns the challenge of a call beyond `scopes`; undefined for any other. Undefined too for a token that is some seconds old: its
   * person has just decided, or its client knows no other response to a challenge than to refresh the token and call again, as the
   * SDK's version 1. Such a call gets an error that its model can read.
   */
  const stepUp = (scopes: readonly string[], issuedAt: number) => (body: unknown, revision: unknown) => {
    if (Date.now() / 1_000 - issuedAt < NEW_TOKEN_SECONDS) return undefined;
    const scope = signIn.scopesToStepUpTo(body, scopes, revision)?.join(' ');
    const description = 'The call needs more permissions than this sign-in gave';
    return scope && signIn.challenge({ error: 'insufficient_scope', description, scope });
  };

  async function open(token: string): Promise<Authentication> {
    const session = await signIn.open(token);
    if (!session) return invalid('The access token has expired, or is not one of this server');
    const { key, person, scopes, issuedAt } = session;
    const restriction = restrictionOf(scopes);
    const caller = key === undefined ? sharedKey?.callerOf({ person, restriction }) : callerOf(key, secret);
    if (!caller) return invalid('The access token was made before the settings of this server changed');
    return {
      caller: { ...caller, restriction },
      // Another sign-in would not help where the rejected key is the server's.
      signedIn: {
        keyRejected: key === undefined ? undefined : keyRejected,
        stepUp: stepUp(scopes, issuedAt),
      },
    };
  }

  return {
    /** A request without credentials, which is no error: it makes the client sign in. */
    required: refused('no credentials in the request', signIn.challenge()),
    /** Returns undefined for a request without a token of sign-in. */
    authenticate({ headersDistinct }: Pick<IncomingMessage, 'headersDistinct'>) {
      const [authorization = '', other] = headersDistinct.authorization ?? [];
      const token = /^bearer +(\S+)$/i.exec(authorization)?.[1];
      return token !== undefined && other === undefined && signIn.isToken(token) ? open(token) : undefined;
    },
  };
}

export type BearerAuthentication = ReturnType<typeof createBearerAuthentication>;
