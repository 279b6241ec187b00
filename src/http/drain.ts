import type { IncomingMessage, ServerResponse } from 'node:http';
import { Server as NetServer, type Socket } from 'node:net';
import { setImmediate as turn } from 'node:timers/promises';
import type { FastifyInstance } from 'fastify';

/** A caller that connects and says nothing for so long is not about to call. */
const SILENT_MS = 1_000;
const SHORT_TURN_MS = 0.5;
/** How long a quiet moment is waited for. A process that has none in so long may lose a call at its stop. */
const QUIET_WITHIN_MS = 2_000;
/** How long open connections may bring one more call. One that was idle for so long is not about to be used. */
const LAST_CALLS_MS = 2_000;
const CLOSE_IDLE_EVERY_MS = 100;

export interface DrainOptions {
  /** Aborted before a stop that a load balancer is behind. */
  stopping: AbortSignal;
  /** Within which a request must have arrived whole. */
  requestTimeoutMs: number;
}

/**
 * Lets an app be closed under load without losing a call. A load balancer that has sent a POST does not send it again
 * by itself, so a connection must not end as a call comes on it. First the listener closes, in a quiet moment: new
 * connections are refused, which sends them elsewhere. Open ones may still bring a call, are told with its answer that
 * they are not kept, and close when they have been idle for a while.
 *
 * All this for a stop that a load balancer is behind: `stopping` is aborted. Any other closes at once.
 */
export function drain(app: FastifyInstance, { stopping, requestTimeoutMs }: DrainOptions): void {
  const { server } = app;
  const silent = new Set<Socket>();
  const underWay = watchRequests(server);
  let closing = false;
  server.on('connection', socket => {
    silent.add(socket);
    socket.once('close', () => silent.delete(socket));
  });
  app.addHook('onRequest', (request, _reply, done) => {
    silent.delete(request.raw.socket);
    done();
  });
  app.addHook('onSend', async (_request, reply) => {
    if (closing) reply.header('connection', 'close');
  });
  app.addHook('preClose', async () => {
    closing = true;
    if (stopping.aborted && server.listening) {
      await untilNoCallArrives(server, silent);
      // An HTTP server would end its idle connections in the same moment; Fastify has it do so after this hook.
      NetServer.prototype.close.call(server);
      await lastCalls(server);
    }
    // A call still in flight leaves its connection idle later, kept alive by its client, and the stop would wait for it.
    const sweep = setInterval(() => server.closeIdleConnections(), CLOSE_IDLE_EVERY_MS);
    // Node looks for slow senders no more once a server closes: one of them would hold the stop.
    const late = setTimeout(() => {
      for (const [socket, request] of underWay) if (!request?.complete) socket.destroy();
    }, requestTimeoutMs);
    server.once('close', () => {
      clearInterval(sweep);
      clearTimeout(late);
    });
  });
}

/** Open connections, each with the request that is under way on it. */
function watchRequests(server: NetServer): ReadonlyMap<Socket, IncomingMessage | undefined> {
  const underWay = new Map<Socket, IncomingMessage | undefined>();
  server.on('connection', socket => {
    underWay.set(socket, undefined);
    socket.once('close', () => underWay.delete(socket));
  });
  server.on('request', (request: IncomingMessage, response: ServerResponse) => {
    underWay.set(request.socket, request);
    response.once('close', () => {
      if (underWay.has(request.socket)) underWay.set(request.socket, undefined);
    });
  });
  return underWay;
}

/**
 * Closing a listener resets connections that wait to be accepted, so it is done after a turn of the event loop that
 * found none, and was so short that hardly one can have come since.
 */
async function untilNoCallArrives(server: NetServer, silent: ReadonlySet<Socket>): Promise<void> {
  const begun = performance.now();
  let lastArrival = begun;
  const note = () => {
    lastArrival = performance.now();
  };
  server.on('connection', note);
  for (;;) {
    const from = performance.now();
    await turn();
    const now = performance.now();
    if (now - begun > QUIET_WITHIN_MS) break;
    const quiet = lastArrival < from && now - from < SHORT_TURN_MS;
    if (quiet && (silent.size === 0 || now - lastArrival > SILENT_MS)) break;
  }
  server.off('connection', note);
}

/** Until all connections are closed, and no longer than `LAST_CALLS_MS`. */
function lastCalls(server: NetServer): Promise<void> {
  return new Promise(resolve => {
    const timer = setTimeout(resolve, LAST_CALLS_MS);
    server.once('close', () => {
      clearTimeout(timer);
      resolve();
    });
  });
}
