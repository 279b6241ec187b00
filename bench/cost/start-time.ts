import { startProcess } from '../../test/support/process.ts';
import { OUR_FILE } from './baselines.ts';
import { searchCall } from './calls.ts';
import { problemWith } from './responses.ts';
import { ratioOf, type Spread, spreadOf } from './statistics.ts';
import type { Testbed } from './testbed.ts';

const BARE_FILE = 'bench/bare/app.ts';

export interface StartTime {
  /** Milliseconds from the start of the process to its first response. */
  ours: Spread;
  bare: Spread;
  ratio: Spread;
}

/** Measures the time from process start to the first response. For it, our server makes two requests to Partoo. */
export async function measureStarts({ upstream }: Testbed, rounds: number): Promise<StartTime> {
  const ours: number[] = [];
  const bare: number[] = [];
  for (let round = 0; round < rounds; round++) {
    bare.push(await timeStart(BARE_FILE, upstream.url));
    ours.push(await timeStart(OUR_FILE, upstream.url));
  }
  return { ours: spreadOf(ours), bare: spreadOf(bare), ratio: ratioOf(ours, bare) };
}

async function timeStart(file: string, partooBaseUrl: string): Promise<number> {
  const { headers, body } = searchCall('2025-11-25', 1);
  const started = performance.now();
  const server = await startProcess({ NODE_ENV: 'production', PARTOO_BASE_URL: partooBaseUrl }, file);
  const response = await fetch(server.url, {
    method: 'POST',
    headers: { ...headers, 'x-APIKey': 'bench-key-0' },
    body,
  });
  const text = await response.text();
  const ms = performance.now() - started;
  await server.stop('SIGKILL');
  const fault = file === OUR_FILE ? problemWith(text) : undefined;
  if (!response.ok || fault) throw new Error(`${file}: ${response.status}, ${fault}`);
  return ms;
}
