import { defineTool } from '../definition/define-tool.ts';
import { businessId } from '../fields/shared.ts';
import { BUSINESS_COLUMNS, business } from './shape/business-columns.ts';

export const getBusiness = defineTool({
  name: 'get_business',
  title: 'Get a business',
  description:
    'Everything about one business: address, contacts, opening hours, descriptions, categories, photos, ' +
    'links. search_businesses finds its id. Read it before update_business.',
  effect: 'reads',
  uiResource: 'location',
  input: {
    business_id: businessId,
  },
  output: business,
  view: { columns: BUSINESS_COLUMNS, columnsAsIn: 'search_businesses' },
  run: ({ business_id }, { partoo }) => partoo.businesses.get(business_id),
});
