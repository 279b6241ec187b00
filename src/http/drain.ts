import type { Server } from 'node:http';
import type { Socket } from 'node:net';
import { setImmediate as turn } from 'node:timers/promises';
import type { FastifyInstance } from 'fastify';

const CLOSE_IDLE_EVERY_MS = 100;
/** A caller that connects and says nothing for so long is not about to call. */
const SILENT_MS = 1_000;
const SHORT_TURN_MS = 0.5;
/** How long a quiet moment is waited for. A process that has none in so long loses a few calls at its stop. */
const QUIET_WITHIN_MS = 2_000;

/**
 * Lets a server stop under load without losing a call. `stopping` is aborted when the process is told to stop. Calls
 * go on being answered until the app is closed, and even then on connections that are open; but no connection is kept
 * for a next call, so that callers and load balancers come back on a new one, which goes elsewhere once this server
 * listens no more.
 */
export function drain(app: FastifyInstance, stopping: AbortSignal): void {
  const silent = new Set<Socket>();
  app.server.on('connection', socket => {
    silent.add(socket);
    socket.once('close', () => silent.delete(socket));
  });

  app.addHook('onRequest', (request, _reply, done) => {
    silent.delete(request.raw.socket);
    done();
  });
  app.addHook('onSend', async (_request, reply) => {
    if (stopping.aborted) reply.header('connection', 'close');
  });
  app.addHook('preClose', async () => {
    await untilNoCallArrives(app.server, silent);
    // A stop closes connections that are idle then. A call still in flight leaves its own idle later, kept alive
    // by its client, and the stop would wait for that.
    const sweep = setInterval(() => app.server.closeIdleConnections(), CLOSE_IDLE_EVERY_MS);
    app.server.once('close', () => clearInterval(sweep));
  });
}

/**
 * Closing a listener resets connections that wait to be accepted and those whose first request has not been read, and
 * a load balancer does not send such a POST again by itself. So it is closed after a turn of the event loop that found
 * none, and was so short that hardly one can have come since.
 */
async function untilNoCallArrives(server: Server, silent: ReadonlySet<Socket>): Promise<void> {
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
