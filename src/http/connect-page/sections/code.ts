import { type Html, html } from '../../../core/pages/html.ts';
import { COPY } from '../../../core/pages/icons.ts';
import type { ConnectModel } from '../model/model.ts';
import { selectTools } from '../model/selection.ts';
import { piecesOf, type SnippetName, writeSnippet } from '../snippets/index.ts';
import type { Texts } from '../texts/texts.ts';

/** Returns a snippet of this deployment with every tool of its base list. */
export function snippetOf(name: SnippetName, { url, credentials, tools, choices }: ConnectModel): string {
  const listed = selectTools(tools, { selections: [choices.base], readonly: false });
  return writeSnippet(
    name,
    url,
    credentials,
    listed.map(tool => tool.name),
  );
}

/** A block of code that can be copied. The script writes it anew when the URL changes. */
export function codeBlock(name: SnippetName, label: string, model: ConnectModel, texts: Texts): Html {
  const secret = secretIn(model);
  const pieces = piecesOf(snippetOf(name, model), model.url, secret).map(({ text, kind }) =>
    kind ? html`<span class="${kind}">${text}</span>` : html`${text}`,
  );
  return html`<figure class="code"><figcaption><span>${label}</span>${copyButton(label, texts)}</figcaption><pre><code data-snippet="${name}">${pieces}</code></pre></figure>`;
}

/** What a reader replaces in snippets; undefined where they work as they are. */
export const secretIn = ({ credentials: { header } }: ConnectModel): string | undefined =>
  header && !header.works ? header.value : undefined;

/** Copies the code or the text beside it. Hidden until the script runs. */
export const copyButton = (what: string, texts: Texts): Html =>
  html`<button type="button" class="copy" data-copy hidden aria-label="${texts.copyOf(what)}">${COPY}<span>${texts.copy}</span></button>`;
