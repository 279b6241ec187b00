import type { Language } from '../../../core/pages/languages.ts';
import { ENGLISH } from './english.ts';
import { FRENCH } from './french.ts';
import type { Texts } from './texts.ts';

export const TEXTS: Record<Language, Texts> = { en: ENGLISH, fr: FRENCH };
