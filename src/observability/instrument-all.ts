import type { CallHooks, CallInstrumentation, Instrumentation } from '../mcp/calls/instrumentation.ts';

/** One instrumentation for those who look on; some only at tool calls. */
export function instrumentAll(
  instrumentations: (CallInstrumentation & Partial<Instrumentation>)[],
): Instrumentation {
  return {
    call: start => callHooks(instrumentations.map(instrumentation => instrumentation.call(start))),
    message(...message) {
      for (const instrumentation of instrumentations) instrumentation.message?.(...message);
    },
  };
}

const callHooks = (hooksOfAll: CallHooks[]): CallHooks => ({
  traceId: hooksOfAll.find(({ traceId }) => traceId !== undefined)?.traceId,
  admission(...admission) {
    for (const hooks of hooksOfAll) hooks.admission(...admission);
  },
  attempt(start) {
    const ends = hooksOfAll.map(hooks => hooks.attempt(start));
    return end => {
      for (const tell of ends) tell(end);
    };
  },
  ended(outcome) {
    for (const hooks of hooksOfAll) hooks.ended(outcome);
  },
});
