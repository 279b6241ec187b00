import type { Fault } from '../../src/sandbox/sandbox.ts';

type Share = { share: number; fault: Fault };

const status = (status: number, share: number): Share => ({ share, fault: { kind: 'status', status } });
const latency = (ms: number, share: number): Share => ({ share, fault: { kind: 'latency', ms } });
const cut = (share: number): Share => ({ share, fault: { kind: 'cut' } });
const cutBody = (share: number): Share => ({ share, fault: { kind: 'cut_body' } });

/**
 * A quarter of all requests meets one: 10 % a 5xx, 5 % a 429, 5 % a cut connection, 5 % a slow answer. Half
 * of each before the request is carried out, half after, when its effect is there and only the answer is
 * lost. A 429 says that nothing was done, so there is none after. Three seconds are longer than the servers
 * wait for an answer.
 */
const FAILURES = [status(500, 0.017), status(502, 0.017), status(503, 0.016)];
const LOSSES = [cut(0.0125), cutBody(0.0125)];
const DELAYS = [latency(1_000, 0.01), latency(3_000, 0.015)];
const TOO_MANY: Share = {
  share: 0.05,
  fault: { kind: 'status', status: 429, headers: { 'retry-after': '1' } },
};

export const FAULTS: readonly Fault[] = [
  ...drawnInTurn([...FAILURES, TOO_MANY, ...LOSSES, ...DELAYS]).map(fault => ({
    ...fault,
    when: 'before' as const,
  })),
  ...drawnInTurn([...FAILURES, ...LOSSES, ...DELAYS]).map(fault => ({ ...fault, when: 'after' as const })),
];

/** Nothing fails, but a third of all requests takes its time: there is always a call under way. */
export const DELAYED: readonly Fault[] = drawnInTurn([
  latency(200, 0.2),
  latency(1_000, 0.1),
  latency(3_000, 0.03),
]);

/**
 * The sandbox draws for one fault after the other, so each gets its share of what those before it left over.
 */
function drawnInTurn(shares: Share[]): Fault[] {
  let left = 1;
  return shares.map(({ share, fault }) => {
    const chance = share / left;
    left -= share;
    return { ...fault, chance, times: Number.POSITIVE_INFINITY };
  });
}

/** How the report names a fault. */
export const nameOf = (fault: Fault) =>
  [
    fault.when ?? 'before',
    fault.kind === 'latency' ? `slow by ${fault.ms / 1_000} s` : fault.kind.replace('_', ' '),
    ...(fault.kind === 'status' ? [fault.status] : []),
  ].join(' ');
