import { faultOf } from './answers.ts';
import { listCall, searchCall } from './calls.ts';
import type { Target } from './measure.ts';

/** Asks once, and answers the answer. Throws unless it has 30 businesses, or 14 tools. */
export async function probe({ name, server, revision, asks }: Target): Promise<string> {
  const { headers, body } = asks === 'list' ? listCall(revision) : searchCall(revision, 1);
  const answer = await fetch(server.url, {
    method: 'POST',
    headers: { ...headers, 'x-APIKey': 'bench-probe' },
    body,
  });
  const text = await answer.text();
  const fault = answer.ok ? faultOf(text) : `${answer.status} ${text.slice(0, 200)}`;
  if (fault !== undefined) throw new Error(`${name}, ${revision}, ${asks}: ${fault}`);
  return text;
}
