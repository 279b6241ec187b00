import { DAY, isoSeconds } from '../model/dates.ts';
import { ORG_1, ORG_2 } from '../model/keys.ts';
import { hexId } from '../model/seeded-random.ts';

interface MessageTemplate {
  id: string;
  title: string;
  content: string;
  icon: string;
  org_id: number;
  created_at: string;
  updated_at: string;
  usage_count: number;
}

const TEXTS: readonly [org_id: number, title: string, icon: string, text: string, uses: number][] = [
  [
    ORG_1,
    'Horaires des fêtes',
    '🎄',
    'Bonjour {{client_first_name}}, {{business_name}} est ouvert le 24 décembre jusqu’à 16 h et fermé le 25.',
    41,
  ],
  [
    ORG_1,
    'Commande prête',
    '🎂',
    'Bonjour {{client_full_name}}, votre commande vous attend au {{address}}. À tout de suite !\n{{my_first_name}}',
    112,
  ],
  [ORG_1, 'Demande d’avis', '⭐', 'Merci de votre visite ! Un avis nous aiderait beaucoup : {{rb_link}}', 18],
  [
    ORG_1,
    'Nous appeler',
    '📞',
    'Le plus simple est de "nous appeler" au {{phone_number}}, ou de lire {{website_url}}.',
    7,
  ],
  [ORG_2, 'Bienvenue', '👋', 'Bonjour, merci de nous écrire. {{my_first_name}}', 3],
];

/** Partoo documents the content as JSON, and shows it without the comma between its two fields. */
const contentOf = (text: string) => `{"text": ${JSON.stringify(text)} "_version": "0.1"}`;

export const messageTemplatesOf = (organization: number, nowMs: number): MessageTemplate[] =>
  TEXTS.filter(([org_id]) => org_id === organization).map(
    ([org_id, title, icon, text, usage_count], index) => ({
      id: hexId('message template', title),
      title,
      content: contentOf(text),
      icon,
      org_id,
      created_at: isoSeconds(nowMs - (300 - index) * DAY),
      updated_at: isoSeconds(nowMs - (90 - index) * DAY),
      usage_count,
    }),
  );
