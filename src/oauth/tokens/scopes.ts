import type { Restriction } from '../../core/caller.ts';
import { permittedTools, type ToolSettings } from '../../mcp/tool-filter/enabled-tools.ts';
import { TOOLSETS, type Toolset, toolsets } from '../../tools/index.ts';

export const READ = 'partoo:read';
export const WRITE = 'partoo:write';
/** Asks for a refresh token. Every client gets one, whether or not it asks. */
export const OFFLINE_ACCESS = 'offline_access';

export const scopeOf = (toolset: Toolset) => `partoo:${toolset}`;

/** Returns the scopes that clients may request, in the order people see them. Reading is always among them. */
export function scopesOffered(settings: ToolSettings): string[] {
  const { tools } = permittedTools(settings);
  const offered = TOOLSETS.filter(name => toolsets[name].some(tool => tools.includes(tool)));
  return [READ, ...(settings.READ_ONLY ? [] : [WRITE]), ...offered.map(scopeOf)];
}

/**
 * Returns the scopes that an authorization request means, as the page offers them. A request without any toolset means all
 * toolsets, and one without read or write means both. Unknown scopes mean nothing: clients send those of other servers.
 */
export function expandScopes(requested: string | undefined, offered: readonly string[]): string[] {
  const names = new Set(requested?.split(' '));
  // Writing without reading would be of no use: a model has to see what it replies to.
  if (names.has(WRITE)) names.add(READ);
  const named = offered.filter(scope => names.has(scope));
  const levels = offered.filter(isLevel);
  const toolsets = offered.filter(scope => !isLevel(scope));
  const wanted = [levels, toolsets].flatMap(group => {
    const some = group.filter(scope => named.includes(scope));
    return some.length > 0 ? some : group;
  });
  return names.has(OFFLINE_ACCESS) ? [...wanted, OFFLINE_ACCESS] : wanted;
}

const isLevel = (scope: string) => scope === READ || scope === WRITE;

/** What the scopes of a token leave enabled. Tokens carry every scope, so none means nothing. */
interface Permissions {
  readonly: boolean;
  toolsets: readonly Toolset[];
}

export const permissionsOf = (scopes: readonly string[]): Permissions => ({
  readonly: !scopes.includes(WRITE),
  toolsets: TOOLSETS.filter(name => scopes.includes(scopeOf(name))),
});

export const scopesOf = ({ readonly, toolsets }: Permissions): string[] => [
  READ,
  ...(readonly ? [] : [WRITE]),
  ...toolsets.map(scopeOf),
];

/** Returns the restriction of a connection. */
export const restrictionOf = (scopes: readonly string[]): Restriction => ({
  source: 'the permissions given at sign-in',
  ...permissionsOf(scopes),
});
