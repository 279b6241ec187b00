/** Lower case without accents, so that `montreal` finds `Montréal`. */
export const fold = (text: string) =>
  text
    .normalize('NFD')
    .replace(/\p{Diacritic}/gu, '')
    .toLowerCase();

/** Whether the text contains every word of the query. */
export const matchesWords = (text: string, query: string) => {
  const folded = fold(text);
  return fold(query)
    .split(/\s+/)
    .every(word => folded.includes(word));
};
