import { PAGE_HEADERS } from '../pages/document.ts';
import { textsFor } from '../pages/languages.ts';
import { noticePage } from '../pages/notice-page.ts';
import { requestingClient } from '../pages/requesting-client.ts';
import type { Notice } from '../pages/texts.ts';
import type { ShowProblem } from '../server/configuration.ts';

/** Returns a function that shows a person why there is nothing to go back to: a client that is unknown, or asks for too much. */
export const problemPage =
  (host: string): ShowProblem =>
  (ctx, { error, error_description: detail }, returnTo) => {
    const notice = ctx.oidc.route === 'resume' && error === 'invalid_request' ? 'expired' : noticeOf(error);
    const texts = textsFor(ctx.get('accept-language'));
    ctx.set(PAGE_HEADERS);
    ctx.body = noticePage({
      texts,
      host,
      notice,
      ...(notice === 'refused_request' && { detail: detail ?? error }),
      // Without the name that the client chose: the link says where it leads.
      ...(returnTo !== undefined && {
        returnTo: {
          client: requestingClient({ clientId: ctx.oidc.client?.clientId ?? '', redirectUri: returnTo }),
          url: returnTo,
        },
      }),
    });
  };

function noticeOf(error: string): Notice {
  switch (error) {
    case 'server_error':
      return 'failed';
    case 'temporarily_unavailable':
      return 'unavailable';
    case 'invalid_client':
      return 'unknown_app';
    default:
      return 'refused_request';
  }
}
