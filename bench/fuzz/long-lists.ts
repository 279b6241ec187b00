import fc from 'fast-check';
import { rpc } from '../../test/support/rpc.ts';

/** Calls with one list that is far too long, at the top level or nested, up to the size limit of bodies. */

const MAX_LENGTH = 240_000;

/** Every argument that takes a list, as a function of the list. */
const PLACES: ((list: unknown) => { name: string; arguments: Record<string, unknown> })[] = [
  list => ({ name: 'search_businesses', arguments: { business__in: list } }),
  list => ({ name: 'search_reviews', arguments: { state__in: list } }),
  list => ({ name: 'get_review_metrics', arguments: { metrics: list } }),
  list => ({ name: 'get_profile_keywords', arguments: { metrics: 'count', dimensions: list } }),
  ...[
    (list: unknown) => ({ open_hours: { monday: list } }),
    (list: unknown) => ({ open_hours: list }),
    (list: unknown) => ({
      specific_hours: { open: [{ starts_at: '2050-01-01', ends_at: '2050-01-02', open_hours: list }] },
    }),
    (list: unknown) => ({ specific_hours: { close: list } }),
    (list: unknown) => ({ contacts: [{ phone_numbers: list }] }),
    (list: unknown) => ({ contacts: list }),
    (list: unknown) => ({ photos: { secondary: list } }),
    (list: unknown) => ({ categories: list }),
  ].map(
    place => (list: unknown) =>
      ({ name: 'update_business', arguments: { business_id: 'c-PAR/01', ...place(list) } }) as const,
  ),
  list => ({
    name: 'create_post',
    arguments: { business__in: list, publishers: list, post_type: 'news', summary: 'x' },
  }),
  list => ({
    name: 'create_post',
    arguments: {
      business__in: 'x',
      publishers: 'facebook',
      post_type: 'news',
      summary: 'x',
      image_url: list,
    },
  }),
];

const ITEMS = [1, '1', '', ' ', '09:00-12:00', 'https://a.example', null, {}, [], { a: [1] }, [[1]]];
const SEPARATORS = [',', ';', '\n', ' | ', ' '];

const list = fc
  .tuple(
    fc.constantFrom(...ITEMS),
    fc.constantFrom(...SEPARATORS),
    fc.constantFrom('array', 'text', 'JSON', 'nested'),
    fc.integer({ min: 10, max: MAX_LENGTH }),
  )
  .map(([item, separator, shape, length]) => {
    const items = (each: number) => Array(Math.floor(length / each)).fill(item);
    const json = JSON.stringify(item);
    if (shape === 'text') return items(json.length + separator.length).join(separator);
    // Quotes take two characters in a JSON string.
    if (shape === 'JSON') return JSON.stringify(items(2 * json.length + 1));
    return shape === 'array' ? items(json.length + 1) : [items(json.length + 1)];
  });

export const longLists = fc
  .tuple(fc.constantFrom(...PLACES), list)
  .map(([place, list]) => rpc('tools/call', place(list)));
