import { oneOf, text, urls } from '../fields/index.ts';

/** Arguments that create_post and update_post share. */

export const contentFields = {
  title: text('For an event or offer.').optional(),
  image_url: urls('Image URLs, comma-separated.').optional(),
  cta_type: oneOf(['book', 'order', 'shop', 'learn_more', 'sign_up', 'call', 'no_cta'], 'Button.').optional(),
};

export const offerFields = {
  coupon_code: text('For an offer.').optional(),
  offer_terms: text('For an offer.').optional(),
};
