import { prompt } from './prompt.ts';

export const POSTS = [
  prompt(
    'Write a post on our new autumn menu for all shops in Paris, on Google and Facebook. Save it as a draft.',
    'Rédige un post sur notre carte d’automne pour toutes les boutiques de Paris, sur Google et Facebook. Enregistre-le comme brouillon.',
    'search_businesses',
    'create_post',
  ),
  prompt(
    'Which posts failed, and on which platform?',
    'Quels posts ont échoué, et sur quelle plateforme ?',
    'search_posts',
  ),
  prompt(
    'Announce the tasting on Saturday from 3 to 6 pm at Bellecour as an event on Google. Show me the text first.',
    'Annonce la dégustation de samedi, de 15 h à 18 h à Bellecour, comme événement sur Google. Montre-moi d’abord le texte.',
    'search_businesses',
    'create_post',
  ),
  prompt(
    'Which posts of the last months had the most views and clicks? What do they have in common?',
    'Quels posts des derniers mois ont eu le plus de vues et de clics ? Qu’ont-ils en commun ?',
    'search_posts',
  ),
  prompt(
    'What is scheduled for the coming weeks? As a calendar, by shop.',
    'Qu’est-ce qui est programmé pour les semaines à venir ? Sous forme de calendrier, par boutique.',
    'search_posts',
  ),
  prompt(
    'Plan an offer: 10 % off with the code MERCI10 for the shops in Lyon, next week, on Google. I want to read it before it goes out.',
    'Prépare une offre : 10 % avec le code MERCI10 pour les boutiques de Lyon, la semaine prochaine, sur Google. Je veux la relire avant publication.',
    'search_businesses',
    'create_post',
  ),
  prompt(
    'Which shops have had no post for a month?',
    'Quelles boutiques n’ont eu aucun post depuis un mois ?',
    'search_businesses',
    'search_posts',
  ),
  prompt(
    'Shorten the text of the scheduled job post and make it friendlier. Show me before and after.',
    'Raccourcis le texte du post d’embauche programmé et rends-le plus chaleureux. Montre-moi avant et après.',
    'search_posts',
    'update_post',
  ),
  prompt(
    'Take our best Google post and rewrite it for Instagram, with the picture that it had.',
    'Prends notre meilleur post Google et réécris-le pour Instagram, avec l’image qu’il avait.',
    'search_posts',
    'create_post',
  ),
  prompt(
    'List the drafts that wait for approval, who they are for, and when they expire.',
    'Donne la liste des brouillons à valider, pour quelles boutiques, et quand ils expirent.',
    'search_posts',
  ),
];
