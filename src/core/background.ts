import { errorFields } from './error-fields.ts';

/** The part of a logger that records faults of this server. */
export interface FaultLog {
  error(fields: object, message: string): void;
}

/**
 * Starts work that nothing awaits, and logs its failure under `what`. Without a handler, a rejected promise would end
 * the process.
 */
export function inBackground(log: FaultLog, what: string, work: () => Promise<unknown>): void {
  // The async wrapper also catches what `work` throws before its first await.
  const run = async () => work();
  run().catch(error => log.error({ work: what, error: errorFields(error) }, 'work in the background failed'));
}
