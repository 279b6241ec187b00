import { readFileSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { freePort } from '../../test/support/free-port.ts';
import { startNginx } from '../../test/support/nginx.ts';

export interface Balancer {
  /** Where the tools are called. */
  url: string;
  /** What it logged of each call: status, the replicas it asked, what they answered. */
  calls(): Promise<string[]>;
  /** What it complained of, but for replicas that refused a connection, which harms no call. */
  errors(): Promise<string[]>;
  stop(): Promise<void>;
}

/** nginx in front of two replicas, configured by the file beside this one. */
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
