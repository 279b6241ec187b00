import type { KoaContextWithOIDC } from 'oidc-provider';
import type { SignInStore } from '../store/sign-in-store.ts';
import type { Session } from '../tokens/access-token.ts';

interface RevocationOptions {
  store: SignInStore;
  openToken(token: string): Promise<Session | undefined>;
}

/**
 * Ends the connection of an access token that its client revokes. oidc-provider knows the client by then, and refuses a
 * token that is not stored. The token itself goes on working until it expires.
 */
export async function revokeByAccessToken(
  ctx: KoaContextWithOIDC,
  { store, openToken }: RevocationOptions,
): Promise<void> {
  const { client, params } = ctx.oidc;
  if ((ctx.body as { error?: string } | undefined)?.error !== 'unsupported_token_type' || !client) return;
  const session = await openToken(String(params?.token));
  if (session?.clientId === client.clientId) await store.endGrant(session.grantId);
  // RFC 7009, section 2.2: an invalid token is no error.
  ctx.status = 200;
  ctx.body = '';
}
