import type { Formats } from '../../kit/locale.ts';
import { isDay } from '../hours/special-hours.ts';
import { TEXTS } from '../texts/texts.ts';
import { type Business, textIn } from '../values/business.ts';

const TONES: Record<string, string> = {
  open: 'pill-good',
  opening_soon: 'pill-caution',
  temporarily_closed: 'pill-caution',
  closed: 'pill-danger',
};

export function StatusPill({ business, formats }: { business: Business; formats: Formats }) {
  const status = textIn(business.status);
  if (status === undefined) return null;
  const texts = TEXTS[formats.language];
  const isKnown = Object.hasOwn(texts.statuses, status);
  const opening = textIn(business.opening_date);
  const words =
    status === 'opening_soon' && opening !== undefined && isDay(opening)
      ? texts.opensOn(formats.day(opening))
      : isKnown
        ? texts.statuses[status]
        : status;
  return <span class={`pill ${isKnown ? TONES[status] : ''}`}>{words}</span>;
}
