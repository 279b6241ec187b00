import { useEffect, useMemo, useRef, useState } from 'preact/hooks';
import { readTool, type ToolError } from '../../kit/results.ts';
import { recall, remember } from '../../kit/storage.ts';
import type { ViewProps } from '../../kit/view.tsx';
import type { Business } from '../values/business.ts';
import { isMade, type Step } from './call.ts';

/** A business as it was read at a time, in epoch milliseconds. */
export interface Reading {
  business: Business;
  at: number;
}

export interface Readings {
  /** Read while the call was under way. The update may have been made even then. */
  before: Reading | undefined;
  /** Read after the call had an outcome. */
  current: Reading | undefined;
  isReading: boolean;
  error: ToolError | undefined;
  readAgain(): void;
}

/** Reads the business of an update before and after the outcome of the call, one read at a time. */
export function useReadings(props: ViewProps, step: Step): Readings {
  const { host, enabledTools, input, result, context } = props;
  const kept = `before:${context.toolInfo?.id}:${JSON.stringify(input)}`;
  const isRunning = step === 'running';
  const [first, setFirst] = useState<Reading>();
  const [current, setCurrent] = useState<Reading>();
  const [error, setError] = useState<ToolError>();
  const [pending, setPending] = useState(0);
  const queue = useRef(Promise.resolve());
  const isStillRunning = useRef(isRunning);
  isStillRunning.current = isRunning;
  // When the host loads the view again, the outcome is there at once.
  const recalled = useMemo(() => (isRunning ? undefined : recall<Reading>(kept)), [kept, isRunning]);
  // One code can name businesses of several connections.
  const ofThis = result?.data?.id ?? current?.business.id;
  const before = first ?? (recalled?.business.id === ofThis ? recalled : undefined);
  // A call can change the code that names the business.
  const id = (isMade(step) ? result?.data?.id : undefined) ?? before?.business.id ?? input.business_id;

  async function read(): Promise<void> {
    const found = await readTool(host, 'get_business', { business_id: id });
    setPending(count => count - 1);
    setError(found.error);
    if (!found.data) return;
    const reading = { business: found.data, at: Date.now() };
    if (!isRunning) setCurrent(reading);
    else if (isStillRunning.current) {
      remember(kept, reading);
      setFirst(reading);
    }
  }

  function readAgain(): void {
    setPending(count => count + 1);
    queue.current = queue.current.then(read);
  }

  // Once before the outcome and once after it.
  useEffect(() => {
    // After a refusal the listing is as it was.
    const isKnown = step === 'refused' && before !== undefined;
    if (enabledTools.has('get_business') && id !== undefined && !isKnown) readAgain();
  }, [id === undefined, isRunning]);

  return { before, current, isReading: pending > 0, error, readAgain };
}
