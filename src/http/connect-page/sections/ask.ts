import { type Html, html } from '../../../core/pages/html.ts';
import { TOOLSETS } from '../../../tools/index.ts';
import type { ConnectModel } from '../model/model.ts';
import { PROMPTS } from '../prompts/index.ts';
import type { Texts } from '../texts/texts.ts';
import { copyButton } from './code.ts';

/** Things to ask, by toolset: those for which this deployment has the tools. */
export function ask({ language, tools }: ConnectModel, texts: Texts): Html {
  const names = new Set(tools.map(({ name }) => name));
  const groups = TOOLSETS.map(toolset => ({
    toolset,
    prompts: PROMPTS[toolset].filter(prompt => prompt.tools.every(name => names.has(name))),
  })).filter(({ prompts }) => prompts.length > 0);
  if (groups.length === 0) return html``;
  return html`<section id="ask" class="card" aria-labelledby="ask-title">
<h2 id="ask-title">${texts.sections.ask}</h2>
<p class="lead">${texts.ask.about}</p>
${groups.map(
  ({ toolset, prompts }, i) =>
    html`<details class="prompts"${i === 0 && html` open`}><summary>${texts.tools.toolsets[toolset]}</summary><ul>
${prompts.map(
  prompt =>
    html`<li><span data-text>${prompt[language]}</span>${copyButton(texts.ask.copyPrompt, texts)}</li>
`,
)}</ul></details>
`,
)}</section>`;
}
