import { prompt } from './prompt.ts';

export const BUSINESSES = [
  prompt(
    'Which of our locations have no phone number or no website in their listing?',
    'Quels établissements n’ont pas de numéro de téléphone ou de site web sur leur fiche ?',
    'search_businesses',
  ),
  prompt(
    'Close every shop in Lyon on 25 December and 1 January. Show me the changes first.',
    'Ferme toutes les boutiques de Lyon le 25 décembre et le 1er janvier. Montre-moi d’abord les changements.',
    'search_businesses',
    'set_special_hours',
  ),
  prompt(
    'Compare the opening hours of our Paris shops in a table. Which one differs from the others?',
    'Compare les horaires de nos boutiques de Paris dans un tableau. Laquelle diffère des autres ?',
    'search_businesses',
  ),
  prompt(
    'Write a short description for each shop in Bordeaux from its long one, 80 characters at most. Wait for my yes before you save.',
    'Rédige une description courte pour chaque boutique de Bordeaux à partir de la longue, 80 caractères au plus. Attends mon accord avant d’enregistrer.',
    'search_businesses',
    'update_business',
  ),
  prompt(
    'Which listings are not connected to Google or Facebook, and what is the problem with each?',
    'Quelles fiches ne sont pas connectées à Google ou à Facebook, et quel est le problème pour chacune ?',
    'get_publisher_states',
  ),
  prompt(
    'How complete are our listings on average, and how many are far from complete?',
    'Quel est le taux de complétion moyen de nos fiches, et combien en sont loin ?',
    'get_completion_stats',
  ),
  prompt(
    'From Monday the shop Bellecour opens at 7 instead of 8, Monday to Friday. Change its hours and show me before and after.',
    'À partir de lundi, la boutique de Bellecour ouvre à 7 h au lieu de 8 h, du lundi au vendredi. Change ses horaires et montre-moi avant et après.',
    'search_businesses',
    'get_business',
    'update_business',
  ),
  prompt(
    'Would Google accept the description “Best bread in town, call 06 12 34 56 78” for Bellecour? Check without saving.',
    'Google accepterait-il la description « Le meilleur pain de la ville, appelez le 06 12 34 56 78 » pour Bellecour ? Vérifie sans enregistrer.',
    'search_businesses',
    'check_business_update',
  ),
  prompt(
    'Which Google category fits a shop that also serves brunch? List the candidates with their ids.',
    'Quelle catégorie Google convient à une boutique qui sert aussi le brunch ? Donne les candidates avec leur identifiant.',
    'search_categories',
  ),
  prompt(
    'Which locations are temporarily closed or open soon? Check that their hours and descriptions say so.',
    'Quels établissements sont fermés temporairement ou ouvrent bientôt ? Vérifie que leurs horaires et descriptions le disent.',
    'search_businesses',
  ),
];
