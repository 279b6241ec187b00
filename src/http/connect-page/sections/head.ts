import { type Html, html } from '../../../core/pages/html.ts';
import { PIN } from '../../../core/pages/icons.ts';
import type { ConnectModel } from '../model/model.ts';
import type { Texts } from '../texts/texts.ts';
import { codeBlock } from './code.ts';

const KEYS_PAGE = 'https://app.partoo.co/settings/integrations/api-keys';

/** Says what this is, where it is and how it is. */
export function head(model: ConnectModel, texts: Texts): Html {
  const { version, environment, limitsIn } = model;
  const partoo = html`<a href="https://www.partoo.co" rel="noopener">Partoo</a>`;
  return html`<header>
<div class="brand"><span class="mark">${PIN}</span><h1>${texts.title}</h1></div>
<p class="intro">${texts.intro(partoo)}</p>
${codeBlock('url', texts.address, model, texts)}
<p class="status"><span class="state" data-state="up"><span data-status>${texts.running}</span></span>
<span>${version}</span>
<span>${texts.environments[environment]}</span>
<span>${texts.limitsIn[limitsIn]}</span></p>
</header>`;
}

/** Says which credentials a person needs to connect. */
export function needs({ credentials: { signIn, header }, demoKeys }: ConnectModel, texts: Texts): Html {
  const link = (text: string) => html`<a href="${KEYS_PAGE}" rel="noopener">${text}</a>`;
  const sentences: Html[] = [];
  if (signIn) sentences.push(html`${texts.needs.signIn(signIn)}`);
  if (header?.works) sentences.push(texts.needs.demo(html`<code>${header.value}</code>`));
  else if (header && signIn) sentences.push(html`${texts.needs.programs[header.holds]}`);
  else if (header) {
    sentences.push(header.holds === 'key' ? texts.needs.key(link) : html`${texts.needs.token[header.holds]}`);
  }
  if (!signIn && !header) sentences.push(html`${texts.needs.nothing}`);
  if (demoKeys.length === 0 && signIn === 'key') sentences.push(texts.needs.keyToSignIn(link));
  return html`<p class="lead">${sentences.flatMap((sentence, i) => (i === 0 ? [sentence] : [html` `, sentence]))}</p>`;
}
