import { EXCLUSIONS, type Part } from './exclusions.ts';
import { report } from './report.ts';
import { type ServerUnderTest, startMounted, startShipped } from './servers.ts';
import { ERAS, runSuite } from './suite.ts';
import { judge } from './verdict.ts';

/**
 * Runs the official conformance suite in both eras, against the server as it ships and with the suite's own tools. Fails on
 * failed checks that are not excluded, and on stale exclusions.
 */
const PARTS: [Part, () => Promise<ServerUnderTest>][] = [
  ['as it ships', startShipped],
  ['with the suite’s tools', startMounted],
];

let good = true;
for (const [part, start] of PARTS) {
  const server = await start();
  try {
    for (const era of ERAS) {
      const verdict = judge(await runSuite(server.url, era), EXCLUSIONS[part][era]);
      process.stdout.write(`${report(`The server ${part}, ${era}`, verdict)}\n`);
      if (verdict.stale.length > 0 || verdict.scenarios.some(({ result }) => result === 'failed'))
        good = false;
    }
  } finally {
    await server.close();
  }
}
process.exitCode = good ? 0 : 1;
