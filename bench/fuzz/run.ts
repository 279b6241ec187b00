import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { parseArgs } from 'node:util';
import fc from 'fast-check';
import { createEmulator } from '../../src/partoo-emulator/emulator.ts';
import { post } from '../../test/support/post.ts';
import { startProcess } from '../../test/support/process.ts';
import { MEASURABLE, measure } from '../chaos/memory.ts';
import { print } from '../support/print.ts';
import { openIdle } from './idle.ts';
import { inputs } from './inputs.ts';
import { judge, judgeRequest } from './judge.ts';
import { createSender } from './send.ts';

/**
 * Sends requests that no client should send, and checks the responses. `npm run fuzz -- --requests 10000 --seed 7`; the
 * default takes some minutes. The same seed sends the same requests.
 */
const { values } = parseArgs({
  options: {
    requests: { type: 'string', default: '100000' },
    idle: { type: 'string', default: '10000' },
    seed: { type: 'string', default: '1' },
  },
});
const [requests, idle, seed] = [Number(values.requests), Number(values.idle), Number(values.seed)];
const CHUNK = 1_000;
const AT_ONCE = 32;
const SHOWN = 5;
/** By then the server has closed idle connections: 20 s for headers, and the interval of its check. */
const IDLE_ENDS_MS = 30_000;
/** Limit of CPU time for one turn of the event loop: no other client is served meanwhile. */
const MAX_TURN_MS = 500;

const partoo = createEmulator({ rateLimitPerMinute: 1_000_000_000 });
const server = await startProcess({
  PARTOO_BASE_URL: await partoo.listen(),
  RATE_LIMIT_PER_MINUTE: '100000',
  RATE_LIMIT_MAX_WAIT_MS: '0',
  TOOL_DEADLINE_MS: '10000',
  BAD_KEYS_PER_MINUTE: '100000',
  // Room for calls beside the idle connections.
  MAX_CONNECTIONS: String(idle + 100),
  NODE_OPTIONS: `${MEASURABLE.NODE_OPTIONS} --import ${join(import.meta.dirname, 'report-turns.ts')}`,
});
let exited: string | undefined;
server.child.once('exit', (code, signal) => {
  exited = `the server ended: ${code ?? signal}`;
});
const complaints = new Map<string, number>();
let rest = '';
server.child.stdout?.on('data', (data: string) => {
  const lines = (rest + data).split('\n');
  rest = lines.pop() ?? '';
  for (const line of lines) {
    if (!/^\{"level":[56]0/.test(line)) continue;
    const { msg, cause } = JSON.parse(line);
    const what = `${msg}: ${cause?.stack ?? ''}`.slice(0, 600);
    complaints.set(what, (complaints.get(what) ?? 0) + 1);
  }
});
const inMemory = async () => {
  const { rss, heapUsed } = await measure({ server });
  return `${Math.round(rss)} (${heapUsed.toFixed(1)})`;
};

const outcomes = new Map<string, Map<string, number>>();
const problems = new Map<string, { count: number; example: string }>();
const complain = (problem: string, example: string) => {
  const known = problems.get(problem);
  if (known) known.count++;
  else problems.set(problem, { count: 1, example });
};
const memory = [`${await inMemory()} at the start`];
let slowestMs = 0;
let reachedPartoo = 0;

const sender = createSender(server.origin);
const started = performance.now();
for (let sent = 0; sent < requests && !exited; sent += CHUNK) {
  const chunk = fc.sample(inputs, {
    numRuns: Math.min(CHUNK, requests - sent),
    seed: seed * 1_000_003 + sent,
  });
  const next = chunk.values();
  await Promise.all(
    Array.from({ length: AT_ONCE }, async () => {
      for (const input of next) {
        const sentAt = performance.now();
        const reply = await sender
          .send(input)
          .catch((error: Error) => ({ status: 'closed' as const, contentType: '', body: error.message }));
        slowestMs = Math.max(slowestMs, performance.now() - sentAt);
        const statuses = outcomes.get(input.kind) ?? new Map<string, number>();
        outcomes.set(
          input.kind,
          statuses.set(String(reply.status), (statuses.get(String(reply.status)) ?? 0) + 1),
        );
        const problem = judge(input, reply);
        const shown = 'bytes' in input ? input.bytes : `${JSON.stringify(input.headers)} ${input.body}`;
        if (problem)
          complain(
            `${input.kind}: ${problem}`,
            `${String(shown).slice(0, 500)}\n    → ${reply.body.slice(0, 300)}`,
          );
      }
    }),
  );
  for (const request of partoo.requests.splice(0)) {
    reachedPartoo++;
    const problem = judgeRequest(request);
    if (problem) complain(problem, request.url);
  }
  if ((sent / CHUNK) % 10 === 9) {
    memory.push(`${await inMemory()} after ${sent + CHUNK}`);
    print(`${sent + CHUNK} sent, ${Math.round((performance.now() - started) / 1_000)} s`);
  }
}
const seconds = (performance.now() - started) / 1_000;
await sender.close();

const LIST = { method: 'tools/list' };
const sockets = exited ? [] : await openIdle(server.origin, idle);
const memoryWithIdle = exited ? '' : await inMemory();
const sentAt = performance.now();
const amongIdle = await post(server.url, LIST).catch((error: Error) => ({ status: error.message }));
const amongIdleMs = performance.now() - sentAt;
await sleep(IDLE_ENDS_MS);
const stillOpen = sockets.filter(socket => !socket.closed).length;
for (const socket of sockets) socket.destroy();
const afterwards = await post(server.url, LIST).catch((error: Error) => ({ status: error.message }));

print(
  `\n${requests} requests, seed ${seed}, ${Math.round(seconds)} s, ${Math.round(requests / seconds)} per second\n`,
);
for (const [kind, statuses] of [...outcomes].toSorted()) {
  const counts = [...statuses].toSorted().map(([status, count]) => `${status}: ${count}`);
  print(`${kind.padEnd(22)} ${counts.join(', ')}`);
}
print(`\n${reachedPartoo} requests reached Partoo\nslowest response ${Math.round(slowestMs)} ms`);
print(`memory in MiB (live heap after gc): ${memory.join(', ')}`);
print(
  `${idle} idle connections: ${memoryWithIdle} MiB, a call beside them ${amongIdle.status} in ${Math.round(amongIdleMs)} ms, ` +
    `${stillOpen} still open ${IDLE_ENDS_MS / 1_000} s later, then ${afterwards.status}`,
);

const died = exited;
const code = died ? 0 : await server.stop();
await partoo.close();
const longestTurnMs = Number(/"longestTurnMs":(\d+)/.exec(server.output())?.[1]);
if (died) complain(died, server.output().slice(-2_000));
else {
  print(`longest turn of the event loop: ${longestTurnMs} ms of CPU time`);
  if (!(longestTurnMs <= MAX_TURN_MS)) complain(`a turn of the event loop took ${longestTurnMs} ms`, '');
}
if (code !== 0) complain(`exit code ${code}`, '');
if (amongIdle.status !== 200 || afterwards.status !== 200 || stillOpen > 0) complain('idle connections', '');
for (const [line, count] of complaints) complain(`logged at level error, ${count} times`, line);
for (const [problem, { count, example }] of [...problems].slice(0, SHOWN)) {
  print(`\nFAULT, ${count} times: ${problem}\n    ${example}`);
}
print(
  problems.size === 0
    ? '\nNo crash, no internal error, no request outside the known paths.'
    : `\n${problems.size} faults`,
);
process.exit(problems.size === 0 ? 0 : 1);
