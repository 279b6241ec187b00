import { startHelper } from './helper-process.ts';

export interface Arrivals {
  /** Searches for businesses. */
  pages: number;
  /** Requests for the organization of a key. */
  lookups: number;
}

export type Upstream = Awaited<ReturnType<typeof startUpstream>>;

/** Starts the stand-in for Partoo in its own process (upstream-process.ts). */
export async function startUpstream() {
  const helper = startHelper('upstream-process.ts');
  return {
    url: (await helper.nextMessage()) as string,
    /** Returns the arrivals since the last call. */
    arrivals: (): Promise<Arrivals> => helper.request('arrivals'),
    stop: helper.stop,
  };
}
