import { z } from 'zod';
import { day } from '../http/parameters.ts';

const slot = z
  .string()
  .regex(/^([01]\d|2[0-3]):[0-5]\d-([01]\d|2[0-3]):[0-5]\d$/, 'Not a valid slot (HH:MM-HH:MM).');
const slots = z.array(slot);

const openHours = z.strictObject({
  monday: slots,
  tuesday: slots,
  wednesday: slots,
  thursday: slots,
  friday: slots,
  saturday: slots,
  sunday: slots,
});

const inOrder = (range: { starts_at: string; ends_at: string }) => range.starts_at <= range.ends_at;
const dates = { starts_at: day, ends_at: day };
const specificHours = z.strictObject({
  open: z.array(z.strictObject({ ...dates, open_hours: slots }).refine(inOrder, 'Ends before it starts.')),
  close: z.array(z.strictObject(dates).refine(inOrder, 'Ends before it starts.')),
});

const contact = z.strictObject({
  name: z.string().nullish(),
  email: z.email().nullish(),
  phone_numbers: z.array(z.string().regex(/^\+[1-9]\d{6,14}$/, 'Not an E.164 number.')).optional(),
  fax: z.string().nullish(),
});

const photos = z.strictObject({
  LOGO: z.url().nullish(),
  primary: z.url().nullish(),
  secondary: z.array(z.url()).optional(),
});

/** An empty text clears the link, which Partoo does not document. */
const clearableUrl = z.union([z.url(), z.literal('')], { error: 'Not a valid URL.' });

/** A day before which no business on Earth still is. */
const earliestDay = () => new Date(Date.now() - 12 * 3_600_000).toISOString().slice(0, 10);

/** The body of an update. Nested fields are replaced whole. */
export const businessChanges = z
  .strictObject({
    name: z.string().min(1, 'Must not be empty.'),
    code: z.string().min(1, 'Must not be empty.'),
    groups: z.array(z.int()),
    categories: z.array(z.string().startsWith('gcid:')).min(1, 'At least one category.'),
    national_identification_number: z.string(),
    status: z.enum(['open', 'closed', 'temporarily_closed']),
    opening_date: day,
    address_full: z.string().min(1, 'Must not be empty.'),
    address2: z.string(),
    city: z.string().min(1, 'Must not be empty.'),
    zipcode: z.string().min(1, 'Must not be empty.'),
    region: z.string(),
    country: z.string().regex(/^[A-Z]{2}$/, 'Not an ISO 3166 alpha-2 code.'),
    lat: z.number().min(-90).max(90),
    long: z.number().min(-180).max(180),
    website_url: clearableUrl,
    facebook_url: clearableUrl,
    twitter_url: clearableUrl,
    description_short: z.string().max(80, 'At most 80 characters.'),
    description_long: z.string().max(750, 'At most 750 characters.'),
    open_hours: openHours,
    specific_hours: specificHours.refine(
      ({ open, close }) => [...open, ...close].every(({ ends_at }) => ends_at >= earliestDay()),
      'Has a period that has passed.',
    ),
    contacts: z.array(contact),
    photos,
  })
  .partial();

export type BusinessChanges = z.output<typeof businessChanges>;
