/** By their id and in its alphabetical order, in English and French. */
const NAMES = {
  bakery: ['Bakery', 'Boulangerie'],
  cafe: ['Cafe', 'Café'],
  coffee_shop: ['Coffee shop', 'Salon de café'],
  pastry_shop: ['Pastry shop', 'Pâtisserie'],
  restaurant: ['Restaurant', 'Restaurant'],
  sandwich_shop: ['Sandwich shop', 'Sandwicherie'],
  tea_house: ['Tea house', 'Salon de thé'],
} as const;

export const categoriesIn = (language = 'en') =>
  Object.entries(NAMES).map(([id, [english, french]], index) => ({
    id: index + 1,
    gmb_id: `gcid:${id}`,
    name: language === 'fr' ? french : english,
    state: id === 'tea_house' ? 'DEPRECATED' : 'OK',
    block_push_long_description_on_gmb: false,
    live_id: null,
  }));
