import { LRUCache } from 'lru-cache';
import type { SealedRecords } from '../store/sealed-records.ts';
import { USED_CLIENT_MS } from '../store/sign-in-store.ts';
import { SignInUnavailable } from '../store/unavailable.ts';
import { RefusedDocument } from './public-fetch.ts';

interface DocumentOptions {
  /** Fetches a URL that a stranger named; see public-fetch.ts. */
  fetch: (url: URL, signal: AbortSignal | undefined) => Promise<Response>;
  /** Whether the request in progress may make this server fetch something now. */
  mayFetch(): Promise<boolean>;
  /** Keeps the documents of clients that have had tokens. */
  kept: SealedRecords;
}

/** What clients publish: their metadata and their keys. */
export interface PublishedDocuments {
  /** Fetches each URL once a minute at most. Returns the kept document of one that cannot be fetched. */
  fetch: typeof globalThis.fetch;
  /**
   * Fetches a document that will be asked for next.
   *
   * @throws SignInUnavailable when it may be there later. A client that is told `invalid_client` would sign a person out.
   */
  assertAvailable(url: string): Promise<void>;
  /** Keeps the latest version of a document. Call it whenever its client gets tokens. */
  keep(url: string): Promise<void>;
}

const MAX_BYTES = 64 * 1024;
const MAX_DOCUMENTS = 200;
/** As long as oidc-provider takes keys for fresh. It would fetch those of a client with a metadata document each time. */
const FRESH_MS = 60_000;
const KIND = 'Document';

interface Document {
  text: string;
  headers?: Headers;
}

export function publishedDocuments({ fetch, mayFetch, kept }: DocumentOptions): PublishedDocuments {
  const documents = new LRUCache<string, Promise<Document>>({
    max: MAX_DOCUMENTS,
    ttl: FRESH_MS,
    noDeleteOnStaleGet: true,
  });

  async function download(url: URL, signal: AbortSignal | undefined): Promise<Document> {
    if (!(await mayFetch())) throw new Error('too many documents were fetched for this address, or for all');
    const response = await fetch(url, signal);
    const { status } = response;
    if (status !== 200) {
      await response.body?.cancel();
      const problem = `the response has the status ${status}`;
      throw status >= 500 || status === 429 ? new Error(problem) : new RefusedDocument(problem);
    }
    return { text: (await readBody(response)).toString(), headers: response.headers };
  }

  const load = (url: URL, signal: AbortSignal | undefined): Promise<Document> =>
    download(url, signal).catch(async error => {
      const document = await kept.get<Document>(KIND, url.href);
      if (document) return document;
      throw error;
    });

  async function documentAt(url: URL, signal?: AbortSignal | null): Promise<Document> {
    const known = documents.get(url.href);
    if (known) return known;
    const document = load(url, signal ?? undefined);
    documents.set(url.href, document);
    document.catch(() => documents.delete(url.href));
    return document;
  }

  return {
    async fetch(input, init) {
      const { text, headers } = await documentAt(new URL(String(input)), init?.signal);
      return new Response(text, headers && { headers });
    },
    async assertAvailable(url) {
      await documentAt(new URL(url)).catch(error => {
        // oidc-provider fails in the same way, and says so.
        if (!(error instanceof RefusedDocument)) throw new SignInUnavailable(`${url}: ${error.message}`);
      });
    },
    async keep(url) {
      const { href } = new URL(url);
      const latest = await documents.get(href, { allowStale: true })?.catch(() => undefined);
      const document = latest ?? (await kept.get<Document>(KIND, href));
      if (document) await kept.set(KIND, href, { text: document.text }, USED_CLIENT_MS);
    },
  };
}

async function readBody({ body }: Response): Promise<Buffer> {
  const chunks: Uint8Array[] = [];
  let length = 0;
  for await (const chunk of body ?? []) {
    length += chunk.length;
    // Leaving the loop cancels the rest.
    if (length > MAX_BYTES) throw new RefusedDocument(`the response is longer than ${MAX_BYTES} bytes`);
    chunks.push(chunk);
  }
  return Buffer.concat(chunks);
}
