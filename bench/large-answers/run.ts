import { once } from 'node:events';
import { createServer } from 'node:http';
import { parseArgs } from 'node:util';
import { startProcess } from '../../test/support/process.ts';
import { rpc } from '../../test/support/rpc.ts';
import { docker, startImage } from '../support/image.ts';
import { ownMiB } from '../support/own-memory.ts';
import { print } from '../support/print.ts';

/**
 * Measures the memory of a server while one key requests 300 pages of 0.5 to 3 MB at once, and a second key small pages.
 * By default, the server is a process with the heap size that the image has in 256 MB:
 * `npm run build && npm run bench:large-answers` takes half a minute, on Linux only. `--image partoo-mcp` (with
 * `--memory 256m`) runs the image by Docker, which kills it above its limit.
 */
const { values } = parseArgs({
  options: {
    heap: { type: 'string', default: '154' },
    calls: { type: 'string', default: '300' },
    image: { type: 'string' },
    memory: { type: 'string', default: '256m' },
  },
});
const MB = 1_000_000;

/** Pages of 0.5 to 3 MB, built once, so that the upstream is not the bottleneck. */
const ROW = {
  id: '0123456789abcdef01234567',
  name: 'Maison Solène',
  address_full: 'Lyon',
  description: 'x'.repeat(700),
};
const PAGES = Array.from({ length: 6 }, (_, number) => {
  const bytes = (number + 1) * 0.5 * MB;
  const businesses = Array.from({ length: Math.floor(bytes / JSON.stringify(ROW).length) }, () => ROW);
  return Buffer.from(JSON.stringify({ businesses, count: businesses.length, page: 1, max_page: 1_000 }));
});
const SMALL = Buffer.from(JSON.stringify({ businesses: [ROW], count: 1, page: 1, max_page: 1 }));

let served = 0;
const upstream = createServer((request, response) => {
  const organization = request.headers['x-apikey'] === 'large' ? 1 : 2;
  response.setHeader('content-type', 'application/json');
  if (request.url?.endsWith('/user/me')) response.end(JSON.stringify({ org_id: organization }));
  else response.end(organization === 1 ? PAGES[served++ % PAGES.length] : SMALL);
});
upstream.listen(0, '127.0.0.1');
await once(upstream, 'listening');
const settings = {
  PARTOO_BASE_URL: `http://127.0.0.1:${(upstream.address() as { port: number }).port}/v2`,
  RATE_LIMIT_PER_MINUTE: '100000',
};
const server = values.image
  ? await startContainer(values.image, values.memory, settings)
  : await startPlain();

interface Measured {
  url: string;
  pid: number;
  /** Whether it runs, or how it ended. */
  state(): Promise<string>;
  stop(): Promise<unknown>;
}

async function startPlain(): Promise<Measured> {
  const env = { ...settings, NODE_OPTIONS: `--max-old-space-size=${values.heap}` };
  const { child, url, stop } = await startProcess(env, 'dist/main.js');
  const state = async () => String(child.exitCode ?? child.signalCode ?? 'running');
  return { url, pid: child.pid ?? 0, state, stop: () => stop('SIGKILL') };
}

async function startContainer(image: string, memory: string, env: Record<string, string>): Promise<Measured> {
  const { container, origin, pid } = await startImage(image, memory, env);
  const state = '{{.State.Status}}, killed for memory: {{.State.OOMKilled}}';
  return {
    url: `${origin}/mcp`,
    pid,
    state: () => docker('inspect', '--format', state, container),
    stop: () => docker('kill', container),
  };
}

async function search(key: string, number: number): Promise<string> {
  const response = await fetch(server.url, {
    method: 'POST',
    headers: { 'content-type': 'application/json', 'x-APIKey': key },
    body: JSON.stringify(
      rpc('tools/call', {
        name: 'search_businesses',
        arguments: { query: `shop ${number}`, per_page: 100, detail: 'full' },
      }),
    ),
  });
  const { result } = (await response.json()) as {
    result: { isError?: boolean; content: { text: string }[] };
  };
  return result.isError ? JSON.parse(result.content[0]?.text ?? '').error.code : 'ok';
}

let most = 0;
const sampling = setInterval(async () => {
  most = Math.max(most, await ownMiB(server.pid));
}, 20);
await search('small', 1);
await search('large', 1);
const atRest = most;

const started = performance.now();
let running = true;
const latencies: number[] = [];
const other = (async () => {
  for (let number = 2; running; number++) {
    const calledAt = performance.now();
    const code = await search('small', number).catch(() => 'no response');
    if (code !== 'ok') print(`the other key's call: ${code}`);
    latencies.push(performance.now() - calledAt);
  }
})();
const calls = Array.from({ length: Number(values.calls) }, (_, number) =>
  search('large', number + 2).catch(() => 'no response'),
);
const codes = await Promise.all(calls);
running = false;
await other;
clearInterval(sampling);

const counts = Object.entries(Object.groupBy(codes, code => code)).map(
  ([code, all]) => `${all?.length} ${code}`,
);
latencies.sort((a, b) => a - b);
print(
  `${values.calls} calls of one key, responses of 0.5 to 3 MB, ${values.image ? `image in ${values.memory}` : `heap of ${values.heap} MB`}`,
);
print(
  `outcomes               ${counts.join(', ')} in ${((performance.now() - started) / 1_000).toFixed(1)} s`,
);
print(`own memory             ${atRest.toFixed(0)} MiB before, at most ${most.toFixed(0)} MiB`);
print(
  `another key's calls    ${latencies.length}, p50 ${latencies[latencies.length >> 1]?.toFixed(0)} ms, at most ${latencies.at(-1)?.toFixed(0)} ms`,
);
print(`server                 ${await server.state()}`);
await server.stop();
upstream.closeAllConnections();
upstream.close();
