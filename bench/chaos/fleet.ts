import type { ChildProcess } from 'node:child_process';
import type { Random } from '../../src/partoo-emulator/model/seeded-random.ts';
import { type ServerProcess, startProcess } from '../../test/support/process.ts';

export interface Member {
  /** `A`, `B`, `C`; the one that replaces `B` is `B2`. */
  name: string;
  server: ServerProcess;
  /** By this run: from then on its connections may break. */
  killed: boolean;
  /** Log lines of level error or fatal, and lines on stderr. */
  complaints: string[];
}

export type Fleet = Awaited<ReturnType<typeof startFleet>>;

type Env = Record<string, string>;

/** Starts server processes like replicas behind a load balancer. */
export async function startFleet(envOf: (place: string) => Env, names: readonly string[]) {
  const start = async (place: string, name = place): Promise<Member> => {
    const member = { name, server: await startProcess(envOf(place)), killed: false, complaints: [] };
    listen(member);
    return member;
  };
  const everyone = await Promise.all(names.map(name => start(name)));
  const living = () => everyone.filter(({ killed, server: { child } }) => !killed && endOf(child) === null);

  return {
    everyone,
    living,
    /** A living one, other than `not` if possible. */
    pick(random: Random, not?: Member): Member {
      const others = living().filter(member => member !== not);
      return random.pick(others.length > 0 ? others : living());
    },
    /** Replaces a server after SIGKILL. */
    async replace(name: string): Promise<void> {
      const member = everyone.find(member => member.name === name);
      if (!member) throw new Error(`there is no server ${name}`);
      // Out of the pool first: no call is sent to a dead server.
      member.killed = true;
      await member.server.stop('SIGKILL');
      everyone.push(await start(name, `${name}2`));
    },
    /** SIGTERM, as in a deployment. Returns complaints about servers that did not exit cleanly. */
    async stop(): Promise<string[]> {
      const kept = everyone.filter(({ killed }) => !killed);
      const ends = kept.map(async ({ name, server: { child, stop } }) => {
        const ended = endOf(child);
        if (ended !== null) return [`${name} had ended by itself with ${ended}`];
        const code = await stop();
        return code === 0 ? [] : [`${name} ended with ${code} after SIGTERM`];
      });
      return (await Promise.all(ends)).flat();
    },
  };
}

const endOf = (child: ChildProcess) => child.exitCode ?? child.signalCode;

function listen({ server: { child }, complaints }: Member): void {
  let unfinished = '';
  child.stdout?.on('data', (data: string) => {
    const lines = (unfinished + data).split('\n');
    unfinished = lines.pop() ?? '';
    complaints.push(...lines.filter(line => /^\{"level":[56]0,/.test(line)));
  });
  child.stderr?.on('data', (data: string) => complaints.push(data.trim()));
}
