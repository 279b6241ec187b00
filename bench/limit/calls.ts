import { Agent, request } from 'undici';
import { rpc } from '../../test/support/rpc.ts';
import { DEADLINE_MS } from './baselines.ts';

export interface Outcome {
  /** Whether Partoo's page came back; else `text` has what came instead. */
  served: boolean;
  text: string;
  /** Since the first call was asked. */
  answeredAfterMs: number;
}

/**
 * One call of each key to each server, as they would have met before: otherwise the first server to learn a key's
 * organization serves all that it was asked before the others may begin, and there is no order to speak of.
 */
export async function introduce(urls: string[], keys: string[]): Promise<void> {
  for (const url of urls) await askAll([url], keys, keys.length, -keys.length);
}

/** Asks all calls at once: turn about for the keys, and each key's turn about over the servers. */
export async function askAll(urls: string[], keys: string[], calls: number, from = 0): Promise<Outcome[]> {
  // One connection a call if need be, and they may stay silent for minutes.
  const agent = new Agent({ headersTimeout: 0, bodyTimeout: 0, connect: { timeout: 60_000 } });
  const signal = AbortSignal.timeout(DEADLINE_MS + 30_000);
  const started = performance.now();

  async function ask(number: number): Promise<Outcome> {
    const key = keys[number % keys.length] ?? '';
    const url = urls[Math.floor(number / keys.length) % urls.length] ?? '';
    const text = await post(url, key, toolCall(number + from)).catch(String);
    return { served: isPage(text), text, answeredAfterMs: performance.now() - started };
  }

  async function post(url: string, key: string, body: string): Promise<string> {
    const headers = { 'content-type': 'application/json', accept: 'application/json', 'x-APIKey': key };
    const answer = await request(url, { dispatcher: agent, method: 'POST', headers, body, signal });
    return answer.body.text();
  }

  const outcomes = await Promise.all(Array.from({ length: calls }, (_, number) => ask(number)));
  await agent.close();
  return outcomes;
}

/** No two alike, so that none can be answered with another's answer. */
function toolCall(number: number): string {
  const params = { name: 'search_businesses', arguments: { name: `shop ${number}` } };
  return JSON.stringify(rpc('tools/call', params, number));
}

/** Which call a request at Partoo belongs to; the bare proxy does not pass it on. */
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
