import { isObject } from '../../core/is-object.ts';
import { TOOLSETS, toolsets } from '../../tools/index.ts';
import { READ, scopeOf, WRITE } from './scopes.ts';

/** The revision that tells clients how to sign in for more. Older ones take a 403 for the end. */
const FIRST_REVISION = '2025-11-25';

/**
 * Returns every scope that a tools/call needs, those of the session too; undefined if the session may make the call, or if no
 * scope on offer would let it. `revision` is the protocol's, from the request's header.
 */
export function scopesToStepUpTo(
  body: unknown,
  held: readonly string[],
  offered: readonly string[],
  revision: unknown,
): string[] | undefined {
  if (typeof revision !== 'string' || revision < FIRST_REVISION) return undefined;
  if (!isObject(body) || body.method !== 'tools/call' || !isObject(body.params)) return undefined;
  const { name } = body.params;
  const found = TOOLSETS.flatMap(toolset => toolsets[toolset].map(tool => ({ toolset, tool }))).find(
    ({ tool }) => tool.name === name,
  );
  if (!found) return undefined;
  const { toolset, tool } = found;
  const needed = [READ, ...(tool.effect === 'reads' ? [] : [WRITE]), scopeOf(toolset)];
  const isMissing = needed.some(scope => !held.includes(scope));
  return isMissing && needed.every(scope => offered.includes(scope))
    ? [...new Set([...held, ...needed])]
    : undefined;
}
