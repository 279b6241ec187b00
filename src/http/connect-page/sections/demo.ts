import { type Html, html } from '../../../core/pages/html.ts';
import type { ConnectModel } from '../model/model.ts';
import type { Texts } from '../texts/texts.ts';
import { copyButton } from './code.ts';

/** The keys of the demo, and a form that calls any tool. */
export function demo({ demoKeys, examples, tools }: ConnectModel, texts: Texts): Html {
  if (demoKeys.length === 0) return html``;
  const { demo } = texts;
  const keys = html`<h3>${demo.keys}</h3>
<ul class="keys">${demoKeys.map(
    ({ key, about }) =>
      html`<li><code data-text>${key}</code><span class="about">${demo.keysAbout[key] ?? about}</span>${copyButton(key, texts)}</li>`,
  )}</ul>`;
  const playground = html`<h3 id="playground">${demo.playground}</h3>
<p class="lead">${demo.playgroundAbout}</p>
<noscript><p class="note">${demo.needsScript}</p></noscript>
<form class="playground" data-playground hidden aria-labelledby="playground">
<div class="fields">
<label>${demo.tool}<select data-play-tool>${tools.map(({ name }) => html`<option>${name}</option>`)}</select></label>
<label>${demo.asKey}<select data-play-key>${demoKeys.map(({ key }) => html`<option>${key}</option>`)}</select></label>
</div>
<label>${demo.arguments}<textarea data-play-arguments rows="7" spellcheck="false" autocapitalize="none" autocomplete="off"></textarea></label>
<p class="error" role="alert" data-play-problem hidden></p>
<button class="primary">${demo.send}</button>
<div class="answer" role="status" aria-label="${demo.answer}" data-play-answer></div>
</form>`;
  return html`<section id="demo" class="card" aria-labelledby="demo-title">
<h2 id="demo-title">${texts.sections.demo}</h2>
${keys}
${examples && playground}
</section>`;
}
