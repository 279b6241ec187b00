import { randomBytes } from 'node:crypto';
import type { FastifyReply, FastifyRequest } from 'fastify';
import type Provider from 'oidc-provider';
import type { SignInStore } from '../store/sign-in-store.ts';
import type { Identity } from '../tokens/access-token.ts';

/** The server that asks a person to sign in. */
export interface SignInServer {
  provider: Provider;
  store: SignInStore;
}

/**
 * Ends the sign-in whose page a person has just sent, and returns the URL that leads back to the client. Grants `scopes`, and rejects all others
 * that the client requested.
 *
 * @throws SessionNotFound of oidc-provider when the sign-in has expired, is over, or belongs to another browser.
 */
export async function finishSignIn(
  { provider, store }: SignInServer,
  request: FastifyRequest,
  reply: FastifyReply,
  { scopes, ...identity }: Identity & { scopes: readonly string[] },
): Promise<string> {
  const { params } = await provider.interactionDetails(request.raw, reply.raw);
  const grantId = randomBytes(24).toString('base64url');
  const grant = new provider.Grant({ clientId: String(params.client_id), accountId: grantId });
  grant.jti = grantId;
  const requested = String(params.scope).split(' ');
  const granted = requested.filter(scope => scopes.includes(scope));
  const rejected = requested.filter(scope => !scopes.includes(scope));
  grant.addOIDCScope('offline_access');
  for (const resource of [params.resource].flat()) {
    grant.addResourceScope(String(resource), granted);
    if (rejected.length > 0) grant.rejectResourceScope(String(resource), rejected);
  }
  await store.addIdentity(grantId, identity);
  await grant.save();
  const login = { accountId: grantId, remember: false };
  return provider.interactionResult(request.raw, reply.raw, { login, consent: { grantId } });
}

/** Ends a sign-in that the person refused: the client learns `access_denied`. */
export async function refuseSignIn(
  { provider }: SignInServer,
  request: FastifyRequest,
  reply: FastifyReply,
): Promise<string> {
  const refusal = { error: 'access_denied', error_description: 'the person did not sign in' };
  return provider.interactionResult(request.raw, reply.raw, refusal);
}
