import { errorFields } from './error-fields.ts';

/** The part of a logger that takes faults of this server. */
export interface FaultLog {
  error(fields: object, message: string): void;
}

/**
 * Starts work that nobody waits for. If it fails, at once or later, the failure is logged under `what` and goes no further:
 * a promise that is rejected without a handler would be a fault of the whole process.
 */
export function inBackground(log: FaultLog, what: string, work: () => Promise<unknown>): void {
  // Async, so that what `work` throws before its first await is handled as well.
  const run = async () => work();
  run().catch(error => log.error({ work: what, error: errorFields(error) }, 'work in the background failed'));
}
