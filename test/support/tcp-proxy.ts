import { once } from 'node:events';
import { connect, createServer, type Socket } from 'node:net';

export interface TcpProxy {
  /** The port to connect to instead of the target's. */
  port: number;
  /** Ends every connection and refuses new ones. */
  cut(): void;
  /** Keeps connections but lets no byte through. */
  hang(): void;
  restore(): void;
  close(): Promise<void>;
}

/** Starts a proxy between a client and a server, so that tests can break the network. */
export async function tcpProxy(targetHost: string, targetPort: number): Promise<TcpProxy> {
  let state: 'open' | 'cut' | 'hanging' = 'open';
  const sockets = new Set<Socket>();

  const proxy = createServer(client => {
    if (state === 'cut') return client.destroy();
    const target = connect(targetPort, targetHost);
    for (const [from, to] of [
      [client, target],
      [target, client],
    ] as const) {
      sockets.add(from);
      from.on('data', data => {
        if (state === 'open') to.write(data);
      });
      from.on('error', () => to.destroy());
      from.on('close', () => {
        sockets.delete(from);
        to.destroy();
      });
    }
    return undefined;
  });
  proxy.listen(0, '127.0.0.1');
  await once(proxy, 'listening');

  const dropAll = () => {
    for (const socket of sockets) socket.destroy();
  };
  return {
    port: (proxy.address() as { port: number }).port,
    cut() {
      state = 'cut';
      dropAll();
    },
    hang() {
      state = 'hanging';
    },
    restore() {
      // Bytes were dropped while it hung, so open streams have gaps.
      if (state === 'hanging') dropAll();
      state = 'open';
    },
    async close() {
      dropAll();
      proxy.close();
      await once(proxy, 'close');
    },
  };
}
