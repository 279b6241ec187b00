import leven, { closestMatch } from 'leven';

/**
 * The known name that was probably meant: the closest, if no more than `tolerance` of its letters differ.
 * A guess from further away would mislead.
 */
export function nearest(name: string, known: readonly string[], tolerance: number): string | undefined {
  // Names that are as far apart in length alone are not worth measuring.
  const measured = known.filter(each => Math.abs(each.length - name.length) <= each.length * tolerance);
  const closest = closestMatch(name, measured);
  return closest !== undefined && leven(name, closest) <= closest.length * tolerance ? closest : undefined;
}
