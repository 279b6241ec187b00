import type { CustomFetch } from 'openid-client';

/** Far more than metadata, keys or claims take. */
const MAX_RESPONSE_BYTES = 1024 * 1024;

/** Fetches as the global `fetch` does. The body of the response fails when it is longer than 1 MiB. */
export const boundedFetch: CustomFetch = async (url, options) => {
  const response = await fetch(url, options as RequestInit);
  let bytes = 0;
  const limit = new TransformStream<Uint8Array, Uint8Array>({
    transform(chunk, controller) {
      bytes += chunk.length;
      if (bytes > MAX_RESPONSE_BYTES) controller.error(new Error('the response is longer than 1 MiB'));
      else controller.enqueue(chunk);
    },
  });
  return new Response(response.body?.pipeThrough(limit) ?? null, response);
};
