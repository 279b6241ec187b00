import type { CallToolResult } from '@modelcontextprotocol/server';
import type { CallError } from '../../core/call-error.ts';
import type { CallStats } from '../../partoo/client/call.ts';
import type { Tool } from '../../tools/definition/define-tool.ts';
import { normalizeResponse } from '../../tools/outputs/normalize-response.ts';
import { asObject } from '../../tools/outputs/outputs.ts';
import { readerOf } from '../../tools/outputs/readers.ts';
import { chooseColumns, type Shown, show } from '../../tools/outputs/view.ts';
import { withNonce } from '../../tools/untrusted-text/delimiters.ts';
import { advise } from './error-advice.ts';

type Values = Record<string, unknown>;

/** A tool's result as its `output` reads it, without empty fields and columns that were not requested. */
export function readResult({ output, view }: Tool, raw: unknown, shown: Shown = {}): Values {
  const response = asObject(raw);
  const chosen = view ? chooseColumns(view, response, shown) : response;
  const found = readerOf(output)(normalizeResponse(chosen)) as Values;
  return view ? show(view, found, shown) : found;
}

/** What a call came to, written. */
export interface Answer {
  /** JSON, complete by itself. Of what was found `structuredContent` is the same; an error is text only. */
  text: string;
  isError: boolean;
  /** Requests that the minute has left, for clients that pace themselves. A call that asked for none does not know. */
  remaining: number | undefined;
}

export const toAnswer = (text: string, { remaining }: CallStats): Answer => ({
  text,
  isError: false,
  remaining,
});

/** What a client may read beside the answer: the name of the request in the log, and what is left of the minute. */
export const metaOf = ({ remaining }: Answer, requestId: string) => ({
  [REQUEST_ID]: requestId,
  ...(remaining !== undefined && { [REMAINING]: remaining }),
});

const REQUEST_ID = 'partoo-mcp/request-id';
const REMAINING = 'partoo-mcp/requests-left-this-minute';

/** Text only: clients that see structuredContent show that and hide the error. */
export function toErrorAnswer(
  error: CallError,
  requestId: string,
  tool: Tool,
  { remaining }: CallStats,
): Answer {
  const text = withNonce(JSON.stringify(advise(error, requestId, tool.write?.recoveryHint)));
  return { text, isError: true, remaining };
}

export function toResult(answer: Answer, requestId: string): CallToolResult {
  const { text, isError } = answer;
  return {
    content: [{ type: 'text', text }],
    ...(isError ? { isError } : { structuredContent: JSON.parse(text) }),
    _meta: metaOf(answer, requestId),
  };
}
