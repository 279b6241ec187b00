// Conversations between a consumer (C) and a business (U). A seeded conversation is the beginning of one.

type Line = [sender: 'C' | 'U', content: string];
export type Script = readonly Line[];

export const SCRIPTS: Record<'fr' | 'es' | 'en', readonly Script[]> = {
  fr: [
    [
      ['C', 'Bonjour, est-ce que je peux commander un gâteau d’anniversaire pour samedi ?'],
      ['U', 'Bonjour ! Bien sûr, pour combien de personnes ?'],
      ['C', 'Une douzaine, dont un enfant allergique aux noisettes.'],
      ['U', 'Nous pouvons faire un fraisier sans fruits à coque, 42 €. Cela vous convient ?'],
      ['C', 'Parfait. Je peux passer le prendre à 10 h ?'],
      ['U', 'Oui, il sera prêt dès 9 h 30. À quel nom ?'],
      ['C', 'Au nom de Morel.'],
      ['U', 'C’est noté, merci et à samedi !'],
      ['C', 'Finalement serait-il possible d’écrire « Bon anniversaire Jeanne » dessus ?'],
      ['U', 'Avec plaisir, c’est ajouté.'],
      ['C', 'Merci beaucoup pour votre réactivité.'],
      ['U', 'C’est nous qui vous remercions !'],
    ],
    [
      ['C', 'Bonsoir, êtes-vous ouverts le 25 décembre ?'],
      ['U', 'Bonsoir, nous serons fermés le 25 mais ouverts le 24 jusqu’à 16 h.'],
      ['C', 'Merci ! Faut-il réserver les bûches ?'],
      ['U', 'Oui, avant le 20, directement en boutique ou ici.'],
      ['C', 'Alors une bûche praliné pour 6, s’il vous plaît.'],
    ],
    [
      ['C', 'J’ai oublié mon parapluie noir ce matin à la table près de la fenêtre.'],
      ['U', 'Bonjour, nous l’avons trouvé, il vous attend à la caisse.'],
      ['C', 'Vous me sauvez, je passe demain.'],
    ],
    [
      ['C', 'Bonjour, proposez-vous du pain sans gluten ?'],
      ['U', 'Bonjour, pas pour le moment : notre fournil travaille le blé, nous ne pouvons rien garantir.'],
      ['C', 'D’accord, merci de votre honnêteté.'],
    ],
    [
      ['C', 'Ma commande de ce matin était incomplète, il manquait deux pains au chocolat.'],
      ['C', 'J’ai encore le ticket si besoin.'],
      ['U', 'Toutes nos excuses ! Pouvez-vous nous envoyer une photo du ticket ?'],
      ['C', 'https://photos.maison-solene.example/messages/ticket.jpg'],
      ['U', 'Merci. Nous vous offrons la prochaine commande, présentez ce message en caisse.'],
    ],
  ],
  es: [
    [
      ['C', 'Hola, ¿hacéis tartas por encargo?'],
      ['U', '¡Hola! Sí, con 48 horas de antelación. ¿Para cuántas personas?'],
      ['C', 'Para ocho, con chocolate si puede ser.'],
      ['U', 'Perfecto: tarta de chocolate para ocho, 32 €. ¿Para qué día?'],
      ['C', 'Para el viernes por la tarde.'],
      ['U', 'Anotado. Puedes recogerla a partir de las 17:00.'],
      ['C', '¡Gracias!'],
    ],
    [
      ['C', 'Buenos días, ¿se puede reservar mesa para el brunch del domingo?'],
      ['U', 'Buenos días, el brunch es sin reserva, pero a las 9:30 siempre hay sitio.'],
      ['C', 'Genial, allí estaremos.'],
    ],
    [
      ['C', '¿A qué hora cerráis hoy? En Google pone 20:30 pero estaba cerrado.'],
      ['U', 'Lo sentimos, hoy cerramos antes por una avería. Mañana abrimos a las 8:30.'],
      ['C', 'Vale, gracias por avisar.'],
      ['U', 'Te invitamos a un café por las molestias.'],
    ],
  ],
  en: [
    [
      ['C', 'Hi, do you still have the walnut loaf? Yesterday it was sold out by noon.'],
      ['U', 'Hello! We can keep one aside for you, what time would you come?'],
      ['C', 'Around half past twelve.'],
      ['U', 'Done, it is behind the till under your name.'],
      ['C', 'Brilliant, thank you.'],
    ],
    [
      ['C', 'Hello, can you cater a breakfast for 25 people on Thursday?'],
      ['U', 'We would love to. Pastries only, or sandwiches and fruit as well?'],
      ['C', 'Both please, and coffee.'],
      ['U', 'That would be £310 including delivery before 8:30. Shall I send an invoice?'],
      ['C', 'Yes, to our office on Upper Street.'],
      ['U', 'On its way. Thank you for the order!'],
    ],
    [
      ['C', 'Is the Northern Quarter branch dog friendly?'],
      ['U', 'It is! There is a water bowl by the door.'],
      ['C', 'See you Saturday then :)'],
    ],
  ],
};
