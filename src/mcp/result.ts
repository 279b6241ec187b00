import type { CallToolResult } from '@modelcontextprotocol/server';
import type { CallError } from '../partoo/errors.ts';
import { isObject } from '../partoo/page.ts';
import type { Tool } from '../tools/define-tool.ts';
import { dropEmpty } from '../tools/outputs.ts';
import { advise } from './error-advice.ts';

/** A result: the text is complete by itself, `structuredContent` is the same object. */
export function toResult(tool: Tool, raw: unknown): CallToolResult {
  const structuredContent = tool.output.parse(isObject(raw) ? dropEmpty(raw) : {}) as Record<string, unknown>;
  return { content: [{ type: 'text', text: JSON.stringify(structuredContent) }], structuredContent };
}

/** An error is text only: clients that see structuredContent show that and hide the error. */
export function toErrorResult(error: CallError, requestId: string, tool: Tool): CallToolResult {
  const text = JSON.stringify(advise(error, requestId, tool.ifUnknown));
  return { isError: true, content: [{ type: 'text', text }] };
}
