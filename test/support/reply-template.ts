/** A reply template that Partoo takes. No tool lists templates, so a lost answer to one stays unknown. */
export const REPLY_TEMPLATE = {
  language: 'fr',
  title: 'Merci',
  text: 'Merci !',
  positive: true,
  neutral: false,
  negative: false,
};
