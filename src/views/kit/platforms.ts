/** The platforms of reviews and posts, by Partoo's names. */

const NAMES: Record<string, string> = {
  google_my_business: 'Google',
  facebook: 'Facebook',
  instagram: 'Instagram',
  tripadvisor: 'Tripadvisor',
};

export const platformName = (platform: string): string => NAMES[platform] ?? platform;

/** Spellings that the server accepts too. */
const ALIASES: Record<string, string> = {
  google: 'google_my_business',
  gmb: 'google_my_business',
  gbp: 'google_my_business',
  fb: 'facebook',
  ig: 'instagram',
  insta: 'instagram',
};

export const platformIn = (word: string): string => ALIASES[word] ?? word;
