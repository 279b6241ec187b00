import type { Tool as ListedTool, ToolAnnotations } from '@modelcontextprotocol/server';
import * as z from 'zod';
import { lazy } from '../../core/memo.ts';
import type { Effect, Tool } from '../../tools/definition/define-tool.ts';
import { inputSchema } from '../../tools/fields/index.ts';
import type { EnabledTools } from '../tool-filter/enabled-tools.ts';

/** What each effect means in MCP's hints. Partoo and the people who write reviews are an open world. */
const HINTS: Record<Effect, ToolAnnotations> = {
  reads: { readOnlyHint: true, destructiveHint: false, idempotentHint: true, openWorldHint: true },
  adds: { readOnlyHint: false, destructiveHint: false, idempotentHint: false, openWorldHint: true },
  replaces: { readOnlyHint: false, destructiveHint: true, idempotentHint: true, openWorldHint: true },
};

const TTL_MS = 5 * 60 * 1_000;

export interface ToolList {
  tools: ListedTool[];
  /** How long it may be kept, and whether for everybody or only for whom it was given to. */
  cacheHint: { ttlMs: number; cacheScope: 'public' | 'private' };
}

export type ShowTools = (enabledTools: EnabledTools) => ToolList;

/** Answers how to list what a request may use. The schemas are made once, by the first who asks: a start need not wait. */
export function createShowTools(defaultTools: EnabledTools, listIsPublic: boolean): ShowTools {
  const listed = lazy(() => new Map(listTools(defaultTools.tools).map(tool => [tool.name, tool])));
  return enabledTools => ({
    tools: enabledTools.tools.flatMap(({ name }) => listed().get(name) ?? []),
    cacheHint: {
      ttlMs: TTL_MS,
      // What a request has narrowed is its own.
      cacheScope: listIsPublic && enabledTools === defaultTools ? 'public' : 'private',
    },
  });
}

/** The tools as `tools/list` shows them. */
export function listTools(tools: readonly Tool[]): ListedTool[] {
  return tools.map(({ name, title, description, effect, input, output }) => ({
    name,
    title,
    description,
    inputSchema: inputSchema(input),
    outputSchema: outputSchema(output),
    annotations: HINTS[effect],
  }));
}

function outputSchema(output: z.ZodObject): ListedTool['outputSchema'] {
  const { $schema, ...schema } = z.toJSONSchema(output, { io: 'output' });
  return schema as ListedTool['outputSchema'];
}
