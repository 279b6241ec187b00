import { once } from 'node:events';
import { createServer, request as send } from 'node:http';

export interface RoundRobin {
  close(): Promise<void>;
}

/**
 * Starts a load balancer that gives each request to the next replica, and to another one if that one accepts no connection.
 * `ports` is read for each request.
 */
export async function startRoundRobin(port: number, ports: readonly number[]): Promise<RoundRobin> {
  let turn = 0;
  const server = createServer(async (request, response) => {
    const chunks: Buffer[] = [];
    for await (const chunk of request) chunks.push(chunk);
    const attempt = (left: number) => {
      const target = ports[turn++ % ports.length];
      const { method, url, headers } = request;
      const forwarded = send({ host: '127.0.0.1', port: target, method, path: url, headers, agent: false });
      forwarded.on('response', answer => {
        response.writeHead(answer.statusCode ?? 502, answer.rawHeaders);
        answer.pipe(response);
      });
      forwarded.on('error', () => (left > 0 ? attempt(left - 1) : response.writeHead(502).end()));
      forwarded.end(Buffer.concat(chunks));
    };
    attempt(ports.length - 1);
  });
  server.listen(port, '127.0.0.1');
  await once(server, 'listening');
  return {
    async close() {
      server.closeAllConnections();
      server.close();
      await once(server, 'close');
    },
  };
}
