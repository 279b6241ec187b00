import * as z from 'zod';
import {
  date,
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
} from '../../fields/index.ts';
import { country, STATUS_ALIASES } from '../../fields/shared.ts';
import { slots } from '../hours/opening-slots.ts';
import { specificHours } from '../hours/specific-hours.ts';
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
  specific_hours: structure(
    specificHours,
    'Exceptions, dates YYYY-MM-DD, ends_at inclusive. Both lists are sent and replace all; past periods are dropped.',
  ).optional(),
  contacts: structure(contacts, 'Phone numbers in E.164 form.').optional(),
  photos: structure(photos, 'URLs.').optional(),
};
