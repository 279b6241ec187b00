import { execFile } from 'node:child_process';
import { readFile, stat, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { hashToken } from '../../../src/http/authentication/shared-key-tokens/token.ts';
import { runTokenCommand } from '../../../src/http/authentication/shared-key-tokens/token-command.ts';
import { readTokenFile } from '../../../src/http/authentication/shared-key-tokens/token-file.ts';
import { type TokenFile, tokenFile } from '../../support/token-file.ts';

const ROOT = join(import.meta.dirname, '../../..');

let file: TokenFile;
beforeEach(async () => {
  file = await tokenFile();
});
afterEach(() => file.remove());

const run = (...args: string[]) => runTokenCommand(args, file.path);

test('add prints a token once, and the file has its hash, its scope and its end', async () => {
  const { result, note } = await run(
    'add',
    'Ana',
    '--readonly',
    '--toolsets',
    'reviews, Posts',
    '--expires',
    '2999-01-31',
  );
  expect(result).toMatch(/^partoo_mcp_[\w-]{43}$/);
  expect(note).toContain('access token of Ana (reads; reviews, posts; until 2999-01-31)');
  expect(note).not.toContain(result);
  expect(await readTokenFile(file.path)).toEqual([
    {
      name: 'Ana',
      hash: hashToken(result ?? ''),
      readonly: true,
      toolsets: ['reviews', 'posts'],
      expires: '2999-01-31',
    },
  ]);
  expect(await readFile(file.path, 'utf8')).not.toContain(result);
});

test('list shows who has a token, for what, and which have expired, but no hash', async () => {
  await file.write([
    { name: 'Ana', hash: 'a'.repeat(64), readonly: true, expires: '2020-01-31' },
    { name: 'Nightly report', hash: 'b'.repeat(64) },
  ]);
  expect((await run('list')).result).toBe(
    'Ana             reads; all toolsets; expired 2020-01-31\nNightly report  reads and writes; all toolsets',
  );
});

test('remove revokes the token of one person', async () => {
  await run('add', 'Ana');
  await run('add', 'Ben');
  await run('remove', 'ana');
  expect((await readTokenFile(file.path)).map(({ name }) => name)).toEqual(['Ben']);
});

test.each([
  [['add'], 'add takes one name'],
  [['add', 'Ana', 'Maria'], 'a name with spaces needs quotes'],
  [['add', 'Ana\n'.padEnd(102, 'a')], 'name: must be a name'],
  [['add', 'Ana', '--toolsets', 'review'], '"review" (did you mean reviews?)'],
  [['add', 'Ana', '--toolsets', ''], 'toolsets: Not a toolset: ""'],
  [['add', 'Ana', '--expires', 'soon'], 'expires: must be a date such as 2027-01-31'],
  [['add', 'Ana', '--expires', '2020-01-31'], '--expires is in the past'],
  [['add', 'Ana', '--read-only'], "Unknown option '--read-only'"],
  [['add', 'taken'], 'taken has a token already; remove it first'],
  [['remove', 'Taken2'], 'Taken2 has no token; did you mean Taken?'],
  [['remove', 'Taken', '--readonly'], 'Only add takes --readonly'],
  [['revoke', 'Taken'], 'There is no command "revoke"; did you mean remove?'],
  [['list', 'Taken'], 'list takes no name'],
])('%j changes nothing and says why in one sentence', async (args, problem) => {
  await run('add', 'Taken');
  const before = await readFile(file.path, 'utf8');
  const refusal: Error = await run(...args).then(
    () => Promise.reject(new Error('done')),
    error => error,
  );
  expect(refusal.message).toContain(problem);
  expect(refusal.message).not.toContain('\n');
  expect(await readFile(file.path, 'utf8')).toBe(before);
});

test('without a file it says how to name one', async () => {
  await expect(runTokenCommand(['list'], undefined)).rejects.toThrow('set TEAM_TOKENS_FILE, or pass --file');
});

test('a broken file is left as it is', async () => {
  await file.write('{"tokens": [{"name": "Ana"}]}');
  await expect(run('add', 'Ben')).rejects.toThrow(`${file.path}: tokens[0].hash`);
  expect(await readFile(file.path, 'utf8')).toBe('{"tokens": [{"name": "Ana"}]}');
});

test('two changes at once: the later one is refused, and loses nothing of the earlier', async () => {
  await writeFile(`${file.path}.new`, '');
  await expect(run('add', 'Ana')).rejects.toThrow('another change is under way');
});

test('as a command it creates the file for its owner alone, and puts only the token on stdout', async () => {
  const path = `${file.path}-new`;
  const command = ['src/token.ts', 'add', 'Ana', '--file', path];
  const { stdout, stderr } = await promisify(execFile)(process.execPath, command, { cwd: ROOT });
  expect(stdout).toMatch(/^partoo_mcp_[\w-]{43}\n$/);
  expect(stderr).toContain('It is shown only now.');
  expect((await stat(path)).mode & 0o777).toBe(0o600);
  const refused = promisify(execFile)(process.execPath, command, { cwd: ROOT });
  await expect(refused).rejects.toMatchObject({
    code: 1,
    stderr: 'Ana has a token already; remove it first.\n',
  });
});
