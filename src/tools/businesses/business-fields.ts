import * as z from 'zod';
import {
  date,
  day,
  decimal,
  httpUrl,
  idArray,
  innerText,
  innerTexts,
  innerUrls,
  numericIdArray,
  oneOf,
  structure,
  text,
  URL_FORM,
} from '../fields/index.ts';
import { country, STATUS_ALIASES } from '../fields/shared.ts';
import { slots } from './opening-slots.ts';
import { phoneNumber } from './phone-number.ts';

const openHours = z.strictObject({
  monday: slots,
  tuesday: slots,
  wednesday: slots,
  thursday: slots,
  friday: slots,
  saturday: slots,
  sunday: slots,
});

const period = { starts_at: day(), ends_at: day() };
const endsAfterStart = (value: { starts_at: string; ends_at: string }) => value.starts_at <= value.ends_at;
const wrongOrder = { error: 'ends_at is before starts_at' };

const bothLists = {
  error: ({ input }: { input?: unknown }) =>
    input === undefined
      ? 'is required: open and close replace all exceptions; include those to keep, [] for none'
      : undefined,
};
const openSlots = slots.refine(day => day.length > 0, {
  error: 'has no slots; put closed days in close',
});

const specificHours = z
  .strictObject({
    open: z.array(
      z.strictObject({ ...period, open_hours: openSlots }).refine(endsAfterStart, wrongOrder),
      bothLists,
    ),
    close: z.array(z.strictObject(period).refine(endsAfterStart, wrongOrder), bothLists),
  })
  .superRefine(({ open, close }, context) => {
    const message = dayInTwo(open, close);
    if (message !== undefined) context.addIssue({ code: 'custom', message });
  });

type Period = { starts_at: string; ends_at: string };

/** Finds a day that is both open and closed, or has two lists of hours. Two closed periods may overlap. */
function dayInTwo(open: Period[], close: Period[]): string | undefined {
  const at = (list: string) => (period: Period, index: number) => ({ ...period, place: `${list}[${index}]` });
  const periods = [...open.map(at('open')), ...close.map(at('close'))];
  for (const [index, one] of periods.slice(0, open.length).entries()) {
    const overlaps = (other: Period) => other.starts_at <= one.ends_at && one.starts_at <= other.ends_at;
    const other = periods.slice(index + 1).find(overlaps);
    if (!other) continue;
    const day = one.starts_at > other.starts_at ? one.starts_at : other.starts_at;
    return `${day} is in ${one.place} and in ${other.place}; keep it in one of them`;
  }
  return undefined;
}

const contacts = z.array(
  z.strictObject({
    name: innerText().optional(),
    email: innerText().optional(),
    phone_numbers: innerTexts(phoneNumber()).optional(),
    fax: innerText().optional(),
  }),
);

const photos = z.strictObject({
  LOGO: httpUrl().optional(),
  primary: httpUrl().optional(),
  secondary: innerUrls().optional(),
});

/** An empty text clears the field. Partoo does not document this, nor any other way. */
const clearable = (description: string, max?: number) =>
  text(description, { mayBeEmpty: true, max }).optional();

const link = (description: string) =>
  text(description, { mayBeEmpty: true })
    .refine(url => url === '' || httpUrl().safeParse(url).success, { error: URL_FORM })
    .optional();

export const businessFields = {
  name: text('Public name.').optional(),
  code: clearable('Store code.'),
  groups: numericIdArray('Ids of its groups.').optional(),
  categories: idArray('Category ids such as gcid:restaurant, at least one.')
    .refine(ids => ids.length > 0, { error: 'must have at least one category' })
    .optional(),
  national_identification_number: clearable('National company number.'),
  status: oneOf(['open', 'closed', 'temporarily_closed'], 'Public status.', {
    aliases: STATUS_ALIASES,
  }).optional(),
  opening_date: date('YYYY-MM-DD.').optional(),
  address_full: text('Address line 1.').optional(),
  address2: clearable('Address line 2.'),
  city: text('City.').optional(),
  zipcode: text('Zip code.').optional(),
  region: clearable('Region.'),
  country,
  lat: decimal('Latitude, degrees.', { min: -90, max: 90 }).optional(),
  long: decimal('Longitude, degrees.', { min: -180, max: 180 }).optional(),
  website_url: link('Website.'),
  facebook_url: link('Facebook page.'),
  twitter_url: link('X (Twitter) page.'),
  description_short: clearable('Short description.', 80),
  description_long: clearable('Long description.', 750),
  open_hours: structure(
    openHours,
    'Slots HH:MM-HH:MM, local time (18:00-00:00 ends at midnight); [] = closed.',
  ).optional(),
  specific_hours: structure(specificHours, 'Exceptions, dates YYYY-MM-DD; leave out past ones.').optional(),
  contacts: structure(contacts, 'Phone numbers in E.164 form.').optional(),
  photos: structure(photos, 'URLs.').optional(),
};
