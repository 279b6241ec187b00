import type { Host } from '../../kit/host.ts';
import type { Formats } from '../../kit/locale.ts';
import { isValues } from '../../kit/values.ts';
import { fieldLabel } from '../texts/field-labels.ts';
import { TEXTS } from '../texts/texts.ts';
import type { Business } from '../values/business.ts';
import { FieldValue, isEmpty } from '../values/field-value.tsx';

/** Shown above, or the same as another field. */
const SHOWN = new Set(
  (
    'name code status categories address address_full address2 city zipcode region country website_url facebook_url ' +
    'twitter_url description_short description_long open_hours specific_hours photos logo_url'
  ).split(' '),
);

const FIRST = 'features custom_fields opening_date groups subscriptions completion_rate'.split(' ');
const LAST =
  'national_identification_number default_lang lat long google_location_id facebook_page_id org_id id created modified'.split(
    ' ',
  );

/** Everything else that the tool returns. */
export function Details({ business, host, formats }: { business: Business; host: Host; formats: Formats }) {
  const names = Object.keys(business).filter(name => !SHOWN.has(name) && !isEmpty(business[name]));
  const others = names.filter(name => !FIRST.includes(name) && !LAST.includes(name) && name !== 'contacts');
  const shown = [...FIRST, ...others, ...LAST].filter(name => names.includes(name));
  if (shown.length === 0) return null;
  return (
    <details class="details">
      <summary>{TEXTS[formats.language].details}</summary>
      <dl class="facts">
        {shown.map(name => (
          <div key={name}>
            <dt dir="auto">{fieldLabel(name, formats.language)}</dt>
            <dd>
              <FieldValue name={name} value={readable(name, business[name])} host={host} formats={formats} />
            </dd>
          </div>
        ))}
      </dl>
    </details>
  );
}

/** Products are `{review_booster: {active: true}}`. */
function readable(name: string, value: unknown): unknown {
  if (name !== 'subscriptions' || !isValues(value)) return value;
  const flat = ([product, state]: [string, unknown]) => [
    product,
    isValues(state) ? (state.active ?? state) : state,
  ];
  return Object.fromEntries(Object.entries(value).map(flat));
}
