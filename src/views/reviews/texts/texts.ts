import type { Language } from '../../kit/locale.ts';
import { en, type Texts } from './en.ts';
import { fr } from './fr.ts';

export type { Texts };

export const TEXTS: Record<Language, Texts> = { en, fr };
