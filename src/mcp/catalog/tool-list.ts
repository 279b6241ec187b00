import type { Tool as ListedTool, ToolAnnotations } from '@modelcontextprotocol/server';
import * as z from 'zod';
import { lazy } from '../../core/memo.ts';
import type { Effect, Tool } from '../../tools/definition/define-tool.ts';
import { inputSchema } from '../../tools/fields/index.ts';
import { tools } from '../../tools/index.ts';
import type { EnabledTools } from '../tool-filter/enabled-tools.ts';
import { uiResourceUri } from './ui-resources.ts';

/** Partoo, and the people who write reviews, are an open world. */
const HINTS: Record<Effect, ToolAnnotations> = {
  reads: { readOnlyHint: true, destructiveHint: false, idempotentHint: true, openWorldHint: true },
  adds: { readOnlyHint: false, destructiveHint: false, idempotentHint: false, openWorldHint: true },
  replaces: { readOnlyHint: false, destructiveHint: true, idempotentHint: true, openWorldHint: true },
  deletes: { readOnlyHint: false, destructiveHint: true, idempotentHint: true, openWorldHint: true },
};

const TTL_MS = 5 * 60 * 1_000;

interface ToolList {
  tools: ListedTool[];
  /** Cache TTL and scope. */
  cacheHint: { ttlMs: number; cacheScope: 'public' | 'private' };
}

export type ListTools = (enabledTools: EnabledTools) => ToolList;

/** Returns the tool list for any subset of the tools. The first call builds the schemas, to keep startup short. */
export function createListTools(defaultTools: EnabledTools, listIsPublic: boolean): ListTools {
  const listed = lazy(() => new Map(describeTools(tools).map(tool => [tool.name, tool])));
  return enabledTools => ({
    tools: enabledTools.tools.flatMap(tool => {
      const description = listed().get(tool.name);
      const resourceUri = uiResourceUri(tool, enabledTools);
      if (!description || !resourceUri) return description ?? [];
      return { ...description, _meta: { ui: { resourceUri } } };
    }),
    cacheHint: {
      ttlMs: TTL_MS,
      cacheScope: listIsPublic && enabledTools === defaultTools ? 'public' : 'private',
    },
  });
}

/** Tools in the form of `tools/list`. */
export function describeTools(tools: readonly Tool[]): ListedTool[] {
  return tools.map(({ name, title, description, effect, input, output }) => {
    const { $schema, ...outputSchema } = z.toJSONSchema(output, { io: 'output' });
    return {
      name,
      title,
      description,
      inputSchema: inputSchema(input),
      outputSchema: outputSchema as ListedTool['outputSchema'],
      annotations: HINTS[effect],
    };
  });
}
