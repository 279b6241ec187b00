import { AuthorizationResponseError, ClientError, ResponseBodyError } from 'openid-client';

export const UNREACHABLE =
  "Your company's login is not reachable at the moment. Try again in a minute. If that does not help, tell this server's operator.";
const FAILED =
  "Your company's login did not complete the sign-in. Try again. If that does not help, tell this server's operator.";
const DENIED =
  "Your company's login did not let you in, or you cancelled there. Try again, or sign in with another account.";
const NOT_THIS_SIGN_IN =
  'This response belongs to another sign-in, or to one that is over. Start again from your AI client.';

/** Errors of an authorization response by which a login says that the person may not, or did not want to. */
const DENIALS = ['access_denied', 'login_required', 'interaction_required', 'consent_required'];
/** Codes of openid-client: a state, an issuer or a nonce is not the expected one. */
const MISMATCHES = ['OAUTH_INVALID_RESPONSE', 'OAUTH_JWT_CLAIM_COMPARISON_FAILED'];

/** Returns the sentence for the person whose sign-in failed. */
export function refusalFor(error: unknown): string {
  if (error instanceof AuthorizationResponseError) return DENIALS.includes(error.error) ? DENIED : FAILED;
  // The code has been used, or has expired.
  if (error instanceof ResponseBodyError) return error.error === 'invalid_grant' ? NOT_THIS_SIGN_IN : FAILED;
  if (error instanceof ClientError && MISMATCHES.includes(error.code ?? '')) return NOT_THIS_SIGN_IN;
  return failedOnTheWay(error) ? UNREACHABLE : FAILED;
}

/** `fetch` rejects with a TypeError. */
const failedOnTheWay = (error: unknown) =>
  error instanceof TypeError || (error instanceof ClientError && error.code === 'OAUTH_TIMEOUT');

const LONGEST_REASON = 500;

/** Returns the reason for the operator's log: messages alone, since the rest of these errors holds codes, tokens and claims. */
export function describeFailure(error: unknown): string {
  const reasons: string[] = [];
  for (let each = error; each instanceof Error; each = each.cause) reasons.push(messageOf(each));
  return reasons.join(': ').slice(0, LONGEST_REASON);
}

function messageOf(error: Error): string {
  if (error instanceof ResponseBodyError || error instanceof AuthorizationResponseError) {
    return `${error.error} (${error.error_description ?? 'without a description'})`;
  }
  // The message of JSON.parse quotes the response.
  return error instanceof SyntaxError ? 'not JSON' : error.message;
}
