import { prompt } from './prompt.ts';

export const ANALYTICS = [
  prompt(
    'How often were our Google profiles seen last month, and how does that compare with the month before?',
    'Combien de fois nos fiches Google ont-elles été vues le mois dernier, et par rapport au mois d’avant ?',
    'get_profile_metrics',
  ),
  prompt(
    'Which ten shops get the most calls from Google, and which get none?',
    'Quelles sont les dix boutiques qui reçoivent le plus d’appels depuis Google, et lesquelles n’en reçoivent aucun ?',
    'get_profile_metrics',
  ),
  prompt(
    'Show the direction requests of the Lyon shops by month for a year. Is there a season?',
    'Montre les demandes d’itinéraire des boutiques de Lyon par mois sur un an. Y a-t-il une saison ?',
    'get_profile_metrics',
  ),
  prompt(
    'What did people search for before they found Bellecour? Leave out our own name.',
    'Que cherchaient les gens avant de trouver Bellecour ? Sans les recherches avec notre nom.',
    'search_businesses',
    'get_profile_keywords',
  ),
  prompt(
    'Do people find us on Maps or in Search, on a phone or on a desktop? In percent, by city.',
    'Nous trouve-t-on sur Maps ou dans la recherche, sur téléphone ou sur ordinateur ? En pourcentage, par ville.',
    'search_businesses',
    'get_profile_metrics',
  ),
  prompt(
    'Which shops are seen a lot but get few clicks and calls? What could their listings lack?',
    'Quelles boutiques sont beaucoup vues mais reçoivent peu de clics et d’appels ? Que peut-il manquer à leur fiche ?',
    'search_businesses',
    'get_profile_metrics',
  ),
  prompt(
    'Which share of the searches has our brand’s name in it? By month.',
    'Quelle part des recherches contient le nom de notre marque ? Par mois.',
    'get_profile_keywords',
  ),
  prompt(
    'Write the monthly report for Paris: views, calls, clicks, directions, each with the change from last year, in five sentences.',
    'Rédige le bilan du mois pour Paris : vues, appels, clics, itinéraires, chacun avec l’évolution sur un an, en cinq phrases.',
    'get_profile_metrics',
  ),
  prompt(
    'On which weekdays do people call us most? Take the last three months.',
    'Quels jours de la semaine nous appelle-t-on le plus ? Sur les trois derniers mois.',
    'get_profile_metrics',
  ),
  prompt(
    'Did the better ratings of the last months bring more views? Compare both by shop, and be honest about what that proves.',
    'Les meilleures notes des derniers mois ont-elles amené plus de vues ? Compare les deux par boutique, et dis ce que cela prouve vraiment.',
    'get_profile_metrics',
    'get_review_metrics',
  ),
];
