/** A valid reply template. No tool lists templates, so a lost response leaves the outcome unknown. */
export const REPLY_TEMPLATE = {
  language: 'fr',
  title: 'Merci',
  text: 'Merci !',
  positive: true,
  neutral: false,
  negative: false,
};
