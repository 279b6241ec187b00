import { Agent, request } from 'undici';
import { rpc } from '../../test/support/rpc.ts';
import { DEADLINE_MS } from './baselines.ts';

export interface Outcome {
  /** Whether the result has Partoo's page; `text` is the response in any case. */
  served: boolean;
  text: string;
  /** Since the first call was sent. */
  endedAfterMs: number;
}

/**
 * Makes one call per key and server, so that every server knows the organization of every key. Otherwise the first server
 * to learn it would serve all its calls before the others start, and the order of calls would mean nothing.
 */
export async function introduceKeys(urls: string[], keys: string[]): Promise<void> {
  for (const url of urls) await callAll([url], keys, keys.length, -keys.length);
}

/** Makes all calls at once. They alternate between the keys, and the calls of each key between the servers. */
export async function callAll(urls: string[], keys: string[], calls: number, from = 0): Promise<Outcome[]> {
  // Without timeouts: a call may wait for minutes.
  const agent = new Agent({ headersTimeout: 0, bodyTimeout: 0, connect: { timeout: 60_000 } });
  const signal = AbortSignal.timeout(DEADLINE_MS + 30_000);
  const started = performance.now();

  async function call(number: number): Promise<Outcome> {
    const key = keys[number % keys.length] ?? '';
    const url = urls[Math.floor(number / keys.length) % urls.length] ?? '';
    const text = await post(url, key, toolCall(number + from)).catch(String);
    return { served: isPage(text), text, endedAfterMs: performance.now() - started };
  }

  async function post(url: string, key: string, body: string): Promise<string> {
    const headers = { 'content-type': 'application/json', accept: 'application/json', 'x-APIKey': key };
    const response = await request(url, { dispatcher: agent, method: 'POST', headers, body, signal });
    return response.body.text();
  }

  const outcomes = await Promise.all(Array.from({ length: calls }, (_, number) => call(number)));
  await agent.close();
  return outcomes;
}

/** No two calls are alike, so that none are coalesced. */
function toolCall(number: number): string {
  const params = { name: 'search_businesses', arguments: { name: `shop ${number}`, status: 'open' } };
  return JSON.stringify(rpc('tools/call', params, number));
}

/** Returns the number of the call that a request to Partoo belongs to; undefined behind the bare proxy. */
export function callNumber(path: string): number | undefined {
  const [, number] = /[?&]name=shop(?:\+|%20)(\d+)/.exec(path) ?? [];
  return number === undefined ? undefined : Number(number);
}

function isPage(text: string): boolean {
  try {
    const { result } = JSON.parse(text);
    return !result.isError && Array.isArray(JSON.parse(result.content[0].text).businesses);
  } catch {
    return false;
  }
}
