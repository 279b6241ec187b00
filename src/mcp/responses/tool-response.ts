import type { CallToolResult } from '@modelcontextprotocol/server';
import type { CallError } from '../../core/call-error.ts';
import type { CallStats } from '../../partoo/client/call.ts';
import type { Tool } from '../../tools/definition/define-tool.ts';
import { withNonce } from '../../tools/untrusted-text/delimiters.ts';
import { advise } from './error-advice.ts';

export interface ToolResponse {
  /** JSON. For a result, `structuredContent` is the same object. */
  text: string;
  isError: boolean;
  /** Requests left of Partoo's limit per minute, for clients that pace themselves. Undefined when the call sent none. */
  remaining: number | undefined;
}

export const toResponse = (text: string, { remaining }: CallStats): ToolResponse => ({
  text,
  isError: false,
  remaining,
});

export function toErrorResponse(
  error: CallError,
  requestId: string,
  tool: Tool,
  { remaining }: CallStats,
): ToolResponse {
  const text = withNonce(JSON.stringify(advise(error, requestId, tool.write?.recoveryHint)));
  return { text, isError: true, remaining };
}

/** The `_meta` of a response. */
export const responseMeta = ({ remaining }: ToolResponse, requestId: string) => ({
  'partoo-mcp/request-id': requestId,
  ...(remaining !== undefined && { 'partoo-mcp/requests-left-this-minute': remaining }),
});

export function toCallToolResult(response: ToolResponse, requestId: string): CallToolResult {
  const { text, isError } = response;
  return {
    content: [{ type: 'text', text }],
    // Text only for an error: clients that see structuredContent show that and hide the error.
    ...(isError ? { isError } : { structuredContent: JSON.parse(text) }),
    _meta: responseMeta(response, requestId),
  };
}
