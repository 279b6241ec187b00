import { createHash } from 'node:crypto';
import type { ReadResourceResult, Resource } from '@modelcontextprotocol/server';
import browserBundles from '../../../dist/browser.json' with { type: 'json' };
import { lazy } from '../../core/memo.ts';
import type { Tool } from '../../tools/definition/define-tool.ts';
import { UI_RESOURCES, type UiResource } from '../../tools/definition/ui-resources.ts';
import type { EnabledTools } from '../tool-filter/enabled-tools.ts';

/** The type by which hosts of MCP Apps recognize a view. */
const MIME_TYPE = 'text/html;profile=mcp-app';
const URI = /^ui:\/\/partoo-mcp\/([a-z]+)(?:-[0-9a-f]+)?\.html$/;
const VERSION_LENGTH = 12;

const TITLES: Record<UiResource, string> = {
  location: 'Business listing',
  figures: 'Figures',
  reviews: 'Review inbox',
  posts: 'Posts',
};

/** What a view asks the host's sandbox for. It does without what the host does not grant. */
const PERMISSIONS: Partial<Record<UiResource, object>> = {
  location: { clipboardWrite: {} },
};

/** A view without what depends on the connection. */
interface Template {
  before: string;
  after: string;
  hash: string;
}

const templates = lazy(
  () => new Map(UI_RESOURCES.map(name => [name, makeTemplate(TITLES[name], browserBundles[name])])),
);

/** Returns the URI of a tool's view. It changes with the content of the view, which hosts may therefore cache. */
export function uiResourceUri({ uiResource }: Tool, enabledTools: EnabledTools): string | undefined {
  return uiResource && uriOf(uiResource, enabledTools);
}

/** The views of the enabled tools. */
export function listUiResources({ tools }: EnabledTools): Resource[] {
  const shown = new Set(tools.map(({ uiResource }) => uiResource));
  return UI_RESOURCES.filter(name => shown.has(name)).map(name => ({
    uri: uriOf(name, { tools }),
    name,
    title: TITLES[name],
    mimeType: MIME_TYPE,
  }));
}

/**
 * Returns a view, or undefined for an unknown URI. Any version in the URI returns the current view: during a deployment, a
 * host may have the tool list of another replica.
 */
export function readUiResource(uri: string, enabledTools: EnabledTools): ReadResourceResult | undefined {
  const [, name] = URI.exec(uri) ?? [];
  const view = listUiResources(enabledTools).find(resource => resource.name === name);
  const template = view && templates().get(view.name as UiResource);
  if (!template) return undefined;
  // Names of tools are letters and underscores: safe between the tags.
  const text = `${template.before}${JSON.stringify(toolNames(enabledTools))}${template.after}`;
  const ui = { csp: {}, permissions: PERMISSIONS[view.name as UiResource], prefersBorder: true };
  return { contents: [{ uri, mimeType: MIME_TYPE, text, _meta: { ui } }] };
}

type Tools = Pick<EnabledTools, 'tools'>;

const toolNames = ({ tools }: Tools) => tools.map(({ name }) => name);

function uriOf(name: UiResource, enabledTools: Tools): string {
  const version = hash(`${templates().get(name)?.hash} ${toolNames(enabledTools)}`);
  return `ui://partoo-mcp/${name}-${version}.html`;
}

/**
 * A whole page with nothing to load. The view hides what its connection may not do by the list of enabled tools; the server
 * refuses their calls in any case. The policy holds also in hosts that set none.
 */
function makeTemplate(title: string, { script, style }: { script: string; style: string }): Template {
  const policy = [
    "default-src 'none'",
    `script-src 'sha256-${digest(script, 'base64')}'`,
    `style-src 'sha256-${digest(style, 'base64')}'`,
    'img-src data: blob:',
    "base-uri 'none'",
    "form-action 'none'",
  ].join('; ');
  const before = `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta http-equiv="Content-Security-Policy" content="${policy}">
<title>${title}</title>
<style>${style}</style>
</head>
<body>
<div id="view"></div>
<script type="application/json" id="enabled-tools">`;
  const after = `</script>
<script>${script}</script>
</body>
</html>
`;
  return { before, after, hash: hash(before + after) };
}

const digest = (text: string, encoding: 'hex' | 'base64') =>
  createHash('sha256').update(text).digest(encoding);

const hash = (text: string) => digest(text, 'hex').slice(0, VERSION_LENGTH);
