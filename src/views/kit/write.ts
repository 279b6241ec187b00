import { useRef, useState } from 'preact/hooks';
import type { Host } from './host.ts';
import { readToolResult, type ToolError } from './results.ts';
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

const UNCERTAIN = new Set(['outcome_unknown', 'in_progress', 'timeout']);

/** The steps from which a write may have happened. */
const isOpen = ({ step }: WriteState) => step === 'sending' || step === 'unknown';

interface Kept {
  /** The same for every attempt at this write, also after the view is loaded again: the server makes it once. */
  idempotencyKey: string;
  args: Values;
  state: WriteState;
}

/**
 * Makes one write with a tool. `name` identifies what is written, such as "reply:123": under it the state survives when the host
 * loads the view again. A second click while a write is under way does nothing.
 */
export function useWrite(host: Host, tool: string, name: string) {
  const [state, setState] = useState<WriteState>(() => restore(name));
  const sending = useRef(false);

  async function send(args: Values): Promise<WriteState> {
    if (sending.current) return state;
    sending.current = true;
    const before = recall<Kept>(name);
    const isSame = before && JSON.stringify(before.args) === JSON.stringify(args);
    const idempotencyKey = isSame ? before.idempotencyKey : crypto.randomUUID();
    const enter = (next: WriteState) => {
      remember(name, { idempotencyKey, args, state: next } satisfies Kept);
      setState(next);
      return next;
    };
    enter({ step: 'sending' });
    try {
      const result = readToolResult(await host.callTool(tool, { ...args, idempotency_key: idempotencyKey }));
      if (result.data) return enter({ step: 'done', data: result.data });
      const { error } = result;
      // A refusal, such as a limit, says nothing of an earlier attempt that may have happened.
      const isUnknown = UNCERTAIN.has(error.code) || (isSame && isOpen(before.state));
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
    setState({ step: 'idle' });
  }

  return { state, send, reset };
}

/** What was being sent when the host took the view away may have happened. */
function restore(name: string): WriteState {
  const state = recall<Kept>(name)?.state ?? { step: 'idle' };
  return state.step === 'sending' ? { step: 'unknown' } : state;
}
