import autocannon, { type Options, type Result } from 'autocannon';
import { Agent, request } from 'undici';
import type { Flood, FloodResult, Job, Pace } from './load.ts';
import { createVerifier, problemWith } from './responses.ts';
import { percentile } from './statistics.ts';

/** A process that generates load: each message is a job, and it replies with the job's result. */

process.on('message', async (job: Job) => {
  try {
    process.send?.(job.kind === 'flood' ? await flood(job) : await pace(job));
  } catch (error) {
    process.send?.({ failed: String(error) });
  }
});
process.once('disconnect', () => process.exit());

/** Makes exactly `calls` calls over the connections, at `perSecond` or as fast as responses arrive. */
async function flood({
  url,
  headers,
  bodies,
  keys,
  connections,
  calls,
  perSecond,
}: Flood): Promise<FloodResult> {
  const faults: string[] = [];
  const times: number[] = [];
  let number = 0;
  let started = 0;
  let ended = 0;
  const callsEach = Math.ceil(calls / connections);
  const options: Options = {
    url,
    method: 'POST',
    headers,
    connections,
    amount: calls,
    ...(perSecond !== undefined && { overallRate: perSecond }),
    // How often autocannon checks whether all calls are done.
    sampleInt: 100,
    timeout: 30,
    verifyBody: createVerifier(fault => faults.push(fault)),
    setupClient(client) {
      const own = number++;
      // All clients are set up at once, so the last one sets the start.
      started = performance.now();
      // Each connection uses its own keys, if there are enough.
      const ownKeys = keys
        .filter((_, index) => index % connections === own % keys.length)
        .slice(0, callsEach);
      const body = bodies[own % bodies.length] ?? '';
      client.setRequests(ownKeys.map(key => ({ headers: { ...headers, 'x-APIKey': key }, body })));
    },
  };
  const { promise, resolve, reject } = Promise.withResolvers<Result>();
  const running = autocannon(options, (error, result) => (error ? reject(error) : resolve(result)));
  running.on('response', (_client, _status, _bytes, ms) => {
    times.push(ms);
    ended = performance.now();
  });
  const { non2xx, errors, mismatches } = await promise;
  const failures = [...new Set(faults)].slice(0, 3);
  if (non2xx > 0) failures.push(`${non2xx} responses other than 2xx`);
  if (errors > 0) failures.push(`${errors} connections or calls failed`);
  if (mismatches > 0) failures.push(`${mismatches} wrong responses`);
  if (times.length !== calls) failures.push(`${times.length} responses to ${calls} calls`);
  return {
    calls: times.length,
    seconds: (ended - started) / 1_000,
    p50: percentile(times, 0.5),
    p99: percentile(times, 0.99),
    failures,
  };
}

/** Starts calls at even intervals. Returns how long each took, in milliseconds. */
async function pace({ url, method, headers, bodies, perSecond, calls }: Pace): Promise<number[]> {
  const agent = new Agent();
  const send = async (number: number) => {
    const body = bodies?.[number % bodies.length];
    const started = performance.now();
    const response = await request(url, { dispatcher: agent, method, headers, body });
    const text = await response.body.text();
    const ms = performance.now() - started;
    const fault = problemWith(text);
    if (fault !== undefined) throw new Error(`${url}: ${fault}`);
    return ms;
  };
  const sent: Promise<number>[] = [];
  const begun = performance.now();
  await new Promise<void>(resolve => {
    const start = () => {
      sent.push(send(sent.length));
      if (sent.length === calls) resolve();
      else setTimeout(start, Math.max(0, begun + (sent.length * 1_000) / perSecond - performance.now()));
    };
    start();
  });
  const times = await Promise.all(sent);
  await agent.close();
  return times;
}
