import { expect, test } from 'vitest';
import { inBackground } from '../../src/core/background.ts';

test.each([
  [
    'before its first await',
    () => {
      throw new TypeError('broken');
    },
  ],
  [
    'later',
    async () => {
      await Promise.resolve();
      throw new TypeError('broken');
    },
  ],
])('background work that fails %s is logged, and its rejection is handled', async (_when, work) => {
  const lines: [object, string][] = [];
  // An unhandled rejection would fail the run.
  inBackground({ error: (fields, message) => lines.push([fields, message]) }, 'the test', work);
  await new Promise(setImmediate);
  const error = expect.objectContaining({ name: 'TypeError', message: 'broken', stack: expect.any(String) });
  expect(lines).toEqual([[{ work: 'the test', error }, 'work in the background failed']]);
});
