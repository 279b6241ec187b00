import { once } from 'node:events';
import type { IncomingMessage, ServerResponse } from 'node:http';
import { Server as NetServer, type Socket } from 'node:net';
import { setImmediate as nextTurn, setTimeout as sleep } from 'node:timers/promises';
import type { FastifyInstance } from 'fastify';
import type { Config } from '../../config/config.ts';

/** A new connection that stays silent for this long is not about to send a request. */
const SILENT_MS = 1_000;
const SHORT_TURN_MS = 0.5;
/** Longest wait for a quiet moment. A process without one may lose a call when it stops. */
const QUIET_WITHIN_MS = 2_000;
/** Open connections may send one more request for this long. One that was idle for longer is not about to be used. */
const LAST_CALLS_MS = 2_000;
const CLOSE_IDLE_EVERY_MS = 100;
/** Time that clients have to read their response, beyond the longest call. */
const LAST_RESPONSES_MS = 1_000;

/**
 * Lets the app close under load without losing a call. Load balancers do not resend a POST, so a connection must not close
 * while a request is on its way. The listener closes first, in a quiet moment, which sends new connections elsewhere. Open
 * connections may send one more request, get `Connection: close` with its response, and close once idle.
 *
 * Only if `stopping` is aborted. Otherwise, as with Ctrl-C, idle connections close at once.
 */
export function drain(app: FastifyInstance, config: Config, stopping: AbortSignal): void {
  const { REQUEST_TIMEOUT_MS, TOOL_DEADLINE_MS } = config;
  const { server } = app;
  const connections = trackConnections(server);
  let closing = false;
  app.addHook('onSend', (_request, reply, _payload, done) => {
    if (closing) reply.header('connection', 'close');
    done();
  });
  app.addHook('preClose', async () => {
    closing = true;
    if (stopping.aborted && server.listening) {
      await quietMoment(server, connections);
      // An HTTP server would also close its idle connections. Fastify makes it do so after this hook.
      NetServer.prototype.close.call(server);
      await lastCalls(server);
    }
    // Connections with a call in flight become idle later, and keep-alive would hold the stop.
    const closeIdle = setInterval(() => server.closeIdleConnections(), CLOSE_IDLE_EVERY_MS);
    // A closed server no longer enforces its request timeout.
    const closeSlowSenders = setTimeout(
      () => {
        for (const [socket, { request }] of connections) if (!request?.complete) socket.destroy();
      },
      Math.min(REQUEST_TIMEOUT_MS, TOOL_DEADLINE_MS),
    );
    // Clients that stop reading would also block the stop.
    const closeAll = setTimeout(() => server.closeAllConnections(), TOOL_DEADLINE_MS + LAST_RESPONSES_MS);
    server.once('close', () => {
      clearInterval(closeIdle);
      clearTimeout(closeSlowSenders);
      clearTimeout(closeAll);
    });
  });
}

interface Connection {
  /** Whether it has ever sent a request. */
  used: boolean;
  /** The request in progress. */
  request?: IncomingMessage;
}

type Connections = ReadonlyMap<Socket, Connection>;

function trackConnections(server: NetServer): Connections {
  const connections = new Map<Socket, Connection>();
  server.on('connection', socket => {
    connections.set(socket, { used: false });
    socket.once('close', () => connections.delete(socket));
  });
  server.on('request', (request: IncomingMessage, response: ServerResponse) => {
    const connection = connections.get(request.socket);
    if (!connection) return;
    connection.used = true;
    connection.request = request;
    response.once('close', () => {
      // A pipelined request may be in progress already.
      if (connection.request === request) connection.request = undefined;
    });
  });
  return connections;
}

/**
 * Closing a listener resets the connections that wait to be accepted. So this waits for a turn of the event loop that
 * accepted none and was too short for another to have come in.
 */
async function quietMoment(server: NetServer, connections: Connections): Promise<void> {
  const startedAt = performance.now();
  let lastArrival = startedAt;
  const onConnection = () => {
    lastArrival = performance.now();
  };
  server.on('connection', onConnection);
  for (;;) {
    const turnStart = performance.now();
    await nextTurn();
    const now = performance.now();
    if (now - startedAt > QUIET_WITHIN_MS) break;
    const isQuiet = lastArrival < turnStart && now - turnStart < SHORT_TURN_MS;
    const hasUnused = () => [...connections.values()].some(({ used }) => !used);
    if (isQuiet && (now - lastArrival > SILENT_MS || !hasUnused())) break;
  }
  server.off('connection', onConnection);
}

/** Resolves when all connections are closed, after `LAST_CALLS_MS` at the latest. */
const lastCalls = (server: NetServer) =>
  Promise.race([once(server, 'close'), sleep(LAST_CALLS_MS, undefined, { ref: false })]);
