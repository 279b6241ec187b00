import { unquote } from '../fields/normalize.ts';

/** The languages of reply templates. */
export const LANGUAGES = 'fr en es it pt-br de ar nl pl cs ca sk pt lv ro bg hu'.split(' ');

/** `fr-FR` → `fr`; only `pt-br` keeps its region. */
export function withoutRegion(value: unknown): unknown {
  const language = unquote(value);
  if (typeof language !== 'string' || /^pt[-_ ]br$/i.test(language)) return language;
  return language.replace(/^([a-z]{2})[-_ ][a-z]{2}$/i, '$1');
}

/** `pt_BR` → `pt-br`, as Partoo spells it. */
export const languageCode = (value: string) =>
  String(withoutRegion(value)).toLowerCase().replace(/[_ ]/, '-');
