import { readFileSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { freePort } from '../../test/support/free-port.ts';
import { startNginx } from '../../test/support/nginx.ts';

export interface Balancer {
  /** The MCP endpoint. */
  url: string;
  /** A log line per call: status, the replicas that nginx tried, and their statuses. */
  calls(): Promise<string[]>;
  /** Its error log, without refused connections: those harm no call. */
  errors(): Promise<string[]>;
  stop(): Promise<void>;
}

/** Starts nginx in front of two replicas, with nginx.conf of this folder as its configuration. */
export async function startBalancer(replicas: [number, number], nextUpstream: string): Promise<Balancer> {
  const port = await freePort();
  const template = readFileSync(join(import.meta.dirname, 'nginx.conf'), 'utf8');
  const nginx = await startNginx(port, directory =>
    template
      .replaceAll('DIRECTORY', directory)
      .replace('LISTEN_PORT', `${port}`)
      .replace('FIRST_PORT', `${replicas[0]}`)
      .replace('SECOND_PORT', `${replicas[1]}`)
      .replace('NEXT_UPSTREAM', nextUpstream),
  );
  const lines = async (name: string) =>
    (await readFile(join(nginx.directory, name), 'utf8')).split('\n').filter(line => line !== '');
  return {
    url: `${nginx.origin}/mcp`,
    calls: () => lines('access.log'),
    errors: async () => (await lines('error.log')).filter(line => !line.includes('Connection refused')),
    stop: nginx.stop,
  };
}
