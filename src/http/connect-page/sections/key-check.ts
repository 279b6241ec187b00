import { type Html, html } from '../../../core/pages/html.ts';
import type { ConnectModel } from '../model/model.ts';
import type { Texts } from '../texts/texts.ts';

/**
 * The form that checks a key. It needs the script, and is shown by it. The field has no name: nothing could send it in a URL.
 */
export function keyCheck({ credentials: { header }, keyCheckTool }: ConnectModel, texts: Texts): Html {
  if (!header || !keyCheckTool) return html``;
  const { about, label, button } = texts.check;
  return html`<section id="check" class="card" aria-labelledby="check-title" data-check hidden>
<h2 id="check-title">${texts.sections.check}</h2>
<p class="lead">${about[header.holds]}</p>
<form data-check-form>
<label class="field-label" for="key">${label[header.holds]}</label>
<div class="row"><input type="password" id="key" required maxlength="600" autocomplete="off" autocapitalize="none" autocorrect="off" spellcheck="false" data-1p-ignore data-lpignore="true" data-bwignore aria-describedby="check-result"><button class="primary">${button}</button></div>
</form>
<div id="check-result" class="result" role="status" data-check-result></div>
</section>`;
}
