/**
 * What a view keeps when its host loads it again: drafts, and the outcome of writes. Some hosts give a view no storage; then it
 * keeps them as long as it is shown.
 *
 * Some hosts give one storage to the views of all connections, so that a name says of which business its entry is.
 */
const PREFIX = 'partoo-mcp/';
/** After it, an outcome says little of what is there now. */
const KEPT_MS = 7 * 24 * 60 * 60 * 1_000;

/** What the storage did not take. Otherwise the storage counts, which another tab may have changed. */
const memory = new Map<string, string>();

interface Entry {
  value: unknown;
  at: number;
}

export function remember(name: string, value: unknown): void {
  const text = JSON.stringify({ value, at: Date.now() } satisfies Entry);
  try {
    while (!isStored(name, text)) removeOldest();
    memory.delete(name);
  } catch {
    // No storage, or the entry alone is too large.
    memory.set(name, text);
  }
}

export function recall<Value>(name: string): Value | undefined {
  try {
    const { value, at } = readEntry(memory.get(name) ?? localStorage.getItem(PREFIX + name));
    return Date.now() - at < KEPT_MS ? (value as Value) : undefined;
  } catch {
    return undefined;
  }
}

export function forget(name: string): void {
  memory.delete(name);
  try {
    localStorage.removeItem(PREFIX + name);
  } catch {
    // Nothing was stored.
  }
}

const readEntry = (text: string | null): Entry => JSON.parse(text ?? '{"at":0}');

function isStored(name: string, text: string): boolean {
  try {
    localStorage.setItem(PREFIX + name, text);
    return true;
  } catch {
    return false;
  }
}

/** Throws if there is nothing to remove. */
function removeOldest(): void {
  const entries = Object.keys(localStorage)
    .filter(key => key.startsWith(PREFIX))
    .map(key => ({ key, at: ageOf(key) }));
  const { key } = entries.reduce((one, other) => (other.at < one.at ? other : one));
  localStorage.removeItem(key);
}

/** An entry that cannot be read is the oldest. */
function ageOf(key: string): number {
  try {
    return readEntry(localStorage.getItem(key)).at || 0;
  } catch {
    return 0;
  }
}
