import { type Language, preferredLanguage } from '../../core/pages/languages.ts';
import { ENGLISH } from './english.ts';
import { FRENCH } from './french.ts';
import type { Texts } from './texts.ts';

const TEXTS: Record<Language, Texts> = { en: ENGLISH, fr: FRENCH };

/** Returns the texts in the language that a browser prefers (`Accept-Language`). */
export const textsFor = (acceptLanguage: string | undefined): Texts =>
  TEXTS[preferredLanguage(acceptLanguage)];
