import { expect, test } from 'vitest';
import { textsFor } from '../../../src/oauth/pages/languages.ts';

test.each([
  [undefined, 'en'],
  ['', 'en'],
  ['fr', 'fr'],
  ['fr-CA,en;q=0.8', 'fr'],
  ['de,fr;q=0.7,en;q=0.3', 'fr'],
  ['en;q=0.2, FR;q=0.9', 'fr'],
  ['en-US,fr;q=0.9', 'en'],
  ['fr;q=0', 'en'],
  ['*', 'en'],
  ['fr;q=x', 'en'],
])('Accept-Language %j gives %s', (header, language) => {
  expect(textsFor(header).language).toBe(language);
});
