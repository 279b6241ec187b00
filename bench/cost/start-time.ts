import { startProcess } from '../../test/support/process.ts';
import { faultOf } from './answers.ts';
import { OUR_FILE } from './baselines.ts';
import { searchCall } from './calls.ts';
import type { Stage } from './environment.ts';
import { ratioOf, type Spread, spreadOf } from './statistics.ts';

const BARE_FILE = 'bench/bare/app.ts';

export interface StartTime {
  /** Milliseconds from the start of the process to the answer. */
  ours: Spread;
  bare: Spread;
  ratio: Spread;
}

/** How long it takes from the start of a process to its first answer. Ours asks Partoo for it, twice. */
export async function measureStarts({ upstream }: Stage, rounds: number): Promise<StartTime> {
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
  const answer = await fetch(server.url, {
    method: 'POST',
    headers: { ...headers, 'x-APIKey': 'bench-key-0' },
    body,
  });
  const text = await answer.text();
  const ms = performance.now() - started;
  await server.stop('SIGKILL');
  const fault = file === OUR_FILE ? faultOf(text) : undefined;
  if (!answer.ok || fault) throw new Error(`${file}: ${answer.status}, ${fault}`);
  return ms;
}
