const MAX_ENTRIES = 1_000;
/** Longer texts are no recurring names, and their length is unbounded. */
const MAX_LENGTH = 100;

/**
 * Caches a pure function's results for short texts, such as field and header names, which recur with every request.
 * A full cache is emptied: cheaper than tracking which entry was used last.
 */
export function memo<Value>(compute: (text: string) => Value): (text: string) => Value {
  const cache = new Map<string, Value>();
  return text => {
    if (cache.has(text)) return cache.get(text) as Value;
    const value = compute(text);
    if (text.length > MAX_LENGTH) return value;
    if (cache.size >= MAX_ENTRIES) cache.clear();
    cache.set(text, value);
    return value;
  };
}

/** Computes a value on first use and keeps it. */
export function lazy<Value>(compute: () => Value): () => Value {
  let value: Value | undefined;
  return () => {
    value ??= compute();
    return value;
  };
}
