import { afterAll, beforeAll } from 'vitest';
import { freshMachine, type Machine } from './command.ts';
import { type ServerProcess, startProcess } from './process.ts';

/** The demo as people start it, and a machine for a client of it. To be called in a test file. */
export function demoAndClient(): { url(): string; machine(): Machine } {
  let demo: ServerProcess;
  let machine: Machine;
  beforeAll(async () => {
    [demo, machine] = await Promise.all([startProcess({ PARTOO_ENV: 'demo' }), freshMachine()]);
  });
  afterAll(() => Promise.all([demo?.stop(), machine?.remove()]));
  return { url: () => demo.url, machine: () => machine };
}
