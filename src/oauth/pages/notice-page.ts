import { html } from '../../core/pages/html.ts';
import { PIN } from '../../core/pages/icons.ts';
import { type DocumentModel, nameOf, page } from './document.ts';
import type { RequestingClient } from './requesting-client.ts';
import type { Notice } from './texts.ts';

interface NoticeModel extends DocumentModel {
  notice: Notice;
  /** For those who make the app, in their words. */
  detail?: string;
  /** For a person who wants the client to learn of it. */
  returnTo?: { client: RequestingClient; url: string };
}

/** Returns a page that says how a sign-in ended, or why it cannot go on. */
export function noticePage(model: NoticeModel): string {
  const { texts, returnTo } = model;
  const { title, message } = texts.notices[model.notice];
  return page(
    model,
    title,
    html`<div class="marks" aria-hidden="true"><span class="mark mark-partoo">${PIN}</span></div>
<h1>${title}</h1>
<p class="message">${message}</p>
${model.detail !== undefined && html`<p class="message"><code lang="en">${model.detail}</code></p>`}
${returnTo && html`<div class="buttons"><a class="button secondary" href="${returnTo.url}">${texts.returnTo(nameOf(returnTo.client, texts))}</a></div>`}`,
  );
}

interface ReturnModel extends Omit<NoticeModel, 'returnTo'> {
  client: RequestingClient;
  /** Where this server sends the browser back to the client from. */
  url: string;
}

/**
 * Returns a page that leads back to the client. A page rather than a redirect: browsers hold a redirect after a form
 * against `form-action`, and so every further redirect of the client's.
 */
export function returnPage(model: ReturnModel): string {
  const { texts, client, url, notice } = model;
  const app = nameOf(client, texts);
  const { title, message } = texts.notices[notice];
  return page(
    model,
    title,
    html`<div class="marks" aria-hidden="true"><span class="mark mark-partoo">${PIN}</span></div>
<h1>${title}</h1>
<p class="message">${texts.returning(app)} ${message}</p>
<div class="buttons"><a class="button secondary" href="${url}">${texts.returnTo(app)}</a></div>`,
    html`<meta http-equiv="refresh" content="0;url=${url}">`,
  );
}
