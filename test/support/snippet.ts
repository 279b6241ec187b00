import type { Machine } from './command.ts';
import { type Errand, newMessage, steps } from './errand.ts';

/**
 * Runs TypeScript of the README as a program of its own, with the key in its environment, and goes on with the errand.
 * `listTools` and `call` are the client's own ways, as source: expressions that use what the snippet has declared.
 */
export async function runSnippet(
  { run }: Machine,
  snippet: string,
  { listTools, call }: { listTools: string; call: string },
): Promise<Errand> {
  const message = newMessage();
  const program = `${snippet}
const listTools = ${listTools};
const call = ${call};
const listed = await listTools();
const answers = [];
for (const step of ${JSON.stringify(steps(message))}) answers.push(await call(step));
await client.close();
console.log(JSON.stringify({ listed, answers }));
`;
  const args = ['--input-type=module-typescript', '--eval', program];
  const printed = await run(process.execPath, args, { PARTOO_API_KEY: 'demo-admin' });
  return { ...JSON.parse(printed), message };
}
