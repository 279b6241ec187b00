import type { Host } from '../../kit/host.ts';
import type { Formats } from '../../kit/locale.ts';
import { PictureIcon } from '../../kit/parts/icons.tsx';
import { Link, webAddress } from '../../kit/parts/link.tsx';
import { isValues } from '../../kit/values.ts';
import { fieldLabel } from '../texts/field-labels.ts';
import { TEXTS } from '../texts/texts.ts';
import { type Business, textIn, textsIn } from '../values/business.ts';

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
            <PictureIcon />
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

function photosOf(photos: unknown, { language }: Formats): Photo[] {
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
