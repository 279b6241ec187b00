import type { Post } from '../../model/types.ts';

export const POST_TEXTS: Record<'fr' | 'es' | 'en', Record<Post['post_type'], readonly string[]>> = {
  fr: {
    news: [
      'Frangipane, pomme ou chocolat : nos galettes sortent du four chaque matin jusqu’à la fin du mois.',
      'Courge rôtie et graines de tournesol : goûtez notre nouveau pain au levain, disponible dès aujourd’hui.',
      'Vous aimez le bon pain et le contact ? Nous cherchons une vendeuse ou un vendeur, poussez la porte avec votre CV.',
      'Les beaux jours sont là : la terrasse vous attend tous les jours de 8 h à 19 h.',
    ],
    event: [
      'Samedi matin, notre boulanger vous apprend à nourrir votre levain. Huit places, inscription en boutique.',
      'Trois origines, trois torréfactions : venez goûter gratuitement avec notre torréfacteur.',
    ],
    offer: [
      'Pour deux formules petit-déjeuner achetées, le deuxième jus pressé est offert.',
      'À partir de 18 h, trois viennoiseries pour le prix de deux.',
    ],
    alert: ['En raison de travaux dans la rue, nous fermons à 18 h cette semaine.'],
  },
  es: {
    news: [
      'Calabaza asada y pipas: prueba nuestra nueva hogaza de masa madre, desde hoy en la tienda.',
      'Ya puedes encargar tu roscón, relleno de nata o sin relleno.',
    ],
    event: ['El sábado por la mañana te enseñamos a cuidar tu masa madre. Plazas limitadas.'],
    offer: ['Con dos meriendas, la segunda bebida va por nuestra cuenta.'],
    alert: ['Esta semana cerramos a las 19:00 por obras en la calle.'],
  },
  en: {
    news: [
      'Roasted squash and sunflower seeds: our new sourdough is on the shelf from today.',
      'Love good bread and good company? We are looking for a weekend barista, pop in with your CV.',
    ],
    event: ['Learn to feed your own starter with our head baker on Saturday morning. Eight places.'],
    offer: ['Any pastry half price with a hot drink after four.'],
    alert: ['Road works outside: we close at five this week.'],
  },
};
