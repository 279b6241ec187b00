import { afterAll, beforeAll } from 'vitest';
import { freshMachine, type Machine } from './command.ts';
import { type ServerProcess, startProcess } from './process.ts';

/** Starts the demo and a machine for a client, for the tests of the file that calls it. */
export function demoAndClient(): { url(): string; machine(): Machine } {
  let demo: ServerProcess;
  let machine: Machine;
  beforeAll(async () => {
    [demo, machine] = await Promise.all([startProcess({ PARTOO_ENV: 'demo' }), freshMachine()]);
  });
  afterAll(() => Promise.all([demo?.stop(), machine?.remove()]));
  return { url: () => demo.url, machine: () => machine };
}
