import type { HttpMethod } from '../requests/request.ts';

/** Describes an attempt without ids, arguments or the key. */
interface AttemptStart {
  method: HttpMethod;
  /** The path with placeholders for its values. */
  template: string;
  /** 1 for the first. */
  number: number;
}

/** Partoo's status, or why there is none. */
export type AttemptOutcome = number | 'timeout' | 'lost' | 'not_sent';

export type AdmissionOutcome = 'granted' | 'refused' | 'cancelled';

/** Observes a call's requests, for metrics and traces. Never throws. */
export interface PartooHooks {
  /** Called when the limiter has admitted or refused a request, with the seconds it waited. */
  admission(end: AdmissionOutcome, seconds: number): void;
  /** Called when an attempt starts. Returns the function to call when it has ended. */
  attempt(start: AttemptStart): (end: AttemptOutcome) => void;
}

export const NO_PARTOO_HOOKS: PartooHooks = { admission() {}, attempt: () => () => {} };
