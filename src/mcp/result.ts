import type { CallToolResult } from '@modelcontextprotocol/server';
import type { Cost } from '../partoo/call.ts';
import type { CallError } from '../partoo/errors.ts';
import { isObject } from '../partoo/page.ts';
import type { Tool } from '../tools/define-tool.ts';
import { tidy } from '../tools/outputs.ts';
import { chooseColumns, type Shown, show } from '../tools/view.ts';
import { advise } from './error-advice.ts';
import { markAnswer } from './marker.ts';

type Values = Record<string, unknown>;

/** What a tool answers, as its `output` reads it, without what is empty or not asked for. */
export function readResult({ output, view }: Tool, raw: unknown, shown: Shown = {}): Values {
  if (!isObject(raw)) return output.parse({}) as Values;
  const chosen = view ? chooseColumns(view, raw, shown) : raw;
  const found = output.parse(tidy(chosen)) as Values;
  return view ? show(view, found, shown) : found;
}

/** A result: the text is complete by itself, `structuredContent` is the same object. */
export function toResult(found: Values, cost: Cost): CallToolResult {
  const text = markAnswer(JSON.stringify(found));
  return { content: [{ type: 'text', text }], structuredContent: JSON.parse(text), ...meta(cost) };
}

/** An error is text only: clients that see structuredContent show that and hide the error. */
export function toErrorResult(error: CallError, requestId: string, tool: Tool, cost: Cost): CallToolResult {
  const text = markAnswer(JSON.stringify(advise(error, requestId, tool.ifUnknown)));
  return { isError: true, content: [{ type: 'text', text }], ...meta(cost) };
}

/** What is left of the minute, for clients that pace themselves. A call that asked for none of it does not know. */
function meta({ remaining }: Cost): Pick<CallToolResult, '_meta'> {
  return remaining === undefined ? {} : { _meta: { 'partoo-mcp/requests-left-this-minute': remaining } };
}
