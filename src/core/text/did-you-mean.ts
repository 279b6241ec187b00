import leven, { closestMatch } from 'leven';

/** Enough names for a caller to correct a request. */
const MAX_UNKNOWN = 10;
const MAX_LENGTH = 100;

/**
 * Returns the known name closest to `name`, if at most `tolerance` (a share, 0–1) of its letters differ. A more
 * distant guess would mislead.
 */
export function nearest(name: string, known: readonly string[], tolerance: number): string | undefined {
  // A difference in length alone rules most names out, which saves measuring them.
  const measured = known.filter(each => Math.abs(each.length - name.length) <= each.length * tolerance);
  const closest = closestMatch(name, measured);
  return closest !== undefined && leven(name, closest) <= closest.length * tolerance ? closest : undefined;
}

/** Returns one problem that lists the unknown names, likely corrections and the known names; empty if all are known. */
export function unknownNames(what: string, names: readonly string[], known: readonly string[]): string[] {
  const unknown = names.filter(name => !known.includes(name)).slice(0, MAX_UNKNOWN);
  if (unknown.length === 0) return [];
  const listed = unknown.map(name => {
    const short = name.slice(0, MAX_LENGTH);
    const meant = nearest(short, known, 1 / 3);
    return meant === undefined ? `"${short}"` : `"${short}" (did you mean ${meant}?)`;
  });
  return [`Not ${what}: ${listed.join(', ')}. Known are ${known.join(', ')}.`];
}
