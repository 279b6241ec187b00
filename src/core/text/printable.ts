/**
 * Returns a third party's name on one line of at most `max` characters, without what could hide or reorder the words around
 * it: control, direction and invisible characters, piled-up accents.
 */
export function printable(name: string, max: number): string {
  const plain = name
    .replaceAll(/\p{M}{3,}/gu, '')
    .normalize('NFC')
    // U+2800, a blank of Braille, is the one character without ink that no property covers.
    .replaceAll(/[\p{Cf}\p{Co}\p{Cs}\p{Cn}\p{Default_Ignorable_Code_Point}\u2800]/gu, '')
    .replaceAll(/[\p{Cc}\p{Z}]+/gu, ' ')
    .trim();
  const characters = [...plain];
  return characters.length > max ? `${characters.slice(0, max - 1).join('')}…` : plain;
}
