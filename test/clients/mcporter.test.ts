import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { demoAndClient } from '../support/demo.ts';
import { clientSnippet } from '../support/doc-snippets.ts';
import { expectSmokePassed, IN_LYON, runSmokeScenario } from '../support/smoke-scenario.ts';

const { url, machine } = demoAndClient();

test('mcporter, configured as documented, lists, reads and writes', async () => {
  const folder = join(machine().home, '.mcporter');
  await mkdir(folder);
  await writeFile(join(folder, 'mcporter.json'), clientSnippet('mcporter', 'json', { url: url() }));
  const runCommand = async (command: string, ...args: string[]) =>
    JSON.parse(await machine().run(command, args, { PARTOO_API_KEY: 'demo-admin' }));
  const mcporter = (...args: string[]) => runCommand('npx', 'mcporter', ...args);
  expect(
    await runCommand('sh', '-c', clientSnippet('mcporter', 'sh', {})),
    'the documented call',
  ).toMatchObject(IN_LYON);

  const run = await runSmokeScenario({
    listTools: async () =>
      (await mcporter('list', 'partoo', '--json')).tools.map(({ name }: { name: string }) => name),
    call: (name, args) =>
      mcporter('call', `partoo.${name}`, ...Object.entries(args).map(([arg, value]) => `${arg}=${value}`)),
  });
  expectSmokePassed(run);
}, 60_000);
