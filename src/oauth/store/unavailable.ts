import { errors } from 'oidc-provider';

/** After which a server that is busy, or whose Redis is lost, may be asked again. */
export const RETRY_AFTER_SECONDS = 5;

/** A connection asks too often. Clients keep their tokens on this error; on `invalid_grant` they make a person sign in again. */
export class TooManyRefreshes extends errors.OIDCProviderError {
  constructor() {
    super(429, 'temporarily_unavailable');
    this.error_description = 'this connection asks for tokens too often; use the latest ones, or wait';
    this.expose = true;
  }
}

/** Redis is lost, or what a client publishes cannot be fetched. Answered with 503, never with a redirect: a client would take the sign-in for refused. */
export class SignInUnavailable extends errors.OIDCProviderError {
  /** `detail` is logged. */
  constructor(detail?: string) {
    super(503, 'temporarily_unavailable');
    if (detail !== undefined) this.error_detail = detail;
    this.error_description = 'sign-in is unavailable for a moment; try again in some seconds';
    this.allow_redirect = false;
    this.expose = true;
  }
}
