import { once } from 'node:events';
import { createServer } from 'node:http';
import { parseArgs } from 'node:util';
import { startProcess } from '../../test/support/process.ts';
import { rpc } from '../../test/support/rpc.ts';
import { docker, startImage } from '../support/image.ts';
import { ownMiB } from '../support/own-memory.ts';

/**
 * The memory of a server whose one key asks for 300 pages at once, answers of 0.5 to 3 MB, while a second key asks for
 * small ones. Without options a process with the heap that the image has in 256 MB:
 * `npm run build && npm run bench:large-answers`, half a minute; Linux only, since the kernel counts. With `--image partoo-mcp`
 * (and `--memory 256m`) the image, by Docker, which ends it when it takes more than it may.
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
const say = (text: string) => process.stdout.write(`${text}\n`);

/** Pages of 0.5 to 3 MB: made once, so that the upstream is not what takes the time. */
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
  /** How it is, or ended. */
  state(): Promise<string>;
  stop(): Promise<unknown>;
}

async function startPlain(): Promise<Measured> {
  const env = { ...settings, NODE_OPTIONS: `--max-old-space-size=${values.heap}` };
  const { child, url, stop } = await startProcess(env, 'dist/main.js');
  const state = async () => String(child.exitCode ?? child.signalCode ?? 'still there');
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
  const answer = await fetch(server.url, {
    method: 'POST',
    headers: { 'content-type': 'application/json', 'x-APIKey': key },
    body: JSON.stringify(
      rpc('tools/call', {
        name: 'search_businesses',
        arguments: { query: `shop ${number}`, per_page: 100, detail: 'full' },
      }),
    ),
  });
  const { result } = (await answer.json()) as { result: { isError?: boolean; content: { text: string }[] } };
  return result.isError ? JSON.parse(result.content[0]?.text ?? '').error.code : 'ok';
}

let most = 0;
const watch = setInterval(async () => {
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
    const asked = performance.now();
    const code = await search('small', number).catch(() => 'no answer');
    if (code !== 'ok') say(`the other key's call: ${code}`);
    latencies.push(performance.now() - asked);
  }
})();
const calls = Array.from({ length: Number(values.calls) }, (_, number) =>
  search('large', number + 2).catch(() => 'no answer'),
);
const codes = await Promise.all(calls);
running = false;
await other;
clearInterval(watch);

const counts = Object.entries(Object.groupBy(codes, code => code)).map(
  ([code, all]) => `${all?.length} ${code}`,
);
latencies.sort((a, b) => a - b);
say(
  `${values.calls} calls of one key, answers of 0.5 to 3 MB, ${values.image ? `image in ${values.memory}` : `heap of ${values.heap} MB`}`,
);
say(`answered               ${counts.join(', ')} in ${((performance.now() - started) / 1_000).toFixed(1)} s`);
say(`memory of its own      ${atRest.toFixed(0)} MiB before, at most ${most.toFixed(0)} MiB`);
say(
  `another key's calls    ${latencies.length}, p50 ${latencies[latencies.length >> 1]?.toFixed(0)} ms, at most ${latencies.at(-1)?.toFixed(0)} ms`,
);
say(`server                 ${await server.state()}`);
await server.stop();
upstream.closeAllConnections();
upstream.close();
