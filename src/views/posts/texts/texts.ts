import type { Language } from '../../kit/locale.ts';
import { EN } from './en.ts';
import { FR } from './fr.ts';
import type { Texts } from './types.ts';

export type { Texts } from './types.ts';

export const TEXTS: Record<Language, Texts> = { en: EN, fr: FR };
