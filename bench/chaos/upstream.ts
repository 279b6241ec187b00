import { createEmulator, type ReceivedRequest } from '../../src/partoo-emulator/emulator.ts';
import { userOfKey } from '../../src/partoo-emulator/model/keys.ts';
import { createRandom } from '../../src/partoo-emulator/model/seeded-random.ts';
import { DELAYED, FAULTS, nameOf, OUTAGE } from './faults.ts';

/**
 * The Partoo emulator in a process of its own, so that it does not slow down the clients. Takes the seed and the time when
 * the data ends as arguments, and the name of a fault mode or `record` as messages.
 */
export interface SeenWrite {
  /** Of the intent, whose content is `chaos {number}`. */
  number: number;
  path: string;
  /** Epoch milliseconds. */
  at: number;
  /** Absent if the response was never sent. */
  status?: number;
  carriedOut: boolean;
  faults: string[];
}

export type FaultMode = keyof typeof FAULT_MODES;

const FAULT_MODES = {
  misbehave: FAULTS,
  'slow down': DELAYED,
  'fail other': [OUTAGE, ...FAULTS],
};

export interface UpstreamRecord {
  requests: number;
  faults: Record<string, number>;
  /** Organization → when its requests came, epoch milliseconds in order. */
  arrivals: Record<string, number[]>;
  writes: SeenWrite[];
}

const [seed, now] = process.argv.slice(2).map(Number);

const emulator = createEmulator({
  now: new Date(now ?? 0),
  random: createRandom(seed ?? 0).next,
  // Never reached: the 429s of this run are faults.
  rateLimitPerMinute: 1_000_000,
  requestsKept: 1_000_000,
});

process.on('message', message => {
  if (message === 'record') {
    process.send?.(recordOf(emulator.requests));
    return;
  }
  emulator.faults.clear();
  for (const fault of FAULT_MODES[message as FaultMode]) emulator.faults.add(fault);
  process.send?.('done');
});

function recordOf(requests: ReceivedRequest[]): UpstreamRecord {
  const faults: Record<string, number> = {};
  for (const name of requests.flatMap(request => request.faults.map(nameOf))) {
    faults[name] = (faults[name] ?? 0) + 1;
  }
  const arrivals: UpstreamRecord['arrivals'] = {};
  for (const { headers, at } of requests) {
    const organization = userOfKey(headers['x-apikey'])?.org_id;
    if (organization === undefined) continue;
    arrivals[organization] ??= [];
    arrivals[organization].push(at);
  }
  return { requests: requests.length, faults, arrivals, writes: requests.flatMap(toWrite) };
}

function toWrite({
  method,
  path,
  body,
  at,
  status,
  carriedOut = false,
  faults,
}: ReceivedRequest): SeenWrite[] {
  if (method === 'GET') return [];
  // The name of the field depends on the tool.
  const [, number] = /"\s*chaos (\d+)\b/.exec(JSON.stringify(body) ?? '') ?? [];
  return [{ number: Number(number), path, at, status, carriedOut, faults: faults.map(nameOf) }];
}

process.send?.(await emulator.listen());
