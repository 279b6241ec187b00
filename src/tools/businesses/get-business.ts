import * as z from 'zod';
import { defineTool } from '../define-tool.ts';
import * as out from '../outputs.ts';
import { businessId } from '../shared-fields.ts';

export const getBusiness = defineTool({
  name: 'get_business',
  title: 'Get a business',
  description:
    'Everything Partoo knows about one business: address, contacts, opening hours, descriptions, ' +
    'categories, photos, links, subscriptions. Find its id with search_businesses. Read it before ' +
    'update_business.',
  effect: 'reads',
  input: {
    business_id: businessId,
  },
  output: z.looseObject({
    id: out.text(),
    name: out.text(),
    code: out.text(),
    status: out.text(),
    created: out.time(),
    modified: out.time(),
    open_hours: out.openObject('Slots by weekday on the local clock; an empty list means closed that day'),
    specific_hours: out.openObject('Exceptions by date'),
  }),
  run: ({ business_id }, { partoo }) => partoo.businesses.get(business_id),
});
