import { spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { rmSync } from 'node:fs';
import { mkdtemp, writeFile } from 'node:fs/promises';
import { tmpdir, userInfo } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';

export interface Nginx {
  /** Its address, without a path. */
  origin: string;
  /** Its working directory. */
  directory: string;
  stop(): Promise<void>;
}

/** Debian installs nginx outside the PATH of users. */
const env = { PATH: `${process.env.PATH}:/usr/sbin:/usr/local/sbin` };

/** Returns whether nginx is installed. Throws in CI if it is not. */
export function hasNginx(): boolean {
  if (spawnSync('nginx', ['-v'], { env }).status === 0) return true;
  if (process.env.CI) throw new Error('CI must have an nginx: apt-get install nginx-light');
  process.stderr.write('\n!!! NO NGINX on this machine: its tests are SKIPPED !!!\n\n');
  return false;
}

/** Starts nginx on `port` as this user. Process and directory are removed by `stop`, or when this process ends. */
export async function startNginx(port: number, configuration: (directory: string) => string): Promise<Nginx> {
  const directory = await mkdtemp(join(tmpdir(), 'partoo-mcp-nginx-'));
  const file = join(directory, 'nginx.conf');
  await writeFile(file, configuration(directory));
  const child = spawn('nginx', ['-p', directory, '-c', file, '-e', 'stderr'], {
    env,
    stdio: ['ignore', 'ignore', 'pipe'],
  });
  const remove = () => rmSync(directory, { recursive: true, force: true });
  const killNow = () => {
    child.kill('SIGKILL');
    remove();
  };
  process.once('exit', killNow);
  let output = '';
  child.stderr.on('data', data => {
    output += data;
  });
  const exited = once(child, 'exit');

  const origin = `http://127.0.0.1:${port}`;
  const stop = async () => {
    process.removeListener('exit', killNow);
    child.kill('SIGTERM');
    await exited;
    remove();
  };
  for (let i = 0; i < 100; i++) {
    // A server that redirects to TLS responds too.
    if (await fetch(`${origin}/healthz`, { redirect: 'manual' }).catch(() => undefined))
      return { origin, directory, stop };
    if (child.exitCode !== null) break;
    await sleep(50);
  }
  await stop();
  throw new Error(`nginx did not start:\n${output}`);
}

/** Returns a whole nginx.conf round the `http` block's contents, for a user without privileges. */
export const nginxConfiguration = (http: string, directory: string) => `
# Workers run as the user of the tests, the only one who may read the directory.
user ${userInfo().username};
daemon off;
worker_processes 1;
pid ${directory}/nginx.pid;
events {}
http {
  access_log off;
  client_body_temp_path ${directory}/body;
  proxy_temp_path ${directory}/proxy;
  fastcgi_temp_path ${directory}/fastcgi;
  uwsgi_temp_path ${directory}/uwsgi;
  scgi_temp_path ${directory}/scgi;
${http}
}
`;

/** Returns the configuration of Debian's package, with other paths. `proxy_read_timeout` is nginx's default. */
export const debianConfiguration = (port: number, upstream: string) => (directory: string) =>
  nginxConfiguration(
    `  gzip on;
  server {
    listen 127.0.0.1:${port};
    location / {
      proxy_pass ${upstream};
      proxy_http_version 1.1;
      proxy_read_timeout 60s;
    }
  }`,
    directory,
  );
