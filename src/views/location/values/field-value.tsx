import type { Host } from '../../kit/host.ts';
import type { Formats } from '../../kit/locale.ts';
import { Link, webAddress } from '../../kit/parts/link.tsx';
import { LongText } from '../../kit/parts/long-text.tsx';
import { isValues } from '../../kit/values.ts';
import { isDay } from '../hours/special-hours.ts';
import { categoryLabel, fieldLabel } from '../texts/field-labels.ts';
import { TEXTS } from '../texts/texts.ts';

interface FieldValueProps {
  /** The field's name at Partoo. */
  name: string;
  value: unknown;
  host: Host;
  formats: Formats;
}

/** Any value of a business in readable form, documented or not. */
export function FieldValue({ name, value, host, formats }: FieldValueProps) {
  const texts = TEXTS[formats.language];
  if (isEmpty(value)) return <span class="soft">{texts.update.empty}</span>;
  if (typeof value === 'boolean') return <>{value ? texts.yes : texts.no}</>;
  if (typeof value === 'number')
    return <>{name === 'completion_rate' ? `${formats.number(value)} %` : String(value)}</>;
  if (typeof value === 'string') return <Text {...{ name, value, host, formats }} />;
  if (Array.isArray(value)) return <List {...{ name, value, host, formats }} />;
  if (!isValues(value)) return null;
  return (
    <dl class="nested">
      {Object.entries(value).map(([inner, innerValue]) => (
        <div key={inner}>
          <dt>{fieldLabel(inner, formats.language)}</dt>
          <dd>
            <FieldValue name={inner} value={innerValue} host={host} formats={formats} />
          </dd>
        </div>
      ))}
    </dl>
  );
}

export const isEmpty = (value: unknown) =>
  value === undefined ||
  value === null ||
  value === '' ||
  (Array.isArray(value) && value.length === 0) ||
  (isValues(value) && Object.keys(value).length === 0);

function Text({ name, value, host, formats }: FieldValueProps & { value: string }) {
  const known = textOf(name, value, formats);
  if (known !== undefined) return <>{known}</>;
  if (webAddress(value)) return <Link host={host} url={value} />;
  return (
    <LongText lines={5} language={formats.language}>
      {value}
    </LongText>
  );
}

/** A value that Partoo documents, in words; otherwise undefined. */
export function textOf(name: string, value: string, formats: Formats): string | undefined {
  const { statuses } = TEXTS[formats.language];
  const nameOf = (type: 'region' | 'language') =>
    new Intl.DisplayNames(formats.locale, { type, fallback: 'code' }).of(value);
  if (name === 'status' && Object.hasOwn(statuses, value)) return statuses[value];
  if (name === 'country' && /^[A-Z]{2}$/.test(value)) return nameOf('region');
  if (name === 'default_lang' && /^[a-z]{2}$/.test(value)) return nameOf('language');
  if (name === 'categories' && value.startsWith('gcid:')) return categoryLabel(value);
  if (name === 'features') return fieldLabel(value, formats.language);
  if (isDay(value)) return formats.day(value);
  if (/^\d{4}-\d{2}-\d{2}T[\d:]+Z$/.test(value)) return formats.day(new Date(value));
  return undefined;
}

function List({ name, value, host, formats }: FieldValueProps & { value: unknown[] }) {
  const fields = value.map(labelled);
  if (fields.every(field => field !== undefined)) {
    return (
      <dl class="nested">
        {fields.map((field, index) => (
          <div key={`${field.name} ${index}`}>
            <dt>{field.name}</dt>
            <dd>
              <FieldValue name="" value={field.value} host={host} formats={formats} />
            </dd>
          </div>
        ))}
      </dl>
    );
  }
  return (
    <ul class="values">
      {value.map((item, index) => (
        <li key={index}>
          <FieldValue name={name} value={item} host={host} formats={formats} />
        </li>
      ))}
    </ul>
  );
}

/** A custom field: its name and its value. */
function labelled(item: unknown): { name: string; value: unknown } | undefined {
  if (!isValues(item) || typeof item.name !== 'string' || !('value' in item)) return undefined;
  return { name: item.name, value: item.value };
}
