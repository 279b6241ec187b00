import { errors } from 'oidc-provider';

/** Each assertion is remembered until it expires. */
const LONGEST_SECONDS = 10 * 60;

/**
 * Refuses the assertion of a client (`private_key_jwt`) that is valid for longer than 10 minutes.
 *
 * @throws InvalidClientAuth
 */
export function assertExpiresSoon({ exp }: Record<string, unknown>): void {
  if (typeof exp === 'number' && exp <= Date.now() / 1_000 + LONGEST_SECONDS) return;
  throw new errors.InvalidClientAuth('the client_assertion must expire within 10 minutes');
}
