import type { Host } from '../../kit/host.ts';
import { Link, webAddress } from '../../kit/link.tsx';
import type { Formats } from '../../kit/locale.ts';
import { isValues } from '../../kit/results.ts';
import { type Business, textIn, textsIn } from '../business.ts';
import { fieldLabel } from '../field-labels.ts';
import { TEXTS } from '../texts.ts';

interface Photo {
  label: string;
  url: string;
}

/** Pictures cannot be loaded in a view: names that open them. */
export function Photos({ business, host, formats }: { business: Business; host: Host; formats: Formats }) {
  const texts = TEXTS[formats.language];
  const photos = photosOf(business.photos, formats);
  if (photos.length === 0) return null;
  return (
    <section>
      <h2>{texts.photos}</h2>
      <ul class="photos">
        {photos.map(({ label, url }) => (
          <li key={label}>
            <Picture />
            {webAddress(url) ? (
              <Link host={host} url={url}>
                {label}
              </Link>
            ) : (
              <span>
                {label}: {url}
              </span>
            )}
          </li>
        ))}
      </ul>
    </section>
  );
}

export function photosOf(photos: unknown, { language }: Formats): Photo[] {
  if (!isValues(photos)) return [];
  const one = (name: string) => {
    const url = textIn(photos[name]);
    return url === undefined ? [] : [{ label: fieldLabel(name, language), url }];
  };
  const more = textsIn(photos.secondary).map((url, index) => ({
    label: `${TEXTS[language].photo} ${index + 1}`,
    url,
  }));
  return [...one('LOGO'), ...one('primary'), ...more];
}

const Picture = () => (
  <svg
    width="20"
    height="20"
    viewBox="0 0 20 20"
    fill="none"
    stroke="currentColor"
    stroke-width="1.4"
    aria-hidden="true"
  >
    <rect x="2.5" y="3.5" width="15" height="13" rx="2" />
    <circle cx="7" cy="8" r="1.5" />
    <path d="m3 15 4.5-4 3 2.5L14 10l3.5 3.5" stroke-linejoin="round" />
  </svg>
);
