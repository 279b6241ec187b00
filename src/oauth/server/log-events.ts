import type { EventEmitter } from 'node:events';
import type { errors, KoaContextWithOIDC, Provider } from 'oidc-provider';
import type { Logger } from 'pino';
import { errorFields } from '../../core/error-fields.ts';

/** Characters of a text that anybody can send. */
const MAX_LOGGED = 200;

/** Logs what oidc-provider refuses, and what fails in it. */
export function logEvents(provider: Provider, log: Logger): void {
  // Koa would write to the console.
  (provider as EventEmitter).on('error', error =>
    log.warn({ error: errorFields(error) }, 'a response of sign-in failed'),
  );
  provider.on('server_error', (ctx, error) => {
    log.error({ route: ctx.oidc?.route, error: errorFields(error) }, 'sign-in failed');
  });
  const refused = (ctx: KoaContextWithOIDC, error: errors.OIDCProviderError) => {
    const { error: code, error_description: description, error_detail: detail } = error;
    const client = ctx.oidc.client?.clientId ?? String(ctx.oidc.params?.client_id ?? '').slice(0, MAX_LOGGED);
    log.info({ route: ctx.oidc.route, client, code, description, detail }, 'sign-in refused');
  };
  provider.on('authorization.error', refused);
  provider.on('grant.error', refused);
  provider.on('registration_create.error', refused);
  provider.on('revocation.error', refused);
}
