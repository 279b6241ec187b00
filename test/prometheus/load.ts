import { setTimeout as sleep } from 'node:timers/promises';
import { post } from '../support/post.ts';

/** Successful calls, and one call per kind of failure. */
const CALLS: { name: string; arguments?: object }[] = [
  { name: 'search_businesses', arguments: { per_page: 10 } },
  { name: 'search_reviews', arguments: { state__in: 'not_treated' } },
  { name: 'get_business', arguments: { business_id: 'c-PAR/01' } },
  { name: 'get_business', arguments: { business_id: 'c-NOWHERE' } },
  { name: 'list_conversations' },
  { name: 'search_posts' },
  { name: 'update_business', arguments: { business_id: 'c-PAR/01', region: 'Normandie' } },
  { name: 'search_reviews', arguments: { page: 'many' } },
  { name: 'no_such_tool' },
];
const METHODS = ['tools/list', 'ping', 'no/such'];
const KEYS = ['demo-admin', 'demo-other', 'demo-revoked'];
const PAUSE_MS = 40;

/** Calls a server continuously. Returns a function that stops the load. */
export function load(url: string): () => Promise<void> {
  let stopped = false;
  const run = async () => {
    for (let number = 0; !stopped; number++) {
      const key = KEYS[number % KEYS.length] as string;
      const message =
        number % 4 === 0
          ? { method: METHODS[number % METHODS.length], params: {} }
          : { method: 'tools/call', params: CALLS[number % CALLS.length] };
      // The test stops the server while the load runs.
      await post(url, message, { 'x-APIKey': key }).catch(() => {});
      await sleep(PAUSE_MS);
    }
  };
  // Several in parallel, because some calls wait.
  const running = Promise.all([run(), run(), run(), run()]);
  return async () => {
    stopped = true;
    await running;
  };
}
