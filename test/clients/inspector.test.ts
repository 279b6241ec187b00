import { expect, test } from 'vitest';
import { demoAndClient } from '../support/demo.ts';
import { clientSnippet } from '../support/doc-snippets.ts';
import { expectSmokePassed, IN_LYON, runSmokeScenario } from '../support/smoke-scenario.ts';

const { url, machine } = demoAndClient();

test('the MCP Inspector on the command line, as documented, lists, reads and writes', async () => {
  const command = clientSnippet('MCP Inspector', 'sh', { url: url(), key: 'demo-admin' });
  const [connect = ''] = command.split('--method ');
  const runLine = async (line: string) => JSON.parse(await machine().run('sh', ['-c', line]));
  const runMethod = (rest: string) => runLine(connect + rest);
  expect((await runLine(command)).structuredContent, 'the documented call').toMatchObject(IN_LYON);

  const run = await runSmokeScenario({
    listTools: async () =>
      (await runMethod('--method tools/list')).tools.map(({ name }: { name: string }) => name),
    call: async (name, args) => {
      const pairs = Object.entries(args).map(([arg, value]) => `--tool-arg '${arg}=${value}'`);
      const line = `--method tools/call --tool-name ${name} ${pairs.join(' ')}`;
      return (await runMethod(line)).structuredContent;
    },
  });
  expectSmokePassed(run);
}, 60_000);
