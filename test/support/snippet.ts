import { expect } from 'vitest';
import type { Machine } from './command.ts';
import { newMessage, type SmokeRun, steps } from './smoke-scenario.ts';

interface Continuation {
  listTools: string;
  call: string;
  reports?: string;
  expected?: object;
}

/**
 * Runs a TypeScript snippet of the documentation in a process of its own, with the key in its environment, and then the smoke
 * scenario. `listTools`, `call` and `reports` are source: expressions over what the snippet declares. `reports` must
 * equal `expected`.
 */
export async function runSnippet(
  machine: Machine,
  snippet: string,
  { listTools, call, reports = '{}', expected = {} }: Continuation,
): Promise<SmokeRun> {
  const message = newMessage();
  const program = `${snippet}
const listTools = ${listTools};
const call = ${call};
const listed = await listTools();
const results = [];
for (const step of ${JSON.stringify(steps(message))}) results.push(await call(step));
const reports = ${reports};
await client.close();
console.log(JSON.stringify({ listed, results, reports }));
`;
  const args = ['--input-type=module-typescript', '--eval', program];
  const printed = await machine.run(process.execPath, args, { PARTOO_API_KEY: 'demo-admin' });
  const { reports: reported, ...run } = JSON.parse(printed);
  expect(reported).toEqual(expected);
  return { ...run, message };
}
