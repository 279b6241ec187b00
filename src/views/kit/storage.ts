/**
 * What a view keeps when its host loads it again: drafts, and the outcome of writes. Some hosts give a view no storage; then it
 * keeps them as long as it is shown.
 */
const memory = new Map<string, string>();

const PREFIX = 'partoo-mcp/';

export function remember(name: string, value: unknown): void {
  const text = JSON.stringify(value);
  memory.set(name, text);
  try {
    localStorage.setItem(PREFIX + name, text);
  } catch {
    // No storage, or it is full.
  }
}

export function recall<Value>(name: string): Value | undefined {
  try {
    const text = memory.get(name) ?? localStorage.getItem(PREFIX + name);
    return text === null ? undefined : (JSON.parse(text) as Value);
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
