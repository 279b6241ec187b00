import { expect } from 'vitest';
import type { Machine } from './command.ts';
import { type Errand, newMessage, steps } from './smoke-scenario.ts';

interface Continuation {
  listTools: string;
  call: string;
  tells?: string;
  told?: object;
}

/**
 * Runs TypeScript of the README as a program of its own, with the key in its environment, and goes on with the errand.
 * `listTools` and `call` are the client's own ways, as source: expressions that use what the snippet has declared.
 * `tells` is such an expression too, and `told` what it must be.
 */
export async function runSnippet(
  { run }: Machine,
  snippet: string,
  { listTools, call, tells = '{}', told = {} }: Continuation,
): Promise<Errand> {
  const message = newMessage();
  const program = `${snippet}
const listTools = ${listTools};
const call = ${call};
const listed = await listTools();
const answers = [];
for (const step of ${JSON.stringify(steps(message))}) answers.push(await call(step));
const tells = ${tells};
await client.close();
console.log(JSON.stringify({ listed, answers, tells }));
`;
  const args = ['--input-type=module-typescript', '--eval', program];
  const printed = await run(process.execPath, args, { PARTOO_API_KEY: 'demo-admin' });
  const { tells: found, ...errand } = JSON.parse(printed);
  expect(found).toEqual(told);
  return { ...errand, message };
}
