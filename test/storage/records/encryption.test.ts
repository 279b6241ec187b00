import { randomBytes } from 'node:crypto';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { seal, unseal } from '../../../src/storage/records/encryption.ts';

const key = randomBytes(32);

test('a sealed text is unsealed unchanged with the same key and name', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'grapheme' }), text => {
      expect(unseal(seal(text, 'name', key), 'name', key)).toBe(text);
    }),
  );
});

test('sealing hides the text, and the same text seals differently each time', () => {
  const text = 'The coffee was cold.';
  expect(seal(text, 'name', key)).not.toBe(seal(text, 'name', key));
  expect(Buffer.from(seal(text, 'name', key), 'base64').toString('latin1')).not.toContain('coffee');
});

test('another key, another name or a changed byte unseals nothing', () => {
  const sealed = seal('The coffee was cold.', 'name', key);
  expect(unseal(sealed, 'name', randomBytes(32))).toBeUndefined();
  expect(unseal(sealed, 'other', key)).toBeUndefined();
  // A shortened tag would be easier to guess.
  expect(
    unseal(Buffer.from(sealed, 'base64').subarray(0, 20).toString('base64'), 'name', key),
  ).toBeUndefined();
  const bytes = Buffer.from(sealed, 'base64');
  bytes[bytes.length - 1] = (bytes.at(-1) as number) ^ 1;
  expect(unseal(bytes.toString('base64'), 'name', key)).toBeUndefined();
});
