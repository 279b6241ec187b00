/** In alphabetical order. */
const NAMES = ['bakery', 'cafe', 'coffee_shop', 'pastry_shop', 'restaurant', 'sandwich_shop', 'tea_house'];

export const CATEGORIES = NAMES.map((name, index) => ({
  id: index + 1,
  gmb_id: `gcid:${name}`,
  name: name[0]?.toUpperCase() + name.slice(1).replaceAll('_', ' '),
  state: name === 'tea_house' ? 'DEPRECATED' : 'OK',
  block_push_long_description_on_gmb: false,
  live_id: null,
}));
