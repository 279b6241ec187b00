import { type ChildProcess, spawn } from 'node:child_process';
import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Readable } from 'node:stream';
import { text } from 'node:stream/consumers';
import { Client } from '@modelcontextprotocol/sdk/client/index.js';
import { StdioClientTransport } from '@modelcontextprotocol/sdk/client/stdio.js';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { freshMachine, type Machine } from '../../support/command.ts';
import { freePort } from '../../support/free-port.ts';
import { signInAs } from '../../support/person.ts';
import { type SignInServer, startWithPages } from '../../support/sign-in-visitor.ts';
import { expectSmokePassed, IN_LYON, runSmokeScenario, throughSdk } from '../../support/smoke-scenario.ts';

/** Programs that open a browser for the sign-in, and listen on loopback for its end. */

const ADMIN = { key: 'demo-admin' };
const SIGN_IN_MS = 30_000;
/** The person of these tests is no program that could be opened. */
const NO_BROWSER = { BROWSER: 'true' };

let server: SignInServer;
let machine: Machine;
beforeAll(async () => {
  [server, machine] = await Promise.all([startWithPages(), freshMachine()]);
});
afterAll(() => Promise.all([server?.close(), machine?.remove()]));

/** Signs in on the page whose URL a program prints, and comes back to the program. */
async function signInOnPrintedPage(output: Readable): Promise<void> {
  let printed = '';
  const url = await new Promise<string>((resolve, reject) => {
    const timer = setTimeout(() => reject(new Error(`no URL of a sign-in in: ${printed}`)), SIGN_IN_MS);
    output.setEncoding('utf8').on('data', (data: string) => {
      printed += data;
      const [found] = /http:\/\/127\.0\.0\.1:\d+\/oauth\/authorize\?\S+(?=\s)/.exec(printed) ?? [];
      if (found === undefined) return;
      clearTimeout(timer);
      resolve(found);
    });
  });
  const callback = await signInAs(url, ADMIN);
  // The program prints the URL before it listens; a person takes longer than that.
  await expect
    .poll(() =>
      fetch(callback).then(
        ({ status }) => status,
        () => 'not listening',
      ),
    )
    .toBe(200);
}

test('mcp-remote opens the sign-in, forwards for the person, and needs no second sign-in', async () => {
  const connect = async (signsIn: boolean) => {
    const transport = new StdioClientTransport({
      command: 'npx',
      args: ['-y', 'mcp-remote', server.url, `${await freePort()}`],
      env: { ...machine.env, ...NO_BROWSER },
      stderr: 'pipe',
    });
    const client = new Client({ name: 'a-desktop', version: '1.0.0' });
    const stderr = transport.stderr as Readable;
    const signedIn = signsIn ? signInOnPrintedPage(stderr) : undefined;
    await Promise.all([client.connect(transport), signedIn]);
    return client;
  };
  const first = await connect(true);
  expectSmokePassed(await runSmokeScenario(throughSdk(first)));
  await first.close();

  const second = await connect(false);
  expect(await throughSdk(second).call('search_businesses', { city: 'Lyon' })).toMatchObject(IN_LYON);
  await second.close();
  const folder = join(machine.home, '.mcp-auth');
  const files = await readdir(folder, { recursive: true, withFileTypes: true });
  for (const file of files.filter(entry => entry.isFile())) {
    const content = await readFile(join(file.parentPath, file.name), 'utf8');
    expect(content, 'a client never sees the key of Partoo').not.toContain('demo-admin');
  }
}, 90_000);

test('the MCP Inspector on the command line signs in, and keeps its tokens for the next call', async () => {
  const callbackUrl = `http://127.0.0.1:${await freePort()}/oauth/callback`;
  const call = ['--method', 'tools/call', '--tool-name', 'search_businesses', '--tool-arg', 'city=Lyon'];
  const run = (...more: string[]): ChildProcess =>
    spawn('npx', ['-y', '@modelcontextprotocol/inspector', '--cli', server.url, ...more, ...call], {
      env: {
        ...machine.env,
        ...NO_BROWSER,
        MCP_AUTO_OPEN_ENABLED: 'true',
        MCP_INSPECTOR_SECRET_STORE: 'file',
      },
      stdio: ['ignore', 'pipe', 'pipe'],
    });
  const resultOf = async ({ stdout, stderr }: ChildProcess) => {
    const [printed, complaints] = await Promise.all([text(stdout as Readable), text(stderr as Readable)]);
    expect(printed, complaints).not.toBe('');
    return JSON.parse(printed).structuredContent;
  };
  const first = run('--callback-url', callbackUrl);
  const [result] = await Promise.all([resultOf(first), signInOnPrintedPage(first.stderr as Readable)]);
  expect(result).toMatchObject(IN_LYON);
  expect(await resultOf(run('--stored-auth-only'))).toMatchObject(IN_LYON);
}, 90_000);
