/** The languages of the pages. */
export type Language = 'en' | 'fr';

const LANGUAGES: readonly Language[] = ['en', 'fr'];

/** Returns the language that a browser prefers (`Accept-Language`): English unless it prefers French. */
export function preferredLanguage(acceptLanguage: string | undefined): Language {
  const ranges = (acceptLanguage ?? '')
    .slice(0, 500)
    .split(',')
    .map(range => {
      const [tag = '', quality = '1'] = range.split(/;\s*q=/);
      return { language: tag.trim().toLowerCase().split('-')[0], quality: Number(quality) || 0 };
    })
    .filter(({ quality }) => quality > 0)
    .toSorted((one, other) => other.quality - one.quality);
  const preferred = ranges.map(({ language }) => LANGUAGES.find(known => known === language));
  return preferred.find(language => language !== undefined) ?? 'en';
}
