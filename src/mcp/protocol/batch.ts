import { isObject } from '../../core/is-object.ts';

/**
 * Why a JSON-RPC batch (2025-03-26) is not answered. A list of a hundred lists would be 600 times its own size; of two
 * requests with one id only one would get an answer.
 */
export function badBatch(messages: readonly unknown[]): string | undefined {
  const requests = messages
    .filter(isObject)
    .filter(({ id, method }) => id !== undefined && method !== undefined);
  const ids = new Set(requests.map(({ id }) => JSON.stringify(id)));
  if (ids.size < requests.length) return 'each request of a batch needs an id of its own';
  const others = requests.flatMap(({ method }) => (method === 'tools/call' ? [] : [method]));
  if (new Set(others).size < others.length)
    return 'of methods other than tools/call a batch may hold one each';
  return undefined;
}
