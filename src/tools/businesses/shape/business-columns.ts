import { STATUS_ALIASES } from '../../fields/shared.ts';
import * as out from '../../outputs/outputs.ts';

/** The fields that Partoo documents; more may come. */
export const BUSINESS_COLUMNS = (
  'name code status address_full address2 city zipcode region country open_hours specific_hours contacts categories ' +
  'description_short description_long website_url facebook_url twitter_url photos logo_url groups opening_date created ' +
  'modified org_id address default_lang lat long national_identification_number google_location_id facebook_page_id ' +
  'time_slot_reference subscriptions features custom_fields completion_rate'
).split(' ');

export const SUMMARY_COLUMNS = ['id', 'code', 'name', 'status', 'address_full', 'zipcode', 'city', 'country'];

export const business = out.open('business', {
  id: out.text('business.id'),
  name: out.text('business.name'),
  code: out.text('business.code'),
  status: out.translated('business.status', STATUS_ALIASES),
  address_full: out.text('business.address_full'),
  description_short: out.text('business.description_short'),
  description_long: out.text('business.description_long'),
  created: out.time(),
  modified: out.time(),
  open_hours: out.openObject('business.open_hours', 'By weekday, local time; [] = closed'),
  specific_hours: out.openObject('business.specific_hours', 'Exceptions by date, local time'),
});
