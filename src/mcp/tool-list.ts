import type { Tool as ListedTool, ToolAnnotations } from '@modelcontextprotocol/server';
import * as z from 'zod';
import type { Effect, Tool } from '../tools/define-tool.ts';
import { inputSchema } from '../tools/fields.ts';

/** What each effect means in MCP's hints. Partoo and the people who write reviews are an open world. */
const HINTS: Record<Effect, ToolAnnotations> = {
  reads: { readOnlyHint: true, destructiveHint: false, idempotentHint: true, openWorldHint: true },
  adds: { readOnlyHint: false, destructiveHint: false, idempotentHint: false, openWorldHint: true },
  replaces: { readOnlyHint: false, destructiveHint: true, idempotentHint: true, openWorldHint: true },
};

/** The tools as `tools/list` shows them. */
export function listTools(tools: readonly Tool[]): ListedTool[] {
  return tools.map(({ name, title, description, effect, input, output }) => ({
    name,
    title,
    description,
    inputSchema: inputSchema(input) as ListedTool['inputSchema'],
    outputSchema: outputSchema(output),
    annotations: HINTS[effect],
  }));
}

function outputSchema(output: z.ZodObject): ListedTool['outputSchema'] {
  const { $schema, ...schema } = z.toJSONSchema(output, { io: 'output' });
  return schema as ListedTool['outputSchema'];
}
