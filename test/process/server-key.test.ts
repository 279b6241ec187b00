import { afterEach, expect, test } from 'vitest';
import { connectV1, errorIn, sendByCurl } from '../support/clients.ts';
import { type ServerProcess, spawnServer, startProcess } from '../support/process.ts';
import { madeToken, type TokenFile, tokenFile } from '../support/token-file.ts';

const DEMO = { PARTOO_ENV: 'demo', PARTOO_API_KEY: 'demo-admin' };
const OPEN = { ...DEMO, HOST: '0.0.0.0', ALLOWED_HOSTS: 'localhost,127.0.0.1' };

let server: ServerProcess | undefined;
let file: TokenFile | undefined;
afterEach(async () => {
  await server?.stop();
  await file?.remove();
  [server, file] = [undefined, undefined];
});

async function start(env: Record<string, string>): Promise<ServerProcess> {
  server = await startProcess(env);
  return server;
}

/** The configuration for Cursor that the process printed. */
async function printed(): Promise<{ output: string; url: string; headers?: Record<string, string> }> {
  await expect.poll(() => server?.output()).toContain('curl -s');
  const output = server?.output() ?? '';
  const [, cursor = ''] = /Cursor.*\n +(\{.*\})/.exec(output) ?? [];
  return { output, ...JSON.parse(cursor).mcpServers.partoo };
}

test('alone on an open host, the process prints a token in snippets that work as they are, and logs it nowhere', async () => {
  await start(OPEN);
  const { output, url, headers = {} } = await printed();
  expect(url).toMatch(/^http:\/\/localhost:\d+\/mcp$/);
  expect(headers).toEqual({ Authorization: expect.stringMatching(/^Bearer partoo_mcp_[\w-]{43}$/) });
  const client = await connectV1(url.replace('localhost', '127.0.0.1'), headers);
  expect((await client.call('search_businesses')).isError).toBe(false);
  await client.close();

  const [, header = '', body = ''] = /curl -s .* -H '(A.*?)' -d '(.*)'/.exec(output) ?? [];
  const [, token = ''] = /^Authorization: Bearer (.*)$/.exec(header) ?? [];
  const sent = { 'content-type': 'application/json', authorization: `Bearer ${token}` };
  const response = JSON.parse(await sendByCurl(url.replace('localhost', '127.0.0.1'), sent, body));
  expect(response.result.structuredContent.businesses).toHaveLength(3);
  expect(output).toContain(
    `claude mcp add --transport http partoo ${url} --header "Authorization: Bearer ${token}"`,
  );

  const logged = (server as ServerProcess)
    .output()
    .split('\n')
    .filter(line => line.startsWith('{"level"'));
  expect(logged.length).toBeGreaterThan(2);
  expect(logged.join('\n')).not.toContain(token);
});

test('alone on loopback, the snippets need no credentials', async () => {
  await start(DEMO);
  const { url, headers, output } = await printed();
  expect(headers).toBeUndefined();
  expect(output).toContain('need no credentials');
  const client = await connectV1(url);
  expect((await client.call('search_businesses')).isError).toBe(false);
  await client.close();
});

test('with ACCESS_TOKEN set, no token is printed', async () => {
  const token = 'abcdefghijklmnopqrstuvwxyz0123456789';
  await start({ ...OPEN, ACCESS_TOKEN: token });
  const client = await connectV1(server?.url.replace('0.0.0.0', '127.0.0.1') ?? '', { 'x-api-key': token });
  expect((await client.call('search_businesses')).isError).toBe(false);
  await client.close();
  await server?.stop();
  expect(server?.output()).not.toMatch(/partoo_mcp_[\w-]{43}/);
  expect(server?.output()).not.toContain(token);
});

test('SIGHUP reads the team tokens again while calls go on, and a removed one stops working', async () => {
  const [ana, ben] = [madeToken('Ana'), madeToken('Ben')];
  file = await tokenFile([ana.entry]);
  await start({ ...DEMO, TEAM_TOKENS_FILE: file.path });
  const client = await connectV1(server?.url ?? '', { authorization: `Bearer ${ana.token}` });
  expect((await client.call('search_businesses')).isError).toBe(false);

  await file.write('{"tokens": [');
  server?.child.kill('SIGHUP');
  await expect.poll(() => server?.output()).toContain('the team tokens are as before');
  expect((await client.call('search_businesses')).isError).toBe(false);

  await file.write([ben.entry]);
  server?.child.kill('SIGHUP');
  await expect.poll(() => server?.output()).toContain('the team tokens were read again');
  expect(errorIn(await client.call('search_businesses')).code).toBe('invalid_access_token');
  await client.close();
  const later = await connectV1(server?.url ?? '', { authorization: `Bearer ${ben.token}` });
  expect((await later.call('search_businesses')).isError).toBe(false);
  await later.close();
  expect(await server?.stop()).toBe(0);
});

test('a broken file of tokens ends the start and says where', async () => {
  file = await tokenFile('{\n"tokens": [{\n"name": "Ana",\n"hash": "x"}]}');
  const { child, output } = spawnServer({ ...DEMO, TEAM_TOKENS_FILE: file.path });
  await expect.poll(() => child.exitCode, { timeout: 50_000 }).toBe(1);
  expect(output()).toContain(`${file.path}: tokens[0].hash must be the SHA-256 of the token`);
});
