import { afterEach, beforeEach, expect, test } from 'vitest';
import { makeToken } from '../../../src/http/authentication/shared-key-tokens/token.ts';
import { readTokenFile } from '../../../src/http/authentication/shared-key-tokens/token-file.ts';
import { madeToken, type TokenFile, tokenFile } from '../../support/token-file.ts';

const ana = madeToken('Ana');
const { hash } = ana.entry;

let file: TokenFile;
beforeEach(async () => {
  file = await tokenFile();
});
afterEach(() => file.remove());

const refusals: [what: string, content: object[] | string, problem: string][] = [
  [
    'a misspelt member',
    [{ name: 'Ana', hash, readonli: true }],
    ': tokens[0] has no member "readonli"; did you mean "readonly"?',
  ],
  ['a flag as text', [{ name: 'Ana', hash, readonly: 'true' }], ': tokens[0].readonly must be true or false'],
  ['a misspelt toolset', [{ name: 'Ana', hash, toolsets: ['review'] }], '(did you mean reviews?)'],
  ['no toolset', [{ name: 'Ana', hash, toolsets: [] }], 'tokens[0].toolsets is empty'],
  [
    'two people of one name',
    [ana.entry, { name: 'ANA ', hash: 'f'.repeat(64) }],
    ': tokens[1].name is that of an earlier token too',
  ],
  ['one token for two', [ana.entry, { name: 'Ben', hash }], 'tokens[1].hash is that of an earlier token too'],
  [
    'a token in place of its hash',
    [{ name: 'Ana', hash: makeToken() }],
    'tokens[0].hash must be the SHA-256',
  ],
  ['a line break in a name', [{ name: 'A\nna', hash }], 'tokens[0].name must be a name'],
  ['an empty name', [{ name: ' ', hash }], 'tokens[0].name must be a name'],
  ['no date', [{ name: 'Ana', hash, expires: 'soon' }], 'tokens[0].expires must be a date'],
  [
    'a date that does not exist',
    [{ name: 'Ana', hash, expires: '2027-02-31' }],
    'tokens[0].expires must be a date',
  ],
  ['a comma too few', '{\n"tokens": [\n{"name": "Ana" "hash": "x"}]}', '(line 3 column 16)'],
  [
    'another member beside the tokens',
    '{"tokens": [], "token": []}',
    ': the file has no member "token"; did you mean "tokens"?',
  ],
  ['a list at the top', '[]', ': the file must be an object'],
  ['nothing', '', ': is not JSON'],
  [
    'more than a thousand tokens',
    Array.from({ length: 1_001 }, (_, i) => ({ name: `${i}`, hash: `${i}`.padStart(64, '0') })),
    'tokens has more than 1000 tokens',
  ],
  ['more than a mebibyte', ' '.repeat(1024 * 1024 + 1), 'is larger than 1 MiB'],
];

test.each(refusals)('a file with %s is refused, and the refusal says where', async (_, content, problem) => {
  await file.write(content);
  const refusal: Error = await readTokenFile(file.path).then(
    () => Promise.reject(new Error('read')),
    error => error,
  );
  expect(refusal.message).toContain(file.path);
  expect(refusal.message).toContain(problem);
});

test('a file that does not exist is refused', async () => {
  await expect(readTokenFile('/no/such/file')).rejects.toThrow('/no/such/file: cannot be read (ENOENT)');
});
