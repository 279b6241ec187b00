import { LRUCache } from 'lru-cache';

interface DocumentOptions {
  /** Fetches a URL that a stranger named; see public-fetch.ts. */
  fetch: (url: URL, signal: AbortSignal) => Promise<Response>;
  /** Whether the request in progress may make this server fetch something now. */
  mayFetch(): Promise<boolean>;
}

const MAX_BYTES = 64 * 1024;
const MAX_DOCUMENTS = 200;
/** As long as oidc-provider takes keys for fresh. It keeps metadata documents by itself, but not the keys at their `jwks_uri`. */
const FRESH_MS = 60_000;

interface Document {
  body: Buffer;
  headers: Headers;
}

/** Returns a fetch for what clients publish, their metadata and their keys: each URL is fetched once a minute at most. */
export function fetchDocuments({ fetch, mayFetch }: DocumentOptions): typeof globalThis.fetch {
  const documents = new LRUCache<string, Document>({
    max: MAX_DOCUMENTS,
    ttl: FRESH_MS,
    fetchMethod: (href, _stale, { signal }) => load(new URL(href), signal),
  });

  async function load(url: URL, signal: AbortSignal): Promise<Document> {
    if (!(await mayFetch())) throw new Error('this address makes the server fetch too many documents');
    const response = await fetch(url, signal);
    if (response.status !== 200) {
      await response.body?.cancel();
      throw new Error(`the response has the status ${response.status}`);
    }
    return { body: await readBody(response), headers: response.headers };
  }

  return async (input, init) => {
    const { body, headers } = await documents.forceFetch(new URL(String(input)).href, {
      signal: init?.signal ?? undefined,
    });
    return new Response(new Uint8Array(body), { headers });
  };
}

async function readBody({ body }: Response): Promise<Buffer> {
  const chunks: Uint8Array[] = [];
  let length = 0;
  for await (const chunk of body ?? []) {
    length += chunk.length;
    // Leaving the loop cancels the rest.
    if (length > MAX_BYTES) throw new Error(`the response is longer than ${MAX_BYTES} bytes`);
    chunks.push(chunk);
  }
  return Buffer.concat(chunks);
}
