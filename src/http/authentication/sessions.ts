import type { IncomingMessage } from 'node:http';
import { CallError } from '../../core/call-error.ts';
import type { SignIn } from '../../oauth/sign-in.ts';
import { restrictionOf } from '../../oauth/tokens/scopes.ts';
import type { Authentication, SignedIn } from './authentication.ts';
import { callerOf } from './identify.ts';
import type { SharedKey } from './shared-key.ts';

interface SessionsOptions {
  signIn: SignIn;
  /** The key that sessions without one of their own use. */
  sharedKey: SharedKey | undefined;
  /** KEY_HASH_SECRET. */
  secret: string;
}

/** Clients call again within moments, and the clocks of replicas differ a little. */
const NEW_TOKEN_SECONDS = 10;

/** Authenticates requests by the access tokens of sign-in. */
export function createSessions({ signIn, sharedKey, secret }: SessionsOptions) {
  /** Makes a client sign in. Without a description it has sent no credentials, which is no error. */
  function challenge(description?: string): Authentication {
    const problem = description === undefined ? undefined : { error: 'invalid_token' as const, description };
    const error = new CallError('invalid_access_token', description ?? 'no credentials in the request');
    return { caller: undefined, error, challenge: signIn.challenge(problem) };
  }

  async function open(token: string): Promise<Authentication> {
    const session = await signIn.open(token);
    if (!session) return challenge('The access token has expired, or is not one of this server');
    const { key, person, scopes, issuedAt } = session;
    const restriction = restrictionOf(scopes);
    const caller = key === undefined ? sharedKey?.callerOf({ person, restriction }) : callerOf(key, secret);
    if (!caller) return challenge('The access token was made before the settings of this server changed');
    const signedIn = { scopes, hasOwnKey: key !== undefined, issuedAt };
    return { caller: { ...caller, restriction }, session: signedIn };
  }

  return {
    required: challenge(),
    ended: challenge('Partoo no longer accepts the key of this sign-in'),
    /** Returns undefined for a request without a token of sign-in. */
    authenticate({ headersDistinct }: Pick<IncomingMessage, 'headersDistinct'>) {
      const [authorization = '', other] = headersDistinct.authorization ?? [];
      const token = /^bearer +(\S+)$/i.exec(authorization)?.[1];
      return token !== undefined && other === undefined && signIn.isToken(token) ? open(token) : undefined;
    },
    /**
     * Returns the challenge of a call beyond the scopes of a session; undefined for any other. Undefined too for a token that is
     * some seconds old: its person has just decided, or its client knows no other response to a challenge than to refresh the
     * token and call again, as the SDK's version 1. Such a call gets an error that its model can read.
     */
    challengeToStepUp(body: unknown, { scopes, issuedAt }: SignedIn, revision: unknown): string | undefined {
      if (Date.now() / 1_000 - issuedAt < NEW_TOKEN_SECONDS) return undefined;
      const scope = signIn.scopesToStepUpTo(body, scopes, revision)?.join(' ');
      const description = 'The call needs more permissions than this sign-in gave';
      return scope && signIn.challenge({ error: 'insufficient_scope', description, scope });
    },
  };
}

export type Sessions = ReturnType<typeof createSessions>;
