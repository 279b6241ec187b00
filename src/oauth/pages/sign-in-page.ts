import { type Html, html } from '../../core/pages/html.ts';
import { EXCLAMATION, EYE, PENCIL } from '../../core/pages/icons.ts';
import { alert, clientHeading, type Frame, nameOf, page, trustNote } from './document.ts';
import type { Texts } from './texts.ts';

interface SignInModel extends Frame {
  /** How people identify themselves: by a Partoo key, or by their company's login at a URL. */
  identification: { by: 'key' } | { by: 'company'; name: string; url: string };
  /** What went wrong before. `field` if it is about the key. */
  problem?: { message: string; field: boolean };
}

const KEYS_PAGE = 'https://app.partoo.co/settings/integrations/api-keys';

/** Returns the first step: says who asks for what, and asks who the person is. */
export function signInPage(model: SignInModel): string {
  const { texts, client, access, action, token, identification, problem } = model;
  const app = nameOf(client, texts);
  const title = texts.connectTitle(client.name || texts.unnamedApp);
  return page(
    model,
    problem ? `${texts.error}: ${title}` : title,
    html`${clientHeading(client, texts, 1, texts.connect(app))}
${trustNote(client, texts)}
${problem && !problem.field && alert(problem.message)}
<p class="asks-title" id="asks">${texts.asks(app)}</p>
<ul class="asks" aria-labelledby="asks">
<li>${EYE}<span>${texts.toRead(access.toolsets)}</span></li>
${access.changeable.length > 0 && html`<li>${PENCIL}<span>${texts.toChange(access.changeable)}</span></li>`}
</ul>
<form method="post" action="${action}">
<input type="hidden" name="token" value="${token}">
${identification.by === 'key' && keyField(texts, app, problem?.field ? problem.message : undefined)}
<div class="buttons">
${
  identification.by === 'key'
    ? html`<button class="primary" name="decision" value="sign-in">${texts.signIn}</button>`
    : html`<a class="button primary" href="${identification.url}">${texts.continueWith(html`<bdi>${identification.name}</bdi>`)}</a>`
}
<button class="secondary" name="decision" value="cancel" formnovalidate>${texts.cancel}</button>
</div>
</form>`,
  );
}

/** Never filled in: a key that was wrong has to be copied again, and no key is sent to a browser. */
function keyField(texts: Texts, app: Html, error: string | undefined): Html {
  const link = (text: string) =>
    html`<a href="${KEYS_PAGE}" target="_blank" rel="noopener noreferrer">${text}</a>`;
  return html`<label class="field-label" for="key">${texts.keyLabel}</label>
<input type="password" id="key" name="key" required maxlength="600" autocomplete="off" autocapitalize="none" autocorrect="off" spellcheck="false" data-1p-ignore data-lpignore="true" data-bwignore aria-describedby="${error === undefined ? 'key-hint' : 'key-error key-hint'}"${error !== undefined && html` aria-invalid="true" autofocus`}>
${error !== undefined && html`<p class="error" id="key-error" role="alert">${EXCLAMATION}<span>${error}</span></p>`}
<p class="hint" id="key-hint">${texts.keyHint(app, link)}</p>`;
}
