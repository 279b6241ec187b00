import { type Html, html } from '../../../core/pages/html.ts';
import { TOOLSETS } from '../../../tools/index.ts';
import type { ConnectModel, PageTool } from '../model/model.ts';
import { selectTools } from '../model/selection.ts';
import type { Texts } from '../texts/texts.ts';
import { totalOf } from './filters.ts';

/** The tools with what they may do and what they cost. The script marks those of the chosen list. */
export function tools(model: ConnectModel, texts: Texts): Html {
  if (model.tools.length === 0) return html``;
  const listed = new Set(
    selectTools(model.tools, { selections: [model.choices.base], readonly: false }).map(({ name }) => name),
  );
  const { columns, about, asJson, toolsets } = texts.tools;
  const total = html`<strong data-total-copy>${totalOf(model, texts)}</strong>.`;
  return html`<section id="tools" class="card" aria-labelledby="tools-title">
<h2 id="tools-title">${texts.sections.tools}</h2>
<p class="lead">${about(total)}</p>
<table class="tools">
<thead><tr><th scope="col">${columns.tool}</th><th scope="col">${columns.access}</th><th scope="col" class="number">${columns.tokens}</th></tr></thead>
${TOOLSETS.map(toolset => {
  const rows = model.tools.filter(tool => tool.toolset === toolset);
  if (rows.length === 0) return html``;
  return html`<tbody><tr class="group"><th scope="rowgroup" colspan="3">${toolsets[toolset]}</th></tr>
${rows.map(tool => row(tool, listed.has(tool.name), texts))}</tbody>
`;
})}</table>
<p class="note"><a href="/tools" data-tools-link>${asJson}</a></p>
</section>`;
}

function row({ name, title, effect, optional, tokens }: PageTool, isListed: boolean, texts: Texts): Html {
  const { summaries, effects, listed, notListed } = texts.tools;
  return html`<tr data-tool="${name}" class="${isListed ? 'on' : 'off'}"><th scope="row"><span class="dot" data-listed role="img" aria-label="${isListed ? listed : notListed}"></span><code>${breakable(name)}</code>${optional && html` <span class="tag">${texts.tools.optional}</span>`}<span class="about">${summaries[name] ?? title}</span></th><td><span class="pill pill-${effect}">${effects[effect]}</span></td><td class="number">${tokens.toLocaleString(texts.language)}</td></tr>
`;
}

/** Long names may break at underscores, on a phone. */
const breakable = (name: string): Html =>
  html`${name.split('_').map((word, i) => (i === 0 ? html`${word}` : html`_<wbr>${word}`))}`;
