import { ENGLISH } from './english.ts';
import { FRENCH } from './french.ts';
import type { Texts } from './texts.ts';

const LANGUAGES: readonly Texts[] = [ENGLISH, FRENCH];

/** Returns the texts in the language a browser prefers (`Accept-Language`): English unless it prefers French. */
export function textsFor(acceptLanguage: string | undefined): Texts {
  const ranges = (acceptLanguage ?? '')
    .slice(0, 500)
    .split(',')
    .map(range => {
      const [tag = '', quality = '1'] = range.split(/;\s*q=/);
      return { language: tag.trim().toLowerCase().split('-')[0], quality: Number(quality) || 0 };
    })
    .filter(({ quality }) => quality > 0)
    .toSorted((one, other) => other.quality - one.quality);
  const preferred = ranges.map(({ language }) => LANGUAGES.find(texts => texts.language === language));
  return preferred.find(texts => texts !== undefined) ?? ENGLISH;
}
