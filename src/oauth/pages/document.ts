import { createHash } from 'node:crypto';
import { Html, html } from '../../core/pages/html.ts';
import { DOTS, EXCLAMATION, PIN } from '../../core/pages/icons.ts';
import type { Toolset } from '../../tools/index.ts';
import type { RequestingClient } from './requesting-client.ts';
import { STYLE } from './style.ts';
import type { Texts } from './texts.ts';

/**
 * The headers of every page. Forms may be sent to this server alone: Chromium applies `form-action` to every redirect that
 * follows a form, wherever the client sends the browser in the end, so no form is answered with a redirect to a client.
 *
 * Without `Cross-Origin-Opener-Policy`, which would cut the page off from a client that opened it in a pop-up window and
 * waits there for the end of the sign-in.
 */
export const PAGE_HEADERS: Readonly<Record<string, string>> = {
  'content-type': 'text/html; charset=utf-8',
  'cache-control': 'no-store',
  'content-security-policy': [
    "default-src 'none'",
    `style-src 'sha256-${createHash('sha256').update(STYLE).digest('base64')}'`,
    "base-uri 'none'",
    "form-action 'self'",
    "frame-ancestors 'none'",
  ].join('; '),
  'referrer-policy': 'no-referrer',
};

/** Already safe: the pages' own. Escaping would change what the policy's hash is of. */
const STYLE_MARKUP = new Html(STYLE);

/** What every page shows. */
export interface DocumentModel {
  texts: Texts;
  /** The host of PUBLIC_URL, which the person is about to trust with a key. */
  host: string;
}

/** What a client asks for, within what this server offers. */
export interface RequestedAccess {
  toolsets: readonly Toolset[];
  /** Those of them that can change something. Empty for a request to read only. */
  changeable: readonly Toolset[];
}

/** What every page of one sign-in shows. */
export interface Frame extends DocumentModel {
  client: RequestingClient;
  access: RequestedAccess;
  /** Where forms go: this page. */
  action: string;
  /** Proves that a form comes from this page. */
  token: string;
}

export function page({ texts, host }: DocumentModel, title: string, main: Html, head?: Html): string {
  return html`<!doctype html>
<html lang="${texts.language}">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="robots" content="noindex">
<title>${title}</title>
${head}
<style>${STYLE_MARKUP}</style>
</head>
<body>
<main>
${main}
</main>
<footer>${texts.server(html`<strong>${host}</strong>`)}</footer>
</body>
</html>
`.text;
}

/** Names come from third parties and may be written in another direction. */
export const nameOf = ({ name }: RequestingClient, texts: Texts): Html =>
  html`<bdi>${name || texts.unnamedApp}</bdi>`;

/** The head of a card: who asks, and how far that is known. */
export function clientHeading(client: RequestingClient, texts: Texts, step: number, title: Html): Html {
  const initial = [...(client.name || texts.unnamedApp)][0]?.toUpperCase();
  const mark = client.verified
    ? html`<span class="pill pill-plain">${texts.nameNotVerified}</span>`
    : html`<span class="pill pill-caution">${texts.notVerified}</span>`;
  return html`<div class="marks"><span class="mark" aria-hidden="true">${initial}</span><span class="dots">${DOTS}</span><span class="mark mark-partoo">${PIN}</span><span class="step">${texts.step(step)}</span></div>
<h1>${title}</h1>
<p class="who">${originOf(client, texts)}${mark}</p>`;
}

/** Where the client comes from and where the result goes, each only once. */
function originOf({ publisher, returnsTo }: RequestingClient, texts: Texts): Html {
  const strong = (text: string) => html`<strong>${text}</strong>`;
  const parts = publisher === undefined ? [] : [texts.from(strong(publisher))];
  if (!('website' in returnsTo)) {
    const { app } = returnsTo;
    parts.push(
      strong(app === 'computer' ? texts.appOnThisComputer : texts.appOnThisDevice(returnsTo.scheme)),
    );
  } else if (returnsTo.website !== publisher) {
    parts.push(texts.returnsTo(strong(returnsTo.website)));
  }
  return html`${parts.map(part => html`<span>${part}</span> `)}`;
}

/** Advice on whether to go on. */
export const trustNote = (client: RequestingClient, texts: Texts): Html =>
  html`<p class="note">${
    client.verified
      ? texts.namesAreFree(client.publisher ?? '')
      : texts.anyoneCanUseTheName(nameOf(client, texts))
  }</p>`;

/** An error that belongs to no field. It takes the focus, so that screen readers read it. */
export const alert = (message: string): Html =>
  html`<p class="error alert" role="alert" tabindex="-1" autofocus>${EXCLAMATION}<span>${message}</span></p>`;
