import type { CallToolRequest, ServerContext } from '@modelcontextprotocol/server';

/** Clients and proxies give up after 60 s of silence; at this interval, two notifications may be late or lost. */
const MAX_SILENCE_MS = 15_000;

/** Whether a message, or any message of a batch, has a progress token. */
export function requestsProgress(body: unknown): boolean {
  const messages = Array.isArray(body) ? body : [body];
  return messages.some(message => message?.params?._meta?.progressToken !== undefined);
}

/**
 * Sends progress notifications for a call that has a progress token; undefined for other calls. Comments keep proxies from
 * cutting the stream, but only a notification resets a client's timeout.
 */
export function startProgress(params: CallToolRequest['params'], { mcpReq }: ServerContext) {
  const progressToken = params._meta?.progressToken;
  if (progressToken === undefined) return undefined;
  const started = performance.now();
  let progress = 0;

  const notify = (message: string) => {
    timer.refresh();
    progress++;
    const sent = mcpReq.notify({
      method: 'notifications/progress',
      params: { progressToken, progress, message },
    });
    // A disconnected client needs no progress; the signal ends its call.
    sent.catch(() => {});
  };
  const timer = setInterval(() => {
    const seconds = Math.round((performance.now() - started) / 1000);
    notify(`waiting for Partoo's response, ${seconds} s so far`);
  }, MAX_SILENCE_MS);
  timer.unref();

  return {
    /** Called while the call waits for Partoo's rate limit, with the time left. */
    waits: (waitMs: number) => notify(`waiting ${Math.ceil(waitMs / 1000)} s for Partoo's limit`),
    /** Called with how far a job is. */
    reports: notify,
    stop: () => clearInterval(timer),
  };
}
