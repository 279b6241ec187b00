/** Lower case without accents, so that `montreal` finds `Montréal`. */
export const fold = (text: string) =>
  text
    .normalize('NFD')
    .replace(/\p{Diacritic}/gu, '')
    .toLowerCase();

/** Every word of the query occurs somewhere in the text. */
export const matchesWords = (text: string, query: string) => {
  const folded = fold(text);
  return fold(query)
    .split(/\s+/)
    .every(word => folded.includes(word));
};
