/** A request as it leaves for Partoo: no id, no argument, no key. */
export interface AttemptStart {
  method: 'GET' | 'POST';
  /** The path with names in the place of its values. */
  template: string;
  /** 1 for the first. */
  number: number;
}

/** How an attempt ended: the status that Partoo answered, or why there is none. */
export type AttemptOutcome = number | 'timeout' | 'lost' | 'not_sent' | 'cancelled';

export type AdmissionOutcome = 'granted' | 'refused' | 'cancelled';

/** Looks on while a call asks Partoo, to count or to trace it. Changes nothing and never throws. */
export interface PartooHooks {
  /** A request had its turn at the limit, or was refused one, after so long. */
  turn(end: AdmissionOutcome, seconds: number): void;
  /** An attempt leaves. Answers whom to tell how it ended. */
  attempt(start: AttemptStart): (end: AttemptOutcome) => void;
}
