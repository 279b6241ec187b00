/** Resolves to undefined where a promise fails, for a part that a result can do without. */
export const orUndefined = <Value>(promise: Promise<Value>): Promise<Value | undefined> =>
  promise.catch(() => undefined);
