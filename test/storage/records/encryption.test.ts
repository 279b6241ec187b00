import { randomBytes } from 'node:crypto';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { seal, unseal } from '../../../src/storage/records/encryption.ts';

const key = randomBytes(32);

test('what is sealed comes back whole, for the same key', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'grapheme' }), text => {
      expect(unseal(seal(text, 'name', key), 'name', key)).toBe(text);
    }),
  );
});

test('what is sealed shows nothing: the same text is another one each time', () => {
  const text = 'The coffee was cold.';
  expect(seal(text, 'name', key)).not.toBe(seal(text, 'name', key));
  expect(Buffer.from(seal(text, 'name', key), 'base64').toString('latin1')).not.toContain('coffee');
});

test('another key, another name, or a byte changed, opens nothing', () => {
  const sealed = seal('The coffee was cold.', 'name', key);
  expect(unseal(sealed, 'name', randomBytes(32))).toBeUndefined();
  expect(unseal(sealed, 'other', key)).toBeUndefined();
  // A tag cut short would be guessed sooner.
  expect(
    unseal(Buffer.from(sealed, 'base64').subarray(0, 20).toString('base64'), 'name', key),
  ).toBeUndefined();
  const bytes = Buffer.from(sealed, 'base64');
  bytes[bytes.length - 1] = (bytes.at(-1) as number) ^ 1;
  expect(unseal(bytes.toString('base64'), 'name', key)).toBeUndefined();
});
