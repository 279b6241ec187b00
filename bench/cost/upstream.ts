import { startHelper } from './helper-process.ts';

export interface Arrivals {
  /** Searches for businesses. */
  pages: number;
  /** Questions whose key it is. */
  lookUps: number;
}

export type Upstream = Awaited<ReturnType<typeof startUpstream>>;

/** Partoo's part, in a process of its own (upstream-process.ts). */
export async function startUpstream() {
  const helper = startHelper('upstream-process.ts');
  return {
    url: (await helper.told()) as string,
    /** What has arrived since this was asked last. */
    arrivals: (): Promise<Arrivals> => helper.ask('tell'),
    stop: helper.stop,
  };
}
