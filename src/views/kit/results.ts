import type { Host, RawToolResult } from './host.ts';
import { isValues, type Values } from './values.ts';

/** An error of a tool, as src/mcp/responses/error-advice.ts writes it. */
export interface ToolError {
  code: string;
  message: string;
  problems: string[];
  retryAfterSeconds?: number;
}

export type ToolResult = { data: Values; error?: undefined } | { data?: undefined; error: ToolError };

/** Calls a tool that only reads. Returns an error also where the host did not carry the call out. */
export async function readTool(host: Host, tool: string, args: Values): Promise<ToolResult> {
  try {
    return readToolResult(await host.callTool(tool, args));
  } catch (error) {
    return { error: { code: 'no_answer', message: String(error), problems: [] } };
  }
}

/** Reads a result, without the delimiters that tell a model which text is not the server's. */
export function readToolResult({ isError, structuredContent, content }: RawToolResult): ToolResult {
  if (!isError && structuredContent) return { data: withoutDelimiters(structuredContent) as Values };
  const text = content?.find(block => block.type === 'text')?.text ?? '';
  const parsed = parseJson(text);
  if (!isError && isValues(parsed)) return { data: withoutDelimiters(parsed) as Values };
  const error = isValues(parsed) && isValues(parsed.error) ? (withoutDelimiters(parsed.error) as Values) : {};
  const { code, message, problems, retry_after_seconds: seconds } = error;
  return {
    error: {
      // Not the server's words: hosts answer so a call that took too long.
      code: typeof code === 'string' ? code : 'no_answer',
      message: typeof message === 'string' ? message : text.slice(0, 300),
      problems: Array.isArray(problems) ? problems.map(String) : [],
      ...(typeof seconds === 'number' && { retryAfterSeconds: seconds }),
    },
  };
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

/** Third parties' text stands between two delimiters with one random number (src/tools/untrusted-text/delimiters.ts). */
const DELIMITED = /<(\d{6,})>([\s\S]*?)<\/\1>/g;

function withoutDelimiters(value: unknown): unknown {
  if (typeof value === 'string') return value.replaceAll(DELIMITED, '$2');
  if (Array.isArray(value)) return value.map(withoutDelimiters);
  if (!isValues(value)) return value;
  const entries = Object.entries(value).map(([name, inner]) => [
    withoutDelimiters(name),
    withoutDelimiters(inner),
  ]);
  return Object.fromEntries(entries);
}

/** After these errors, a write may have happened. */
const UNCERTAIN = new Set(['outcome_unknown', 'in_progress', 'timeout', 'no_answer']);

export const isUncertain = ({ code }: ToolError) => UNCERTAIN.has(code);
