const MOST = 1_000;
/** What is longer is no name that comes again, and may be of any length. */
const LENGTH = 100;

/**
 * The same function, with what it returned for short texts remembered: names of fields and headers come again with every
 * request. Forgets all of it when there are too many, which is cheaper than to know which was used last.
 */
export function memo<Value>(of: (text: string) => Value): (text: string) => Value {
  const known = new Map<string, Value>();
  return text => {
    if (known.has(text)) return known.get(text) as Value;
    const value = of(text);
    if (text.length > LENGTH) return value;
    if (known.size >= MOST) known.clear();
    known.set(text, value);
    return value;
  };
}
