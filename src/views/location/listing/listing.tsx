import { useEffect, useState } from 'preact/hooks';
import type { Host } from '../../kit/host.ts';
import type { Formats } from '../../kit/locale.ts';
import { LongText } from '../../kit/parts/long-text.tsx';
import type { ToolError } from '../../kit/results.ts';
import { isValues } from '../../kit/values.ts';
import { readPeriods } from '../hours/special-hours.ts';
import { SpecialHours } from '../hours/special-hours-section.tsx';
import { categoryLabel } from '../texts/field-labels.ts';
import { TEXTS } from '../texts/texts.ts';
import { type Business, textIn, textsIn, timeAt } from '../values/business.ts';
import { Contact } from './contact.tsx';
import { Details } from './details.tsx';
import { OpeningHours } from './opening-hours.tsx';
import { Photos } from './photos.tsx';
import { StatusPill } from './status-pill.tsx';

interface ListingProps {
  business: Business;
  host: Host;
  formats: Formats;
  /** Whether the rest of the business is being read, or why it could not be. */
  rest?: 'reading' | ToolError;
}

/** A business as the public sees it. */
export function Listing({ business, host, formats, rest }: ListingProps) {
  const texts = TEXTS[formats.language];
  const time = timeAt(business, useNow());
  const categories = textsIn(business.categories).map(categoryLabel);
  const long = textIn(business.description_long);
  const short = textIn(business.description_short);
  return (
    <main class="listing">
      <header>
        <div class="title">
          <h1 dir="auto">{textIn(business.name) ?? texts.unnamed}</h1>
          <StatusPill business={business} formats={formats} />
        </div>
        <p class="soft">
          {[...categories, textIn(business.code)].filter(Boolean).map((part, index) => (
            <span key={index} class="part">
              {part}
            </span>
          ))}
        </p>
        {short !== undefined && (
          <p class="short" dir="auto">
            {short}
          </p>
        )}
        {rest === 'reading' && (
          <p class="note" role="status">
            {texts.readingAll}
          </p>
        )}
        {isValues(rest) && <p class="note">{texts.notRead}</p>}
      </header>
      <div class="columns">
        <Contact business={business} host={host} formats={formats} />
        <OpeningHours business={business} time={time} formats={formats} />
      </div>
      {(business.specific_hours !== undefined || business.open_hours !== undefined) && (
        <SpecialHours
          key={String(business.id)}
          periods={readPeriods(business.specific_hours)}
          formats={formats}
          today={time.today}
          firstAhead={time.firstAhead}
        />
      )}
      <div class="columns">
        {long !== undefined && (
          <section>
            <h2>{texts.about}</h2>
            <LongText lines={5} language={formats.language}>
              {long}
            </LongText>
          </section>
        )}
        <Photos business={business} host={host} formats={formats} />
      </div>
      <Details business={business} host={host} formats={formats} />
    </main>
  );
}

const MINUTE_MS = 60_000;

function useNow(): Date {
  const [now, setNow] = useState(() => new Date());
  useEffect(() => {
    const timer = setInterval(() => setNow(new Date()), MINUTE_MS);
    return () => clearInterval(timer);
  }, []);
  return now;
}
