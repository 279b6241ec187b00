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

/** How much longer than the longest call answers may take to be read, once the listener is closed. */
const LAST_ANSWERS_MS = 1_000;

export interface DrainOptions {
  /** Aborted before a stop that a load balancer is behind. */
  stopping: AbortSignal;
  /** Within which a request must have arrived whole. */
  requestTimeoutMs: number;
  /** Within which it is answered. */
  answerWithinMs: number;
}

/**
 * Lets an app be closed under load without losing a call. A load balancer that has sent a POST does not send it again
 * by itself, so a connection must not end as a call comes on it. First the listener closes, in a quiet moment: new
 * connections are refused, which sends them elsewhere. Open ones may still bring a call, are told with its answer that
 * they are not kept, and close when they have been idle for a while.
 *
 * All this for a stop that a load balancer is behind: `stopping` is aborted. Any other closes at once.
 */
export function drain(app: FastifyInstance, options: DrainOptions): void {
  const { stopping, requestTimeoutMs, answerWithinMs } = options;
  const { server } = app;
  const connections = watchConnections(server);
  let closing = false;
  app.addHook('onSend', (_request, reply, _payload, done) => {
    if (closing) reply.header('connection', 'close');
    done();
  });
  app.addHook('preClose', async () => {
    closing = true;
    if (stopping.aborted && server.listening) {
      await untilNoCallArrives(server, connections);
      // An HTTP server would end its idle connections in the same moment; Fastify has it do so after this hook.
      NetServer.prototype.close.call(server);
      await lastCalls(server);
    }
    // A call still in flight leaves its connection idle later, kept alive by its client, and the stop would wait for it.
    const sweep = setInterval(() => server.closeIdleConnections(), CLOSE_IDLE_EVERY_MS);
    // Node looks for slow senders no more once a server closes: one of them would hold the stop.
    const late = setTimeout(
      () => {
        for (const [socket, { request }] of connections) if (!request?.complete) socket.destroy();
      },
      Math.min(requestTimeoutMs, answerWithinMs),
    );
    // And so would who does not read.
    const last = setTimeout(() => server.closeAllConnections(), answerWithinMs + LAST_ANSWERS_MS);
    server.once('close', () => {
      clearInterval(sweep);
      clearTimeout(late);
      clearTimeout(last);
    });
  });
}

interface Connection {
  /** Whether it has brought a request. */
  spoken: boolean;
  /** The one that is under way. */
  request?: IncomingMessage;
}

type Connections = ReadonlyMap<Socket, Connection>;

/** The open ones. */
function watchConnections(server: NetServer): Connections {
  const connections = new Map<Socket, Connection>();
  server.on('connection', socket => {
    connections.set(socket, { spoken: false });
    socket.once('close', () => connections.delete(socket));
  });
  server.on('request', (request: IncomingMessage, response: ServerResponse) => {
    const connection = connections.get(request.socket);
    if (!connection) return;
    connection.spoken = true;
    connection.request = request;
    response.once('close', () => {
      // One that came behind it may be under way already.
      if (connection.request === request) connection.request = undefined;
    });
  });
  return connections;
}

/**
 * Closing a listener resets connections that wait to be accepted, so it is done after a turn of the event loop that
 * found none, and was so short that hardly one can have come since.
 */
async function untilNoCallArrives(server: NetServer, connections: Connections): Promise<void> {
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
    const silent = () => [...connections.values()].some(({ spoken }) => !spoken);
    if (quiet && (now - lastArrival > SILENT_MS || !silent())) break;
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
