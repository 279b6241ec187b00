import { startHelper } from './helper-process.ts';

export interface Flood {
  url: string;
  headers: Record<string, string>;
  /** One per connection, in turn. */
  bodies: string[];
  /** Divided among the connections; each connection uses its keys in turn. */
  keys: string[];
  connections: number;
  calls: number;
  /** For all connections together; absent: as fast as responses arrive. */
  perSecond?: number;
}

export interface FloodResult {
  calls: number;
  seconds: number;
  /** Milliseconds. */
  p50: number;
  p99: number;
  /** Empty if every call got the right response. */
  failures: string[];
}

export interface Pace {
  url: string;
  method: 'GET' | 'POST';
  headers: Record<string, string>;
  /** Used in turn; absent for a GET. */
  bodies?: string[];
  perSecond: number;
  calls: number;
}

export type Job = ({ kind: 'flood' } & Flood) | ({ kind: 'pace' } & Pace);

export type Load = ReturnType<typeof startLoad>;

/** Starts the load generator in its own process (load-process.ts). It runs one job at a time. */
export function startLoad() {
  const helper = startHelper('load-process.ts');
  const run = async (job: Job) => {
    const result = await helper.request(job);
    if ('failed' in result) throw new Error(result.failed);
    return result;
  };
  return {
    flood: (flood: Flood): Promise<FloodResult> => run({ kind: 'flood', ...flood }),
    /** Returns the duration of each call, in milliseconds. */
    pace: (pace: Pace): Promise<number[]> => run({ kind: 'pace', ...pace }),
    stop: helper.stop,
  };
}
