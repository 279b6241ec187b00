import type { Host } from '../../kit/host.ts';
import type { Formats } from '../../kit/locale.ts';
import type { Review } from '../model/review.ts';
import type { Texts } from '../texts/texts.ts';

export interface CardProps {
  review: Review;
  host: Host;
  texts: Texts;
  formats: Formats;
  enabledTools: ReadonlySet<string>;
  /** Called with the review as it is now. */
  onFound(review: Review): void;
}
