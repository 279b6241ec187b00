import { isIP } from 'node:net';
import { normalizeIP } from '@fastify/rate-limit';
import type { FastifyInstance } from 'fastify';
import type { Config } from '../../config/config.ts';

declare module 'fastify' {
  interface FastifyRequest {
    /** The client's address, as limits count it; read when the request arrives: a closed socket has none. */
    callerAddress: string;
  }
}

/** The address of clients that had disconnected before their request was read: they share one count. */
const DISCONNECTED = 'disconnected';

/** Sets `request.callerAddress` on every request. */
export function readCallerAddresses(app: FastifyInstance, { CLIENT_IP_HEADER }: Config): void {
  app.decorateRequest('callerAddress', DISCONNECTED);
  app.addHook('onRequest', (request, _reply, done) => {
    const header = CLIENT_IP_HEADER && request.headers[CLIENT_IP_HEADER];
    const address: string | undefined = typeof header === 'string' && isIP(header) ? header : request.ip;
    request.callerAddress = address === undefined ? DISCONNECTED : normalizeIP(address);
    done();
  });
}
