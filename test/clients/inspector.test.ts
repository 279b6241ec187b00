import { expect, test } from 'vitest';
import { demoAndClient } from '../support/demo.ts';
import { expectDone, runErrand } from '../support/errand.ts';
import { readmeBlock } from '../support/readme.ts';

const { url, machine } = demoAndClient();

test('the MCP Inspector on the command line, as the README has it, lists, reads and writes', async () => {
  const command = readmeBlock('MCP Inspector', 'sh', { url: url(), key: 'demo-admin' });
  const [connect, method] = command.split(/--method /);
  expect(method).toBe('tools/call --tool-name search_businesses --tool-arg city=Lyon');
  const ask = async (rest: string) => JSON.parse(await machine().run('sh', ['-c', `${connect} ${rest}`]));

  const errand = await runErrand({
    listTools: async () => (await ask('--method tools/list')).tools.map(({ name }: { name: string }) => name),
    call: async (name, args) => {
      const pairs = Object.entries(args).map(([arg, value]) => `--tool-arg '${arg}=${value}'`);
      const asked = `--method tools/call --tool-name ${name} ${pairs.join(' ')}`;
      return (await ask(asked)).structuredContent;
    },
  });
  expectDone(errand);
}, 60_000);
