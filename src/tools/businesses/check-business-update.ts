import * as z from 'zod';
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
  output: out.open('publisher_errors', { note: z.string().optional() }, "Partoo's problems by publisher"),
  async run({ business_id, ...fields }, { partoo }) {
    const { note, ...found } = await partoo.publishers.errors(business_id, fields);
    return { ...found, ...(isBlank(found) && { note: 'Partoo reports no problem.' }) };
  },
});

/** Partoo does not document the names in its answer, so only an answer with nothing in it says that there is no problem. */
const isBlank = (value: unknown): boolean =>
  typeof value === 'object' ? Object.values(value ?? {}).every(isBlank) : value === undefined || value === '';
