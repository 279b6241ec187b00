import type { CallToolRequest, ServerContext } from '@modelcontextprotocol/server';

/** Clients and proxies give up after 60 s of silence; a few of these may be late or lost. */
const TELL_AT_LEAST_EVERY_MS = 15_000;

/** Whether any of the messages in a body asks to be told how it goes on. */
export function asksForProgress(body: unknown): boolean {
  const messages = Array.isArray(body) ? body : [body];
  return messages.some(message => message?.params?._meta?.progressToken !== undefined);
}

export interface Progress {
  /** The call still waits this long for Partoo's limit. */
  waits(waitMs: number): void;
  /** The call has ended. */
  stop(): void;
}

/**
 * Tells a client that asked for progress how its call goes on. Undefined for one that did not ask.
 *
 * The stream's own comments keep proxies from cutting it, but only a notification puts off a client's time-out.
 */
export function startProgress(
  params: CallToolRequest['params'],
  { mcpReq }: ServerContext,
): Progress | undefined {
  const progressToken = params._meta?.progressToken;
  if (progressToken === undefined) return undefined;
  const started = performance.now();
  let progress = 0;

  const tell = (message: string) => {
    silence.refresh();
    progress++;
    const sent = mcpReq.notify({
      method: 'notifications/progress',
      params: { progressToken, progress, message },
    });
    // A client that is gone is noticed by the signal; progress to it is nobody's loss.
    sent.catch(() => {});
  };
  const silence = setInterval(() => {
    const seconds = Math.round((performance.now() - started) / 1000);
    tell(`waiting for Partoo's answer, ${seconds} s so far`);
  }, TELL_AT_LEAST_EVERY_MS);
  silence.unref();

  return {
    waits: waitMs => tell(`waiting ${Math.ceil(waitMs / 1000)} s for Partoo's limit`),
    stop: () => clearInterval(silence),
  };
}
