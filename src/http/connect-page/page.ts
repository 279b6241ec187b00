import { createHash } from 'node:crypto';
import browserBundles from '../../../dist/browser.json' with { type: 'json' };
import { Html, html } from '../../core/pages/html.ts';
import { COLOURS, FONT } from '../../core/pages/theme.ts';
import type { ConnectModel } from './model/model.ts';
import type { ScriptModel } from './model/script-model.ts';
import { ask } from './sections/ask.ts';
import { clients } from './sections/clients.ts';
import { demo } from './sections/demo.ts';
import { filters } from './sections/filters.ts';
import { head, needs } from './sections/head.ts';
import { keyCheck } from './sections/key-check.ts';
import { tools } from './sections/tools.ts';
import { TEXTS } from './texts/index.ts';

const { script: SCRIPT, style } = browserBundles.connect;
const STYLE = `${COLOURS}:root{--font:${FONT}}${style}`;

const hash = (text: string) => `'sha256-${createHash('sha256').update(text).digest('base64')}'`;

/** Allows this one script and this one style; the script may call this server, and no other. */
export const CONTENT_SECURITY_POLICY = [
  "default-src 'none'",
  `script-src ${hash(SCRIPT)}`,
  `style-src ${hash(STYLE)}`,
  "connect-src 'self'",
  "img-src 'self'",
  "base-uri 'none'",
  "form-action 'none'",
  "frame-ancestors 'none'",
].join('; ');

/** Already safe: this page's own. Escaping would change what the policy's hashes are of. */
const [SCRIPT_MARKUP, STYLE_MARKUP] = [new Html(SCRIPT), new Html(STYLE)];

export function connectPage(model: ConnectModel): string {
  const texts = TEXTS[model.language];
  return html`<!doctype html>
<html lang="${texts.language}">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="robots" content="noindex">
<title>${texts.title}</title>
<link rel="icon" href="/favicon.svg" type="image/svg+xml">
<style>${STYLE_MARKUP}</style>
</head>
<body>
<a class="skip" href="#connect">${texts.skip}</a>
<div class="page">
${head(model, texts)}
<main>
<section id="connect" class="card" aria-labelledby="connect-title">
<h2 id="connect-title">${texts.sections.connect}</h2>
${needs(model, texts)}
${filters(model, texts)}
${clients(model, texts)}
</section>
${keyCheck(model, texts)}
${tools(model, texts)}
${ask(model, texts)}
${demo(model, texts)}
</main>
<footer>${texts.footer(model.version)}</footer>
</div>
<p class="visually-hidden" role="status" data-announce></p>
<script type="application/json" id="model">${scriptModel(model)}</script>
<script>${SCRIPT_MARKUP}</script>
</body>
</html>
`.text;
}

/** JSON in a script element: only `<` could end it. */
function scriptModel(model: ScriptModel): Html {
  const { url, urlIsSet, credentials, tools, choices, frameTokens, keyCheckTool, examples } = model;
  const listed = tools.map(({ name, toolset, effect, optional, tokens }) => ({
    name,
    toolset,
    effect,
    optional,
    tokens,
  }));
  const json = { url, urlIsSet, credentials, tools: listed, choices, frameTokens, keyCheckTool, examples };
  return new Html(JSON.stringify(json satisfies ScriptModel).replaceAll('<', String.raw`\u003c`));
}
