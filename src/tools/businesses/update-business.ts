import * as z from 'zod';
import { businessUpdate, isBusinessId } from '../../partoo/api/businesses.ts';
import { comparable } from '../definition/comparable-text.ts';
import { defineTool } from '../definition/define-tool.ts';
import { businessId } from '../fields/shared.ts';
import * as out from '../outputs/outputs.ts';
import { businessFields } from './business-fields.ts';

export const updateBusiness = defineTool({
  name: 'update_business',
  title: 'Update a business',
  description:
    'Change fields of one business, publicly on Google, Facebook and other directories. Only the fields given ' +
    'change. Hours, contacts, photos and lists are replaced as a whole: read them with get_business first and ' +
    'send them complete. An empty text or list clears its field. Returns which fields were sent.',
  effect: 'replaces',
  consequence: 'changes public listings',
  input: {
    business_id: businessId,
    ...businessFields,
  },
  check({ business_id, ...fields }) {
    if (Object.keys(fields).length > 0) return [];
    const names = Object.keys(businessFields).join(', ');
    return [{ argument: '(fields)', message: `give at least one field to change: ${names}` }];
  },
  output: z.object({
    status: out.text('written.status'),
    message: out.text('written.message'),
    id: out.text('written.id'),
    changed: z.array(z.string()).describe('The fields that were sent'),
    note: z.string(),
  }),
  recoveryHint: 'Call get_business and compare the fields.',
  request: ({ business_id, ...fields }) => businessUpdate(business_id, fields),
  result: (response, { business_id, ...fields }) => ({
    id: business_id,
    ...response,
    changed: Object.keys(fields),
    note: 'Partoo accepted the change; the directories show it later.',
  }),
  target({ business_id, code }) {
    // The business's code changes, and another may have its old one.
    if (code !== undefined) return { kind: 'any' };
    // Partoo does not say whether codes are case-sensitive.
    return isBusinessId(business_id)
      ? { kind: 'id', value: business_id }
      : { kind: 'code', value: comparable(business_id).toLowerCase() };
  },
});
