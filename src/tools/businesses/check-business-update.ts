import { defineTool } from '../definition/define-tool.ts';
import { businessId } from '../fields/shared.ts';
import * as out from '../outputs/outputs.ts';
import { businessFields } from './shape/business-fields.ts';

export const checkBusinessUpdate = defineTool({
  name: 'check_business_update',
  title: 'Check a business update',
  description:
    "Partoo's dry run of update_business: the problems that Google and Facebook would have with the fields given. Saves " +
    'nothing. Without fields: the problems that the listing has now, by publisher.',
  effect: 'reads',
  optional: true,
  input: { business_id: businessId, ...businessFields },
  output: out.open('publisher_errors', {}, "Partoo's problems by publisher; absent means none"),
  run: ({ business_id, ...fields }, { partoo }) => partoo.publishers.errors(business_id, fields),
});
