import { fork } from 'node:child_process';
import { once } from 'node:events';
import { createServer } from 'node:http';
import { join } from 'node:path';
import autocannon from 'autocannon';
import { createSandbox } from '../src/sandbox/sandbox.ts';

/**
 * What a call costs here, beside a bare proxy that makes the same request: alternating rounds in one run, so that
 * only the ratios count. `npm run bench`, about a minute.
 */
const ROUNDS = 3;
const SECONDS = 5;
const CONNECTIONS = 10;

const call = (meta?: object) =>
  JSON.stringify({
    jsonrpc: '2.0',
    id: 1,
    method: 'tools/call',
    params: { name: 'search_businesses', arguments: { per_page: 30 }, ...(meta && { _meta: meta }) },
  });

const MODERN = {
  'io.modelcontextprotocol/protocolVersion': '2026-07-28',
  'io.modelcontextprotocol/clientInfo': { name: 'bench', version: '1' },
  'io.modelcontextprotocol/clientCapabilities': {},
};
const MODERN_HEADERS = {
  'mcp-protocol-version': '2026-07-28',
  'mcp-method': 'tools/call',
  'mcp-name': 'search_businesses',
};

const CONTESTANTS = [
  { name: 'bare proxy', file: 'bench/floor.ts', body: call(), headers: {} },
  { name: 'partoo-mcp, 2025-11-25', file: 'src/main.ts', body: call(), headers: {} },
  { name: 'partoo-mcp, 2026-07-28', file: 'src/main.ts', body: call(MODERN), headers: MODERN_HEADERS },
];

interface Round {
  requestsPerSecond: number;
  p50: number;
  cpuPerCall: number;
}

/** Partoo's page of 30 businesses, served without doing anything for it. */
async function startUpstream() {
  const sandbox = createSandbox();
  const page = await sandbox.app.inject({
    url: '/v2/business/search',
    headers: { 'x-APIKey': 'demo-admin' },
  });
  await sandbox.close();
  const server = createServer((_request, response) => {
    response.writeHead(200, { 'content-type': 'application/json' }).end(page.body);
  }).listen(0, '127.0.0.1');
  await once(server, 'listening');
  return { server, url: `http://127.0.0.1:${(server.address() as { port: number }).port}/v2` };
}

async function start(file: string, partooBaseUrl: string) {
  const root = join(import.meta.dirname, '..');
  const child = fork(join(root, file), {
    execArgv: ['--import', join(root, 'bench/report-cpu.ts')],
    env: {
      ...process.env,
      PARTOO_BASE_URL: partooBaseUrl,
      PORT: '0',
      LOG_LEVEL: 'info',
      RATE_LIMIT_PER_MINUTE: '100000',
    },
    stdio: ['ignore', 'pipe', 'inherit', 'ipc'],
  });
  const origin = await new Promise<string>((resolve, reject) => {
    let output = '';
    // Read to the end of its life: a full pipe would stop the contestant at its next log line.
    child.stdout?.on('data', chunk => {
      output = (output + chunk).slice(0, 10_000);
      const [, origin] = /Server listening at (http:\/\/[\d.:]+)/.exec(output) ?? [];
      if (origin) resolve(origin);
    });
    child.once('exit', () => reject(new Error(`${file} did not start`)));
  });
  return { url: `${origin}/mcp`, child };
}

async function measure(contestant: (typeof CONTESTANTS)[number], partooBaseUrl: string): Promise<Round> {
  const { url, child } = await start(contestant.file, partooBaseUrl);
  const cpu = async () => {
    child.send('cpu');
    const [used] = await once(child, 'message');
    return used as number;
  };
  const fire = (duration: number) =>
    autocannon({
      url,
      duration,
      connections: CONNECTIONS,
      method: 'POST',
      headers: {
        'content-type': 'application/json',
        accept: 'application/json, text/event-stream',
        'x-APIKey': 'bench',
        ...contestant.headers,
      },
      body: contestant.body,
    });
  await fire(2);
  const before = await cpu();
  const result = await fire(SECONDS);
  const used = (await cpu()) - before;
  child.kill();
  if (result.non2xx > 0 || result.errors > 0)
    throw new Error(`${contestant.name}: ${result.non2xx} calls failed`);
  return {
    requestsPerSecond: result.requests.average,
    p50: result.latency.p50,
    cpuPerCall: used / result.requests.total,
  };
}

const median = (values: number[]) => values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)] ?? 0;

const upstream = await startUpstream();
const rounds = new Map<string, Round[]>(CONTESTANTS.map(({ name }) => [name, []]));
for (let round = 1; round <= ROUNDS; round++) {
  for (const contestant of CONTESTANTS) {
    rounds.get(contestant.name)?.push(await measure(contestant, upstream.url));
  }
}
upstream.server.close();

const cpuOf = (name: string) => median(rounds.get(name)?.map(({ cpuPerCall }) => cpuPerCall) ?? []);
const floor = cpuOf('bare proxy');
const lines = CONTESTANTS.map(({ name }) => {
  const own = rounds.get(name) ?? [];
  return [
    name.padEnd(24),
    `${cpuOf(name).toFixed(0)} µs`.padStart(10),
    `${(cpuOf(name) / floor).toFixed(2)} ×`.padStart(8),
    median(own.map(({ requestsPerSecond }) => requestsPerSecond))
      .toFixed(0)
      .padStart(8),
    `${median(own.map(({ p50 }) => p50))} ms`.padStart(7),
  ].join('  ');
});
process.stdout.write(
  `\n${'CPU a call'.padStart(36)}  ${'to floor'.padStart(8)}  ${'calls/s'.padStart(8)}  ${'p50'.padStart(7)}\n${lines.join('\n')}\n`,
);
