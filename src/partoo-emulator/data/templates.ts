import { DAY, isoSeconds } from '../model/dates.ts';
import { ORG_1, ORG_2 } from '../model/keys.ts';
import type { Template } from '../model/types.ts';

/** Written `@[](name)` in a template's text. */
export const PLACEHOLDERS = [
  'client_full_name',
  'client_first_name',
  'business_name',
  'my_first_name',
] as const;

const POSITIVE = { positive: true, neutral: false, negative: false };
const NEGATIVE = { positive: false, neutral: false, negative: true };
const NEUTRAL = { positive: false, neutral: true, negative: false };

type Draft = Omit<Template, 'id' | 'update_date' | 'creation_date'>;

const DRAFTS: readonly Draft[] = [
  {
    org_id: ORG_1,
    language: 'fr',
    title: 'Merci 5 étoiles',
    text: 'Merci @[](client_first_name) pour ce bel avis ! À bientôt chez @[](business_name).',
    ...POSITIVE,
  },
  {
    org_id: ORG_1,
    language: 'fr',
    title: 'Excuses et contact',
    text: 'Bonjour @[](client_full_name), nous sommes désolés. Écrivez-nous et je m’en occupe. @[](my_first_name)',
    ...NEGATIVE,
  },
  {
    org_id: ORG_1,
    language: 'fr',
    title: 'Avis mitigé',
    text: 'Bonjour @[](client_first_name), merci pour votre franchise. Nous espérons faire mieux la prochaine fois.',
    ...NEUTRAL,
  },
  {
    org_id: ORG_1,
    language: 'es',
    title: 'Gracias',
    text: '¡Muchas gracias @[](client_first_name)! Te esperamos en @[](business_name).',
    ...POSITIVE,
  },
  {
    org_id: ORG_1,
    language: 'en',
    title: 'Thank you',
    text: 'Thank you @[](client_first_name), see you soon at @[](business_name)!',
    ...POSITIVE,
  },
  {
    org_id: ORG_1,
    language: 'en',
    title: 'Sorry',
    text: 'Hello @[](client_full_name), we are sorry. Please write to us. @[](my_first_name)',
    ...NEGATIVE,
  },
  {
    org_id: ORG_2,
    language: 'fr',
    title: 'Merci',
    text: 'Merci @[](client_first_name), à très vite.',
    ...POSITIVE,
  },
];

/** Ids count from 501. */
export const seedTemplates = (nowMs: number): Template[] =>
  DRAFTS.map((draft, index) => {
    const date = isoSeconds(nowMs - (400 - index * 30) * DAY);
    return { id: 501 + index, ...draft, creation_date: date, update_date: date };
  });
