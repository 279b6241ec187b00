import type { CallWatch, CallWatcher, Watcher } from '../mcp/calls/instrumentation.ts';

/** One watcher for those who look on; some only at tool calls. */
export function watchAll(watchers: (CallWatcher & Partial<Watcher>)[]): Watcher {
  return {
    call: start => callWatch(watchers.map(watcher => watcher.call(start))),
    message(...message) {
      for (const watcher of watchers) watcher.message?.(...message);
    },
  };
}

const callWatch = (watches: CallWatch[]): CallWatch => ({
  traceId: watches.find(({ traceId }) => traceId !== undefined)?.traceId,
  turn(...turn) {
    for (const watch of watches) watch.turn(...turn);
  },
  attempt(start) {
    const ends = watches.map(watch => watch.attempt(start));
    return end => {
      for (const tell of ends) tell(end);
    };
  },
  ended(outcome) {
    for (const watch of watches) watch.ended(outcome);
  },
});
