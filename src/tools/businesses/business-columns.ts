import * as out from '../outputs.ts';
import { STATUS_ALIASES } from '../shared-fields.ts';

/** The fields of a business as Partoo documents them; more may come. */
export const BUSINESS_COLUMNS = [
  'name',
  'code',
  'status',
  'address_full',
  'address2',
  'city',
  'zipcode',
  'region',
  'country',
  'open_hours',
  'specific_hours',
  'contacts',
  'categories',
  'description_short',
  'description_long',
  'website_url',
  'facebook_url',
  'twitter_url',
  'photos',
  'logo_url',
  'groups',
  'opening_date',
  'created',
  'modified',
  'org_id',
  'address',
  'default_lang',
  'lat',
  'long',
  'national_identification_number',
  'google_location_id',
  'facebook_page_id',
  'time_slot_reference',
  'subscriptions',
  'features',
  'custom_fields',
  'completion_rate',
] as const;

/** Those by which a person tells one business from another. */
export const TELLING_COLUMNS = ['id', 'code', 'name', 'status', 'address_full', 'zipcode', 'city', 'country'];

export const business = out.open({
  id: out.text(),
  name: out.words(),
  code: out.text(),
  status: out.translated(STATUS_ALIASES),
  address_full: out.words(),
  description_short: out.words(),
  description_long: out.words(),
  created: out.time(),
  modified: out.time(),
  open_hours: out.openObject('By weekday, local time; [] = closed'),
  specific_hours: out.openObject('Exceptions by date, local time'),
});
