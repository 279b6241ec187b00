import type { CallHooks, CallInstrumentation, Instrumentation } from '../mcp/calls/instrumentation.ts';

/** Combines instrumentations into one. */
export function instrumentAll(
  instrumentations: (CallInstrumentation & Partial<Instrumentation>)[],
): Instrumentation {
  return {
    call: start => combineHooks(instrumentations.map(instrumentation => instrumentation.call(start))),
    message(...message) {
      for (const instrumentation of instrumentations) instrumentation.message?.(...message);
    },
  };
}

const combineHooks = (hooksOfAll: CallHooks[]): CallHooks => ({
  traceId: hooksOfAll.find(({ traceId }) => traceId !== undefined)?.traceId,
  admission(...admission) {
    for (const hooks of hooksOfAll) hooks.admission(...admission);
  },
  attempt(start) {
    const ends = hooksOfAll.map(hooks => hooks.attempt(start));
    return outcome => {
      for (const end of ends) end(outcome);
    };
  },
  ended(outcome) {
    for (const hooks of hooksOfAll) hooks.ended(outcome);
  },
});
