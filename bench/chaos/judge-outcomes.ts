import type { IntentResults } from './load.ts';
import type { Verdict } from './verdict.ts';

/** Every planned call is valid, so the server must not reject any. */
const REJECTIONS = new Set([
  'missing_api_key',
  'invalid_api_key',
  'permission_denied',
  'not_found',
  'invalid_input',
  'internal',
]);

/** Far below what a healthy fleet reaches, and far above one that refuses most calls. */
const DONE_AT_LEAST = { reads: 0.95, writes: 0.7 };

export function judgeOutcomes(results: readonly IntentResults[]): Verdict[] {
  const such = (isSuch: (outcome: string) => boolean) =>
    results.flatMap(({ intent, chains }) =>
      chains
        .flat()
        .filter(({ outcome }) => isSuch(outcome))
        .map(
          ({ server, outcome, detail = '' }) =>
            `${intent.tool} (chaos ${intent.number}) at ${server.name}: ${outcome} ${detail}`,
        ),
    );
  const waitedFor = results.filter(
    ({ chains }) => !chains.flat().every(({ outcome }) => outcome === 'hung_up'),
  );
  const [reads = [], writes = []] = [true, false].map(isRead =>
    waitedFor.filter(({ intent }) => (intent.effect === 'reads') === isRead),
  );
  return [
    { claim: 'every call got a result or an error code', failures: such(outcome => outcome === 'bad') },
    { claim: 'no valid call was rejected', failures: such(outcome => REJECTIONS.has(outcome)) },
    {
      claim: 'most intents were carried out',
      failures: [
        ...tooFewDone('reads', reads, DONE_AT_LEAST.reads),
        ...tooFewDone('writes', writes, DONE_AT_LEAST.writes),
      ],
    },
  ];
}

function tooFewDone(what: string, results: IntentResults[], share: number): string[] {
  const done = results.filter(({ chains }) => chains.flat().some(({ outcome }) => outcome === 'done')).length;
  return done >= results.length * share ? [] : [`${done} of ${results.length} ${what}`];
}
