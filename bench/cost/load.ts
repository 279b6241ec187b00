import { startHelper } from './helper-process.ts';

export interface Flood {
  url: string;
  headers: Record<string, string>;
  /** By connection; the first again after the last. */
  bodies: string[];
  /** Dealt out to the connections, each of which uses its own in turn. */
  keys: string[];
  connections: number;
  calls: number;
  /** Of all connections together; without it as fast as answers come. */
  perSecond?: number;
}

export interface FloodResult {
  calls: number;
  seconds: number;
  /** Milliseconds. */
  p50: number;
  p99: number;
  /** What was not as it should be: none if every call was answered right. */
  failures: string[];
}

export interface Pace {
  url: string;
  method: 'GET' | 'POST';
  headers: Record<string, string>;
  /** Taken in turn; none for a GET. */
  bodies?: string[];
  perSecond: number;
  calls: number;
}

export type Job = ({ kind: 'flood' } & Flood) | ({ kind: 'pace' } & Pace);

export type Load = ReturnType<typeof startLoad>;

/** The callers, in a process of their own (load-process.ts). One job at a time. */
export function startLoad() {
  const helper = startHelper('load-process.ts');
  const ask = async (job: Job) => {
    const result = await helper.ask(job);
    if ('failed' in result) throw new Error(result.failed);
    return result;
  };
  return {
    flood: (flood: Flood): Promise<FloodResult> => ask({ kind: 'flood', ...flood }),
    /** Milliseconds, of each call. */
    pace: (pace: Pace): Promise<number[]> => ask({ kind: 'pace', ...pace }),
    stop: helper.stop,
  };
}
