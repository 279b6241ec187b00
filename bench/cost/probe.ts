import { listCall, searchCall } from './calls.ts';
import type { Target } from './measure.ts';
import { problemWith } from './responses.ts';

/** Makes one request and returns the response body. Throws unless it has 30 businesses, or 14 tools. */
export async function probe({ name, server, revision, request }: Target): Promise<string> {
  const { headers, body } = request === 'list' ? listCall(revision) : searchCall(revision, 1);
  const response = await fetch(server.url, {
    method: 'POST',
    headers: { ...headers, 'x-APIKey': 'bench-probe' },
    body,
  });
  const text = await response.text();
  const fault = response.ok ? problemWith(text) : `${response.status} ${text.slice(0, 200)}`;
  if (fault !== undefined) throw new Error(`${name}, ${revision}, ${request}: ${fault}`);
  return text;
}
