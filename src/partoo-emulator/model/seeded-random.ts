/** A seeded generator (mulberry32): a seed gives the same data on every machine, so that tests can rely on it. */

export interface Random {
  next(): number;
  int(min: number, max: number): number;
  pick<T>(list: readonly T[]): T;
  chance(probability: number): boolean;
}

export function createRandom(seed: number): Random {
  let state = seed >>> 0;
  const next = () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let t = state;
    t = Math.imul(t ^ (t >>> 15), t | 1);
    t ^= t + Math.imul(t ^ (t >>> 7), t | 61);
    return ((t ^ (t >>> 14)) >>> 0) / 4294967296;
  };
  const int = (min: number, max: number) => min + Math.floor(next() * (max - min + 1));
  return {
    next,
    int,
    pick: list => {
      const item = list[int(0, list.length - 1)];
      if (item === undefined) throw new Error('nothing to pick from');
      return item;
    },
    chance: probability => next() < probability,
  };
}

/** FNV-1a. */
export function seedOf(...words: (string | number)[]): number {
  let hash = 0x811c9dc5;
  for (const char of words.join('|')) {
    hash = Math.imul(hash ^ (char.codePointAt(0) ?? 0), 0x01000193);
  }
  return hash >>> 0;
}

export function hexId(...words: (string | number)[]): string {
  const random = createRandom(seedOf(...words));
  return Array.from({ length: 24 }, () => random.int(0, 15).toString(16)).join('');
}
