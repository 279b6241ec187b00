import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { demoAndClient } from '../support/demo.ts';
import { clientSnippet } from '../support/doc-snippets.ts';
import { expectDone, IN_LYON, runErrand } from '../support/smoke-scenario.ts';

const { url, machine } = demoAndClient();

test('mcporter, configured as documented, lists, reads and writes', async () => {
  const folder = join(machine().home, '.mcporter');
  await mkdir(folder);
  await writeFile(join(folder, 'mcporter.json'), clientSnippet('mcporter', 'json', { url: url() }));
  const run = async (command: string, ...args: string[]) =>
    JSON.parse(await machine().run(command, args, { PARTOO_API_KEY: 'demo-admin' }));
  const ask = (...args: string[]) => run('npx', 'mcporter', ...args);
  expect(await run('sh', '-c', clientSnippet('mcporter', 'sh', {})), 'its own call').toMatchObject(IN_LYON);

  const errand = await runErrand({
    listTools: async () =>
      (await ask('list', 'partoo', '--json')).tools.map(({ name }: { name: string }) => name),
    call: (name, args) =>
      ask('call', `partoo.${name}`, ...Object.entries(args).map(([arg, value]) => `${arg}=${value}`)),
  });
  expectDone(errand);
}, 60_000);
