import { AuthorizationResponseError, ClientError, ResponseBodyError } from 'openid-client';
import type { RefusalReason } from './refusals.ts';

/** Errors of an authorization response by which a login says that the person may not, or did not want to. */
const DENIALS = ['access_denied', 'login_required', 'interaction_required', 'consent_required'];
/** Codes of openid-client: a state, an issuer or a nonce is not the expected one. */
const MISMATCHES = ['OAUTH_INVALID_RESPONSE', 'OAUTH_JWT_CLAIM_COMPARISON_FAILED'];

/** Returns the reason for the person whose sign-in failed. */
export function refusalReason(error: unknown): RefusalReason {
  if (error instanceof AuthorizationResponseError) return DENIALS.includes(error.error) ? 'denied' : 'failed';
  // The code has been used, or has expired.
  if (error instanceof ResponseBodyError) return error.error === 'invalid_grant' ? 'other_sign_in' : 'failed';
  if (error instanceof ClientError && MISMATCHES.includes(error.code ?? '')) return 'other_sign_in';
  return failedOnTheWay(error) ? 'unreachable' : 'failed';
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
