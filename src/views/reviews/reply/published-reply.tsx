import type { Formats } from '../../kit/locale.ts';
import { LongText } from '../../kit/parts/long-text.tsx';
import type { Reply } from '../model/review.ts';
import type { Texts } from '../texts/texts.ts';

/** A reply as people see it under the review. */
export function PublishedReply({
  shop,
  text,
  date,
  pill,
  texts,
  formats,
}: Reply & {
  shop?: string;
  pill?: { text: string; kind: string };
  texts: Texts;
  formats: Formats;
}) {
  return (
    <div class="reply">
      <p class="reply-head">
        {shop && (
          <strong>
            <bdi>{shop}</bdi>
          </strong>
        )}
        <span class="note">{texts.response}</span>
        {date && (
          <time class="note" dateTime={date} title={`${formats.day(date)}, ${formats.time(date)}`}>
            {formats.ago(date)}
          </time>
        )}
        {pill && <span class={`pill ${pill.kind}`}>{pill.text}</span>}
      </p>
      <LongText lines={4} language={formats.language}>
        {text}
      </LongText>
    </div>
  );
}
