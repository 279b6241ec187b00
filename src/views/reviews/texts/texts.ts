import type { Language } from '../../kit/locale.ts';
import { en, type Texts } from './en.ts';
import { fr } from './fr.ts';

export type { Texts };

export const TEXTS: Record<Language, Texts> = { en, fr };

const PLATFORM_NAMES: Record<string, string> = {
  google_my_business: 'Google',
  facebook: 'Facebook',
  tripadvisor: 'Tripadvisor',
};

export const platformName = (platform: string) => PLATFORM_NAMES[platform] ?? platform;
