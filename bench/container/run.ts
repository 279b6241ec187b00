import { setTimeout as sleep } from 'node:timers/promises';
import { parseArgs } from 'node:util';
import autocannon from 'autocannon';
import { rpc } from '../../test/support/rpc.ts';
import { startUpstream } from '../chaos/upstream-process.ts';
import { docker, startImage } from '../support/image.ts';
import { ownMiB } from '../support/own-memory.ts';
import { print } from '../support/print.ts';

/**
 * Puts the image under load with little memory: pages of 30 rows, and full pages of 100, which exceed the token budget. Then
 * stops it with a call in flight. Needs Docker and the image:
 * `docker build -t partoo-mcp . && npm run bench:container` takes a minute; `--memory 512m --connections 50` sets other limits.
 */
const { values } = parseArgs({
  options: {
    image: { type: 'string', default: 'partoo-mcp' },
    memory: { type: 'string', default: '256m' },
    seconds: { type: 'string', default: '60' },
    connections: { type: 'string', default: '20' },
  },
});
const { image, memory } = values;
const MIB = 1024 * 1024;

const upstream = await startUpstream(1, new Date());
const settings = { PARTOO_BASE_URL: upstream.url, RATE_LIMIT_PER_MINUTE: '100000' };
const { container, origin, pid } = await startImage(image, memory, settings);

const call = (name: string, args: object) => ({
  method: 'POST' as const,
  path: '/mcp',
  headers: { 'content-type': 'application/json', accept: 'application/json', 'x-APIKey': 'demo-admin' },
  body: JSON.stringify(rpc('tools/call', { name, arguments: args })),
});
const SMALL = [
  call('search_businesses', { per_page: 30 }),
  call('search_reviews', { per_page: 30 }),
  call('list_conversations', { per_page: 30 }),
];
const LARGE = [
  call('search_reviews', { per_page: 100, detail: 'full' }),
  call('search_businesses', { per_page: 100, detail: 'full' }),
];
const requests = [...SMALL, ...SMALL, ...SMALL, ...LARGE];

let most = 0;
const sampling = setInterval(async () => {
  most = Math.max(most, await ownMiB(pid));
}, 250);

const load = await autocannon({
  url: origin,
  connections: Number(values.connections),
  duration: Number(values.seconds),
  timeout: 30,
  requests,
});
clearInterval(sampling);

const inFlight = fetch(`${origin}/mcp`, LARGE[0]).then(response => response.status);
await sleep(20);
await docker('stop', '-t', '60', container);
const [code, oomKilled] = (
  await docker('inspect', '--format', '{{.State.ExitCode}} {{.State.OOMKilled}}', container)
).split(' ');
const bytes = Number(await docker('image', 'inspect', '--format', '{{.Size}}', image));
const log = await docker('logs', container);
await upstream.stop();

const failed = load.non2xx + load.errors + load.timeouts;
// autocannon abandons the last calls, so `cancelled` is no error.
const toolErrors = log.split('\n').filter(line => /"outcome":"(?!ok|cancelled)/.test(line)).length;
print(`${memory} of memory, ${values.connections} connections, ${load.duration.toFixed(0)} s`);
print(`successful responses   ${load['2xx']} (${load.requests.average.toFixed(0)} per second)`);
print(`other responses, none  ${failed}`);
print(`tool errors            ${toolErrors}`);
print(`latency                p50 ${load.latency.p50} ms, p99 ${load.latency.p99} ms`);
print(`own memory             at most ${most.toFixed(0)} MiB; killed for memory: ${oomKilled}`);
print(`exit code              ${code}; the call in flight got ${await inFlight}`);
print(`image                  ${(bytes / MIB).toFixed(0)} MiB`);
for (const line of log
  .split('\n')
  .filter(line => /"level":[456]0/.test(line))
  .slice(0, 5))
  print(line);
process.exitCode = failed + toolErrors === 0 && code === '0' && (await inFlight) === 200 ? 0 : 1;
