import * as z from 'zod';
import { businessUpdate, isBusinessId } from '../../partoo/api/businesses.ts';
import { comparable } from '../definition/comparable-text.ts';
import { defineTool } from '../definition/define-tool.ts';
import { businessId } from '../fields/shared.ts';
import * as out from '../outputs/outputs.ts';
import { periodsIn, type SpecificHours, withoutPast } from './hours/specific-hours.ts';
import { businessFields } from './shape/business-fields.ts';

const DONE = 'Partoo accepted the change; the directories show it later.';

const isPast = (hours: SpecificHours, now: Date) => periodsIn(withoutPast(hours, now)) === 0;

/** Results leave empty values out. */
function aboutCleared(fields: Record<string, unknown>): string {
  const isEmpty = (value: unknown) => value === '' || (Array.isArray(value) && value.length === 0);
  const cleared = Object.keys(fields).filter(name => isEmpty(fields[name]));
  return cleared.length > 0 ? ` Cleared: ${cleared.join(', ')}.` : '';
}

function aboutDropped(given: SpecificHours | undefined, sent: SpecificHours | undefined): string {
  const dropped = given && sent ? periodsIn(given) - periodsIn(sent) : 0;
  return dropped > 0 ? ` Special periods that have passed were left out: ${dropped}.` : '';
}

export const updateBusiness = defineTool({
  name: 'update_business',
  title: 'Update a business',
  description:
    'Change fields of one business, publicly on Google, Facebook and other directories. Only the fields given ' +
    'change. Hours, contacts, photos and lists are replaced as a whole: read them with get_business first and ' +
    'send them complete. An empty text or list clears its field. Returns the values as they were sent.',
  effect: 'replaces',
  uiResource: 'location',
  consequence: 'changes public listings',
  input: {
    business_id: businessId,
    ...businessFields,
  },
  check({ business_id, ...fields }) {
    const { specific_hours } = fields;
    if (specific_hours && periodsIn(specific_hours) > 0 && isPast(specific_hours, new Date())) {
      return [{ argument: 'specific_hours', message: 'has only periods that have passed; check the year' }];
    }
    if (Object.keys(fields).length > 0) return [];
    const names = Object.keys(businessFields).join(', ');
    return [{ argument: '(fields)', message: `give at least one field to change: ${names}` }];
  },
  output: z.object({
    status: out.text('written.status'),
    message: out.text('written.message'),
    id: out.text('written.id'),
    changed: out.open('business', {}, 'The fields as they were sent'),
    note: z.string(),
  }),
  recoveryHint: 'Call get_business and compare the fields.',
  withDefaults: ({ specific_hours, ...args }, now) => ({
    ...args,
    ...(specific_hours && { specific_hours: withoutPast(specific_hours, now) }),
  }),
  request: ({ business_id, ...fields }) => businessUpdate(business_id, fields),
  result: (response, { business_id, ...fields }, given) => ({
    id: business_id,
    ...response,
    changed: fields,
    note: DONE + aboutCleared(fields) + aboutDropped(given.specific_hours, fields.specific_hours),
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
