import { useRef, useState } from 'preact/hooks';
import type { Host } from './host.ts';
import { isUncertain, readToolResult, type ToolError } from './results.ts';
import { forget, recall, remember } from './storage.ts';
import type { Values } from './values.ts';

/**
 * Where a write is. `unknown`: it was sent and may have happened; the server does not send it again for the same key, so
 * asking again is safe and finds out.
 */
export type WriteState =
  | { step: 'idle' }
  | { step: 'sending' }
  | { step: 'done'; data: Values }
  | { step: 'refused'; error: ToolError }
  | { step: 'unknown'; error?: ToolError };

const IDLE: WriteState = { step: 'idle' };

/** The steps from which a write may have happened. */
const isOpen = ({ step }: WriteState) => step === 'sending' || step === 'unknown';

/** Nothing else may be written under the same name. */
const isTaken = (state: WriteState) => isOpen(state) || state.step === 'done';

interface Kept {
  /** The same for every attempt at this write, also after the view is loaded again: the server makes it once. */
  idempotencyKey: string;
  args: Values;
  state: WriteState;
}

/**
 * Makes one write with a tool. `name` identifies what is written, such as "reply:123": under it the state survives when the host
 * loads the view again. A second click while a write is under way does nothing. `isRepeatable`: something else may be written after
 * one is done.
 */
export function useWrite(host: Host, tool: string, name: string, { isRepeatable = false } = {}) {
  const [kept, setKept] = useState(() => restore(name));
  const state = kept?.state ?? IDLE;
  const sending = useRef(false);

  async function send(args: Values): Promise<WriteState> {
    if (sending.current) return state;
    sending.current = true;
    const isSameAs = (other: Kept | undefined) => JSON.stringify(other?.args) === JSON.stringify(args);
    const stored = recall<Kept>(name);
    const before = [kept, stored].find(isSameAs);
    const mayHaveHappened = before !== undefined && isOpen(before.state);
    // Another tab has written something else meanwhile.
    const isOther = stored !== undefined && !isSameAs(stored);
    if (isOther && !mayHaveHappened && (isRepeatable ? isOpen : isTaken)(stored.state)) {
      sending.current = false;
      const found = restore(name);
      setKept(found);
      return found?.state ?? IDLE;
    }
    const idempotencyKey = before?.idempotencyKey ?? crypto.randomUUID();
    const enter = (next: WriteState) => {
      const now: Kept = { idempotencyKey, args, state: next };
      remember(name, now);
      setKept(now);
      return next;
    };
    enter({ step: 'sending' });
    try {
      const result = readToolResult(await host.callTool(tool, { ...args, idempotency_key: idempotencyKey }));
      if (result.data) return enter({ step: 'done', data: result.data });
      const { error } = result;
      // A refusal, such as a limit, says nothing of an earlier attempt that may have happened.
      const isUnknown = isUncertain(error) || mayHaveHappened;
      return enter(isUnknown ? { step: 'unknown', error } : { step: 'refused', error });
    } catch {
      // The host did not say what became of it.
      return enter({ step: 'unknown' });
    } finally {
      sending.current = false;
    }
  }

  /** Lets the person write something else. */
  function reset(): void {
    forget(name);
    setKept(undefined);
  }

  // The arguments of a write that may have happened, or did.
  const written = isTaken(state) ? kept?.args : undefined;
  return { state, written, send, reset };
}

/** What was being sent when the host took the view away may have happened. */
function restore(name: string): Kept | undefined {
  const kept = recall<Kept>(name);
  return kept?.state.step === 'sending' ? { ...kept, state: { step: 'unknown' } } : kept;
}
