import { nearest } from './did-you-mean.ts';

/** Enough to mend a request. */
const MAX_TOLD = 10;
const MAX_LENGTH = 100;

/** One problem that tells the names that are not known, what was probably meant, and the known ones; or none. */
export function unknownNames(what: string, given: readonly string[], known: readonly string[]): string[] {
  const unknown = given.filter(name => !known.includes(name)).slice(0, MAX_TOLD);
  if (unknown.length === 0) return [];
  const told = unknown.map(name => {
    const short = name.slice(0, MAX_LENGTH);
    const meant = nearest(short, known, 1 / 3);
    return meant === undefined ? `"${short}"` : `"${short}" (did you mean ${meant}?)`;
  });
  return [`Not ${what}: ${told.join(', ')}. Known are ${known.join(', ')}.`];
}
