import { expandScopes } from '../tokens/scopes.ts';

/** Parameters of OpenID Connect. Without `openid` oidc-provider refuses them, where OAuth says to ignore what is unknown. */
const IGNORED = [
  'acr_values',
  'claims',
  'claims_locales',
  'display',
  'id_token_hint',
  'max_age',
  'nonce',
  'registration',
];

type Query = Record<string, string | string[] | undefined>;

/**
 * Returns the parameters of an authorization request as this server reads them. Scopes are spelt out, so that the page
 * shows what the token will carry, and the page always appears.
 */
export function normalizeAuthorizationRequest(query: Query, offered: readonly string[]): Query {
  const { scope, prompt } = query;
  const normalized = { ...query };
  for (const name of IGNORED) delete normalized[name];
  // The result is always in the query of the redirect URI. As a form it would be a page of oidc-provider's, with a script.
  delete normalized.response_mode;
  // oidc-provider refuses a parameter that is given twice.
  if (!Array.isArray(scope)) normalized.scope = expandScopes(scope, offered).join(' ');
  if (!Array.isArray(prompt)) normalized.prompt = prompt?.split(' ').includes('none') ? 'none' : 'consent';
  return normalized;
}
