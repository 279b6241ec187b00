import * as z from 'zod';
import { defineTool } from '../definition/define-tool.ts';
import { oneOf, text } from '../fields/index.ts';
import { country, page, perPage } from '../fields/shared.ts';
import * as out from '../outputs/outputs.ts';
import { numberedList, toNumberedList } from '../outputs/pages.ts';

export const searchCategories = defineTool({
  name: 'search_categories',
  title: 'Search categories',
  description:
    'Find business categories by words. The `gmb_id` of a row is for `categories` of update_business: the first is the main ' +
    'one, 10 at most.',
  effect: 'reads',
  optional: true,
  input: {
    search_query: text('Words, such as bakery.').optional(),
    country,
    lang: text('Language of the names, such as fr.').optional(),
    state: oneOf(['OK', 'DEPRECATED'], 'State.').optional(),
    page,
    per_page: perPage(100),
  },
  output: numberedList(
    'categories',
    z.object({
      gmb_id: out.text('category.gmb_id'),
      name: out.text('category.name'),
      state: out.text('category.state'),
    }),
  ),
  view: { rows: 'categories' },
  run: async (args, { partoo }) => toNumberedList('categories', await partoo.categories.search(args), args),
});
