import type { Fault } from '../../src/partoo-emulator/emulator.ts';

type Share = { share: number; fault: Fault };

const status = (status: number, share: number): Share => ({ share, fault: { kind: 'status', status } });
const latency = (ms: number, share: number): Share => ({ share, fault: { kind: 'latency', ms } });
const cut = (share: number): Share => ({ share, fault: { kind: 'cut' } });
const cutBody = (share: number): Share => ({ share, fault: { kind: 'cut_body' } });

/**
 * Some 29 % of all requests meet a fault: 10 % a 5xx, 5 % a 429, 5 % a cut connection, 5 % a slow response, 4 % a failure
 * with a 200. Half of each before the request is carried out, half after, when only the response is lost. A 429 says that
 * nothing was done, so there is none after. Three seconds are longer than the servers' timeout.
 */
const FAILURES = [status(500, 0.017), status(502, 0.017), status(503, 0.016)];
const LOSSES = [cut(0.0125), cutBody(0.0125)];
const DELAYS = [latency(1_000, 0.01), latency(3_000, 0.015)];
const TOO_MANY: Share = {
  share: 0.05,
  fault: { kind: 'status', status: 429, headers: { 'retry-after': '1' } },
};

/** Failures with a 200. The last one is a page without its list. */
const REFUSALS_IN_200: Share[] = [
  { error: { json: 'The service is busy' } },
  { errors: [{ message: 'The service is busy' }] },
  { status: 'error', message: 'The service is busy' },
  { success: false },
  { page: 1, max_page: 1, count: 3 },
].map(body => ({ share: 0.004, fault: { kind: 'status', status: 200, body } }));

export const FAULTS: readonly Fault[] = [
  ...drawnInTurn([...FAILURES, TOO_MANY, ...LOSSES, ...DELAYS, ...REFUSALS_IN_200]).map(fault => ({
    ...fault,
    when: 'before' as const,
  })),
  ...drawnInTurn([...FAILURES, ...LOSSES, ...DELAYS, ...REFUSALS_IN_200]).map(fault => ({
    ...fault,
    when: 'after' as const,
  })),
];

/** The only key of its organization. */
export const KEY_OF_OUTAGE = 'demo-other';

/** Every request of one organization fails, before it is carried out. */
export const OUTAGE: Fault = {
  kind: 'status',
  status: 500,
  key: KEY_OF_OUTAGE,
  times: Number.POSITIVE_INFINITY,
};

/** Nothing fails, but a third of all requests is slow, so that calls are always in flight. */
export const DELAYED: readonly Fault[] = drawnInTurn([
  latency(200, 0.2),
  latency(1_000, 0.1),
  latency(3_000, 0.03),
]);

/** The emulator draws for one fault after the other, so each chance is relative to what the earlier ones left over. */
function drawnInTurn(shares: Share[]): Fault[] {
  let left = 1;
  return shares.map(({ share, fault }) => {
    const chance = share / left;
    left -= share;
    return { ...fault, chance, times: Number.POSITIVE_INFINITY };
  });
}

export const nameOf = (fault: Fault) =>
  [
    fault.when ?? 'before',
    fault.kind === 'latency' ? `slow by ${fault.ms / 1_000} s` : fault.kind.replace('_', ' '),
    ...(fault.kind === 'status' ? [fault.status] : []),
    ...(fault.kind === 'status' && fault.status === 200 ? [JSON.stringify(fault.body)] : []),
    ...(fault.key === undefined ? [] : ['for one organization']),
  ].join(' ');
