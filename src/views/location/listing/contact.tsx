import type { ComponentChildren } from 'preact';
import type { Host } from '../../kit/host.ts';
import type { Formats } from '../../kit/locale.ts';
import { Link, webAddress } from '../../kit/parts/link.tsx';
import { isValues } from '../../kit/values.ts';
import { TEXTS } from '../texts/texts.ts';
import { addressLines, type Business, textIn, textsIn } from '../values/business.ts';
import { CopyButton } from '../values/copy-button.tsx';
import { textOf } from '../values/field-value.tsx';

interface ContactProps {
  business: Business;
  host: Host;
  formats: Formats;
}

/** Address, phone, e-mail and links. */
export function Contact({ business, host, formats }: ContactProps) {
  const texts = TEXTS[formats.language];
  const lines = addressLines(business, code => textOf('country', code, formats) ?? code);
  const people = Array.isArray(business.contacts) ? business.contacts.filter(isValues) : [];
  const phones = people.flatMap(({ phone_numbers }) => textsIn(phone_numbers));
  const faxes = people.flatMap(({ fax }) => textIn(fax) ?? []);
  const emails = people.flatMap(({ email }) => textIn(email) ?? []);
  const links = [
    [texts.website, business.website_url],
    ['Facebook', business.facebook_url],
    ['X', business.twitter_url],
  ].flatMap(([label, value]) => {
    const url = textIn(value);
    return url === undefined ? [] : [{ label: String(label), url }];
  });
  const isEmpty = [lines, phones, faxes, emails, links].every(({ length }) => length === 0);
  return (
    <section class="contact">
      <h2>{texts.contact}</h2>
      {isEmpty && <p class="soft">{texts.noContact}</p>}
      <dl class="facts">
        {lines.length > 0 && (
          <Fact label={texts.address}>
            <address>
              {lines.map(line => (
                <div key={line} dir="auto">
                  {line}
                </div>
              ))}
            </address>
            <CopyButton text={lines.join('\n')} label={texts.copyAddress} done={texts.copied} />
          </Fact>
        )}
        <Facts label={texts.phone} values={phones.map(spaced)} />
        <Facts label={texts.fax} values={faxes.map(spaced)} />
        <Facts label={texts.email} values={emails} />
        {links.map(({ label, url }) => (
          <Fact key={label} label={label}>
            <Link host={host} url={url}>
              {shortAddress(url)}
            </Link>
          </Fact>
        ))}
      </dl>
    </section>
  );
}

function Facts({ label, values }: { label: string; values: string[] }) {
  if (values.length === 0) return null;
  return (
    <Fact label={label}>
      {[...new Set(values)].map(value => (
        <div key={value} dir="auto">
          {value}
        </div>
      ))}
    </Fact>
  );
}

const Fact = ({ label, children }: { label: string; children: ComponentChildren }) => (
  <div>
    <dt>{label}</dt>
    <dd>{children}</dd>
  </div>
);

/** French numbers in pairs; others as they are. */
const spaced = (number: string) =>
  /^\+33[1-9]\d{8}$/.test(number)
    ? `+33 ${number.slice(3, 4)} ${number.slice(4).replaceAll(/(\d\d)(?=\d)/g, '$1 ')}`
    : number;

/** Without what every address of the web has. */
const shortAddress = (url: string) =>
  webAddress(url)
    ? url
        .trim()
        .replace(/^https?:\/\/(?:www\.)?/i, '')
        .replace(/\/$/, '')
    : url;
