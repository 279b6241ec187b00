import { Agent, request } from 'undici';
import { rpc } from '../../test/support/rpc.ts';
import type { Call } from './plan/intent.ts';

export interface Target {
  name: string;
  /** By this run: from then on its connections may break. */
  killed: boolean;
  server: { url: string };
}

/** The result of one call. Times are epoch milliseconds. */
export interface CallResult {
  /**
   * `done`, or the server's error code; `broken` if the connection broke because this run killed the server; `hung_up` if
   * the client disconnected first; `bad` for anything that no client should ever get.
   */
  outcome: string;
  /** The server says that this is the outcome of an earlier call. */
  repeated: boolean;
  /** Of `done`: the result has neither rows nor an id. */
  isEmpty?: boolean;
  retryAfterSeconds?: number;
  server: Target;
  startedAt: number;
  endedAt: number;
  /** Of `bad`. */
  detail?: string;
}

type Heard = Pick<CallResult, 'outcome' | 'detail' | 'isEmpty' | 'retryAfterSeconds'> & {
  repeated?: boolean;
};

/** Twice the servers' deadline. */
const PATIENCE_MS = 40_000;

const agent = new Agent({ headersTimeout: PATIENCE_MS, bodyTimeout: PATIENCE_MS });

export const closeClient = () => agent.close();

/** Over plain HTTP: an SDK could hide a bad response. */
export async function sendCall(server: Target, call: Call): Promise<CallResult> {
  const startedAt = Date.now();
  const heard = await post(server, call).catch(error => {
    const detail = `${error.code ?? error.name}: ${error.message}`;
    return { outcome: server.killed ? 'broken' : 'bad', detail };
  });
  return { repeated: false, ...heard, server, startedAt, endedAt: Date.now() };
}

export const bodyOf = ({ tool, args }: Call) =>
  JSON.stringify(rpc('tools/call', { name: tool, arguments: args }));

async function post({ server }: Target, call: Call): Promise<Heard> {
  const { statusCode, body } = await request(server.url, {
    dispatcher: agent,
    method: 'POST',
    headers: { 'content-type': 'application/json', accept: 'application/json', 'x-APIKey': call.key },
    body: bodyOf(call),
  });
  const text = await body.text();
  const bad = { outcome: 'bad', detail: `HTTP ${statusCode}: ${text.slice(0, 300)}` };
  if (statusCode !== 200) return bad;
  const { result } = JSON.parse(text);
  if (!result) return bad;
  if (!result.isError) {
    const content = result.structuredContent ?? {};
    return { outcome: 'done', repeated: content.repeated === true, isEmpty: isEmpty(content) };
  }
  const { error } = JSON.parse(result.content[0].text);
  if (typeof error?.code !== 'string') return bad;
  return {
    outcome: error.code,
    repeated: (error.repeated ?? result.structuredContent?.repeated) === true,
    retryAfterSeconds: error.retry_after_seconds,
  };
}

const isEmpty = (content: Record<string, unknown>) =>
  !('id' in content) &&
  !Object.values(content).some(value => typeof value === 'object' && Object.keys(value ?? {}).length > 0);
