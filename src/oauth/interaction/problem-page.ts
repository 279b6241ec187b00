import type { KoaContextWithOIDC } from 'oidc-provider';
import { PAGE_HEADERS } from '../pages/document.ts';
import { textsFor } from '../pages/languages.ts';
import { noticePage } from '../pages/notice-page.ts';
import type { Notice } from '../pages/texts.ts';

/** Why a sign-in cannot begin or end, in the words of OAuth. */
interface OAuthError {
  error: string;
  error_description?: string;
}

/** Returns a function that shows a person why there is nothing to go back to: a client that is unknown, or asks for too much. */
export const problemPage =
  (host: string) =>
  (ctx: KoaContextWithOIDC, { error, error_description: detail }: OAuthError): void => {
    const notice = ctx.oidc.route === 'resume' && error === 'invalid_request' ? 'expired' : noticeOf(error);
    const texts = textsFor(ctx.get('accept-language'));
    ctx.set(PAGE_HEADERS);
    ctx.body = noticePage({
      texts,
      host,
      notice,
      ...(notice === 'refused_request' && { detail: detail ?? error }),
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
