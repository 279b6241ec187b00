import { prompt } from './prompt.ts';

export const REVIEWS = [
  prompt(
    'Draft a reply to every unanswered 1- or 2-star review of this week, in the language of the review. Publish only what I approve.',
    'Rédige une réponse à chaque avis à 1 ou 2 étoiles sans réponse de la semaine, dans la langue de l’avis. Ne publie que ce que j’approuve.',
    'search_reviews',
    'reply_to_review',
  ),
  prompt(
    'What do customers complain about most this month? Quote two reviews for each topic.',
    'De quoi les clients se plaignent-ils le plus ce mois-ci ? Cite deux avis pour chaque sujet.',
    'search_reviews',
  ),
  prompt(
    'Rank our shops by average rating over the last three months, with the number of reviews.',
    'Classe nos boutiques par note moyenne sur les trois derniers mois, avec le nombre d’avis.',
    'get_review_metrics',
  ),
  prompt(
    'Which shops have the most reviews without a reply?',
    'Quelles boutiques ont le plus d’avis sans réponse ?',
    'search_reviews',
  ),
  prompt(
    'How has our average rating changed from month to month this year? Say which month stands out.',
    'Comment notre note moyenne a-t-elle évolué mois par mois cette année ? Dis quel mois sort du lot.',
    'get_review_metrics',
  ),
  prompt(
    'How fast do we reply, shop by shop? Which share gets a reply within 48 hours?',
    'En combien de temps répondons-nous, boutique par boutique ? Quelle part reçoit une réponse en moins de 48 heures ?',
    'get_review_metrics',
  ),
  prompt(
    'Thank everybody who left 5 stars and a text since Monday, each with a sentence of its own. Show me the list before you publish.',
    'Remercie tous ceux qui ont laissé 5 étoiles et un texte depuis lundi, chacun avec une phrase à lui. Montre-moi la liste avant de publier.',
    'search_reviews',
    'reply_to_review',
  ),
  prompt(
    'Find the reviews that mention waiting time or queues, and tell me at which hours and in which shops it goes wrong.',
    'Trouve les avis qui parlent d’attente ou de file, et dis-moi à quelles heures et dans quelles boutiques cela coince.',
    'search_reviews',
  ),
  prompt(
    'Save a reply template for 4- and 5-star reviews in French that names the customer and the shop.',
    'Enregistre un modèle de réponse aux avis à 4 et 5 étoiles en français, qui nomme le client et la boutique.',
    'create_review_reply_template',
  ),
  prompt(
    'Compare Google and Tripadvisor: number of reviews, ratings, and what people write there and not here.',
    'Compare Google et Tripadvisor : nombre d’avis, notes, et ce que les gens écrivent là-bas et pas ici.',
    'search_reviews',
  ),
];
