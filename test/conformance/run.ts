import { freePort } from '../support/free-port.ts';
import { signInAs } from '../support/person.ts';
import { registered } from '../support/sign-in.ts';
import { EXCLUSIONS, type Part } from './exclusions.ts';
import { report } from './report.ts';
import { type ServerUnderTest, startMounted, startShipped, startSignedIn } from './servers.ts';
import { ERAS, runAuthorizationSuite, runSuite } from './suite.ts';
import { judge, type Verdict } from './verdict.ts';

/**
 * Runs the official conformance suite in both eras, against the server as it ships, with the suite's own tools, and with those
 * behind sign-in. Then runs the suite for authorization servers. Fails on failed checks that are not excluded, and on stale
 * exclusions.
 */
const PARTS: [Part, () => Promise<ServerUnderTest>][] = [
  ['as it ships', startShipped],
  ['with the suite’s tools', startMounted],
  ['with the suite’s tools and sign-in', startSignedIn],
];

let good = true;

function show(title: string, verdict: Verdict): void {
  process.stdout.write(`${report(title, verdict)}\n`);
  if (verdict.stale.length > 0 || verdict.scenarios.some(({ result }) => result === 'failed')) good = false;
}

for (const [part, start] of PARTS) {
  const server = await start();
  try {
    for (const era of ERAS) {
      show(`The server ${part}, ${era}`, judge(await runSuite(server.url, era), EXCLUSIONS[part][era]));
    }
  } finally {
    await server.close();
  }
}

const { origin: issuer, close } = await startSignedIn();
try {
  const callbackPort = await freePort();
  const callback = `http://127.0.0.1:${callbackPort}/callback`;
  const { client_id: clientId } = await registered(issuer, { redirect_uris: [callback] });
  const target = { issuer, resource: `${issuer}/mcp`, clientId, callbackPort };
  const visit = async (url: string) => fetch(await signInAs(url, { key: 'demo-admin' }));
  show('The authorization server', judge(await runAuthorizationSuite(target, visit), {}));
} finally {
  await close();
}
process.exitCode = good ? 0 : 1;
