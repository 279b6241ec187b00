/** Partoo's answer to a write, as far as it has one. */
export interface WriteAnswer {
  status?: unknown;
}

/** What to tell of a write that was answered: a 200 whose status is another than success is not simply "done". */
export function noteOn({ status }: WriteAnswer, done: string, look: string): string {
  if (status === undefined || status === 'success') return done;
  return `Partoo did not call this a success: do not repeat it before you have looked. ${look}`;
}
