import { isPlainHost } from '../../deployment/plain-host.ts';

/** What the page knows of a tool. */
export interface ListedTool {
  name: string;
  toolset: string;
  effect: 'reads' | 'adds' | 'replaces' | 'deletes';
  optional: boolean;
  /** Of its entry in the tool list, without the outputSchema. */
  tokens: number;
}

/** What the operator leaves to choose from. */
export interface Choices {
  /** The tools of a URL without `?toolsets=`. */
  base: 'default' | 'all';
  /** The values of `?toolsets=` that mean something here, the base first. */
  selections: readonly string[];
  /** Whether `?readonly=true` would change anything. */
  readonly: boolean;
}

export interface Selection {
  selections: readonly string[];
  readonly: boolean;
}

/** Returns the tools that a URL with this filter lists: as src/mcp/tool-filter/ does, which tests compare. */
export function selectTools(tools: readonly ListedTool[], { selections, readonly }: Selection): ListedTool[] {
  const isSelected = ({ toolset, effect, optional }: ListedTool) =>
    selections.includes('all') ||
    (selections.includes('default') && !optional) ||
    (selections.includes(toolset) && !(optional && effect === 'deletes'));
  return tools.filter(tool => isSelected(tool) && !(readonly && tool.effect !== 'reads'));
}

/** Returns the URL where the browser is, unless the operator said under which URL others call this server. */
export const urlSeenAt = (
  { origin, host }: { origin: string; host: string },
  { url, urlIsSet }: { url: string; urlIsSet: boolean },
): string => (urlIsSet || !isPlainHost(host) ? url : `${origin}/mcp`);

/** Returns the URL with this filter. */
export function filteredUrl(
  url: string,
  { base, selections: all }: Choices,
  { selections, readonly }: Selection,
): string {
  const named = all.filter(name => selections.includes(name));
  const parameters = [
    ...(readonly ? ['readonly=true'] : []),
    ...(named.join() === base || named.length === 0 ? [] : [`toolsets=${named.join(',')}`]),
  ];
  return parameters.length > 0 ? `${url}?${parameters.join('&')}` : url;
}

/** The tokens of a tool list. `frame`: what is around the tools. */
export const tokensOf = (tools: readonly ListedTool[], frame: number): number =>
  tools.reduce((sum, { tokens }) => sum + tokens, frame);
