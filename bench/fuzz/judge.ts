import type { ReceivedRequest } from '../../src/partoo-emulator/emulator.ts';
import { type Input, MEANT_ONE_WAY, NO_KEYS } from './inputs.ts';
import { judgeId } from './large-ids.ts';
import type { Reply } from './send.ts';

/** Returns what is wrong with a reply, or undefined. */
export function judge(input: Input, { status, contentType, body }: Reply): string | undefined {
  if (status === 'silence') return 'nothing came back';
  if ('bytes' in input) return status !== 'closed' && status >= 500 ? `status ${status}` : undefined;
  if (status === 'closed') return 'no response';
  if (status >= 500) return `status ${status}`;
  // The headers were too long, so there is no message.
  if (status === 431) return undefined;
  if (status === 202) return body === '' ? undefined : 'a 202 with a body';
  const texts = contentType.startsWith('text/event-stream')
    ? [...body.matchAll(/^data: (.+)$/gm)].map(([, data]) => data as string)
    : [body];
  if (texts.length === 0) return 'a stream without a message';
  const problem = texts.map(judgeMessage).find(problem => problem !== undefined);
  if (problem !== undefined || input.kind !== MEANT_ONE_WAY) return problem;
  const refused = /"error":\{"code":-|\\"code\\":\\"(invalid_input|missing_api_key)/.test(body);
  return status === 200 && !refused ? undefined : 'a call with only one possible meaning was refused';
}

interface Message {
  jsonrpc?: unknown;
  method?: unknown;
  result?: { content?: { text?: string }[] };
  error?: { code?: unknown; message?: unknown };
}

function judgeMessage(text: string): string | undefined {
  let parsed: Message | Message[];
  try {
    parsed = JSON.parse(text);
  } catch {
    return 'a response that is not JSON';
  }
  for (const message of [parsed].flat()) {
    if (message?.jsonrpc !== '2.0') return 'a response that is not JSON-RPC';
    if (!message.result && !message.error && !message.method)
      return 'a response without a result or an error';
    if (message.error?.code === -32603) return 'an internal error of the protocol';
    if (/"(expected|code)":|^\[/.test(String(message.error?.message ?? '')))
      return 'a dump instead of a sentence';
    if (message.result?.content?.[0]?.text?.includes('"code":"internal"'))
      return 'an internal error of a tool';
  }
  return undefined;
}

/** Every path that tools may request, whatever their arguments: a value stays within its segment. */
const KNOWN_PATHS = new RegExp(
  `^/v2/(${[
    'user/me',
    'org/\\w+',
    'permissions',
    'business/[^/?]+',
    'business/search/stats',
    'sections(/\\d+)?',
    'categories',
    'publisher_states',
    'diffusion_errors/[^/?]+',
    'reviews(/\\d+|/template(/\\d+)?|/templates/(search|placeholders)|/fetch-suggestion/\\d+/[0-2])?',
    'comments(/\\d+)?',
    'review_analytics/metrics',
    'conversations(/\\d+(/read)?)?',
    'messages',
    'messaging/templates',
    'posts(/\\d+)?',
    'presence_analytics/(metrics|keywords)',
  ].join('|')})$`,
);

/** Returns what is wrong with a request that reached Partoo, or undefined. */
export function judgeRequest({ path, query, headers }: ReceivedRequest): string | undefined {
  if (NO_KEYS.includes(String(headers['x-apikey']))) return `Partoo was sent ${headers['x-apikey']} as a key`;
  return judgePath(path) ?? judgeId(query.conversation_id);
}

function judgePath(path: string): string | undefined {
  const resolved = new URL(path, 'http://partoo.test').pathname;
  return KNOWN_PATHS.test(path) && resolved === path ? undefined : `Partoo was requested at ${path}`;
}
