import leven from 'leven';

/**
 * The known name that was probably meant: the closest, if no more than `tolerance` of its letters differ.
 * A guess from further away would mislead.
 */
export function nearest(name: string, known: readonly string[], tolerance: number): string | undefined {
  const [closest] = known.toSorted((a, b) => leven(name, a) - leven(name, b));
  return closest !== undefined && leven(name, closest) <= closest.length * tolerance ? closest : undefined;
}
