import { type Html, html } from '../../../core/pages/html.ts';
import type { ConnectModel } from '../model/model.ts';
import { selectTools, tokensOf } from '../model/selection.ts';
import type { Texts } from '../texts/texts.ts';

/** The toggles that change the URL of every snippet. Without JavaScript: how to write it. */
export function filters(model: ConnectModel, texts: Texts): Html {
  const { choices, readOnly } = model;
  return html`<form class="filters" data-filters hidden aria-label="${texts.filters.legend}">
${
  choices.selections.length > 2 &&
  html`<fieldset><legend>${texts.filters.toolsets}</legend><div class="chips">${choices.selections.map(
    name =>
      html`<label class="chip"><input type="checkbox" value="${name}"${name === choices.base && html` checked`}><span>${labelOf(name, model, texts)}</span></label>`,
  )}</div></fieldset>`
}
<div class="row">${
    choices.readonly &&
    html`<label class="switch"><input type="checkbox" role="switch" data-readonly><span class="track" aria-hidden="true"></span><span><span class="name">${texts.filters.readonly}</span><span class="about">${texts.filters.readonlyAbout}</span></span></label>`
  }
${model.tools.length > 0 && html`<p class="total" role="status" data-total>${totalOf(model, texts)}</p>`}</div>
</form>
${readOnly && html`<p class="note">${texts.filters.operatorReadOnly}</p>`}
<noscript><p class="note">${texts.filters.without}</p></noscript>`;
}

function labelOf(name: string, { choices }: ConnectModel, texts: Texts): string {
  if (name === choices.base) return name === 'all' ? texts.filters.everything : texts.filters.default;
  if (name === 'default' || name === 'all') return texts.filters[name];
  return texts.tools.toolsets[name as keyof Texts['tools']['toolsets']];
}

/** "14 tools in your list, 4,923 tokens" */
export function totalOf({ tools, choices, frameTokens }: ConnectModel, texts: Texts): string {
  const listed = selectTools(tools, { selections: [choices.base], readonly: false });
  return texts.tools.total(listed.length, tokensOf(listed, frameTokens));
}
