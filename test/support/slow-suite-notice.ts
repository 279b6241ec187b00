import { globSync } from 'node:fs';
import { BROWSER_SUITE, SLOW_SUITE } from './slow-suite.ts';

/** Reports how many files `npm test` leaves out. */
export default function setup(): void {
  const files = globSync([...SLOW_SUITE, ...BROWSER_SUITE]);
  process.stdout.write(
    `Not run here: ${files.length} files of the slow suite (npm run test:slow and npm run test:browser)\n`,
  );
}
