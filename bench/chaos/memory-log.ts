import type { Fleet } from './fleet.ts';
import { type Memory, measure } from './memory.ts';
import type { Verdict } from './verdict.ts';

const MAY_GROW_MIB = 20;

/** Records the memory of each server process during the run. */
export function createMemoryLog(fleet: Fleet) {
  const samples: { moment: string; byServer: Map<string, Memory> }[] = [];

  /** A replacement is compared with the server that it replaced. */
  const atStart = (name: string) => {
    const first = samples[0]?.byServer;
    return first?.get(name) ?? first?.get(name.slice(0, 1));
  };
  return {
    async sample(moment: string) {
      const measured = fleet.living().map(async member => [member.name, await measure(member)] as const);
      samples.push({ moment, byServer: new Map(await Promise.all(measured)) });
    },
    lines: () =>
      samples.flatMap(({ moment, byServer }) =>
        [...byServer].map(([name, { rss, heapUsed }]) =>
          [moment.padEnd(24), name.padEnd(3), mib(rss), 'resident', mib(heapUsed), 'heap in use'].join(' '),
        ),
      ),
    judge(): Verdict {
      const failures = [...(samples.at(-1)?.byServer ?? [])].flatMap(([name, { heapUsed }]) => {
        const grown = heapUsed - (atStart(name)?.heapUsed ?? 0);
        return grown <= MAY_GROW_MIB
          ? []
          : [`${name} has ${grown.toFixed(1)} MiB more in use than at the start`];
      });
      return { claim: `memory is back to within ${MAY_GROW_MIB} MiB of where it was`, failures };
    },
  };
}

const mib = (value: number) => `${value.toFixed(1)} MiB`.padStart(10);
