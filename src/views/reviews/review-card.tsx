import { useLayoutEffect, useRef } from 'preact/hooks';
import type { Formats } from '../kit/locale.ts';
import { Link, webAddress } from '../kit/parts/link.tsx';
import { LongText } from '../kit/parts/long-text.tsx';
import { platformName } from '../kit/platforms.ts';
import type { WriteState } from '../kit/write.ts';
import { statusOf } from './model/review.ts';
import { Rating } from './rating.tsx';
import type { CardProps } from './reply/card-props.ts';
import { PublishedReply } from './reply/published-reply.tsx';
import { ReplyBox } from './reply/reply-box.tsx';
import { useReply } from './reply/use-reply.ts';

const PILLS = { answered: 'pill-good', marked: '', unanswered: 'pill-caution', deleted: 'pill-danger' };

export function ReviewCard(props: CardProps) {
  const { review, host, texts, formats, enabledTools } = props;
  const { id, author = texts.unknownAuthor, shop, platform, date, text, title, link } = review;
  const reply = useReply(host, review);
  const isSent = reply.state.step === 'done';
  const published = review.reply ?? (isSent ? { text: reply.text, date: sentAt(reply.state) } : undefined);
  const status = statusOf({ ...review, reply: published });
  const canReply = review.isCurrent && status === 'unanswered' && enabledTools.has('reply_to_review');
  // A reply that is under way is shown at once, also before the review is read again.
  const isUnderWay = !published && ['sending', 'unknown'].includes(reply.state.step);
  const name = platformName(platform);

  const card = useRef<HTMLElement>(null);
  const wasSent = useRef(isSent);
  useLayoutEffect(() => {
    // The button that had the focus is gone.
    if (isSent && !wasSent.current) card.current?.focus();
    wasSent.current = isSent;
  }, [isSent]);

  return (
    <li>
      <article class="review" tabIndex={-1} ref={card} aria-labelledby={`author-${id}`}>
        <div class="about">
          <Rating {...review} texts={texts} formats={formats} />
          <h2 id={`author-${id}`}>
            <bdi>{author}</bdi>
          </h2>
          <p class="note">
            <bdi>{shop.name ?? shop.id}</bdi>
            {shop.code !== undefined && <bdi class="code">{shop.code}</bdi>}
          </p>
          <p class="note">
            {name}
            {date && (
              <>
                {' · '}
                <time dateTime={date} title={absolute(date, formats)}>
                  {formats.ago(date)}
                </time>
              </>
            )}
          </p>
        </div>
        <p class="state">
          <span class={`pill ${PILLS[status]}`}>{texts[status]}</span>
        </p>
        <div class="content">
          {title && (
            <h3 dir="auto" class="title">
              {title}
            </h3>
          )}
          {text ? (
            <LongText lines={4} language={formats.language}>
              {text}
            </LongText>
          ) : (
            !title && <p class="note">{texts.noText}</p>
          )}
          {published && (
            <PublishedReply
              {...published}
              shop={shop.name ?? published.author}
              texts={texts}
              formats={formats}
              pill={isSent ? { text: texts.sent, kind: 'pill-good' } : undefined}
            />
          )}
          <div class="foot">
            {(canReply || isUnderWay) && <ReplyBox {...props} reply={reply} author={author} />}
            {link && webAddress(link) && (
              <Link host={host} url={link}>
                {texts.openOn(name)}
                <span class="visually-hidden">, {texts.by(author)}</span>
              </Link>
            )}
          </div>
          <p class="visually-hidden" role="status">
            {isSent && texts.sentNote}
          </p>
        </div>
      </article>
    </li>
  );
}

const sentAt = (state: WriteState) =>
  state.step === 'done' && typeof state.data.date === 'string' ? state.data.date : undefined;

function absolute(date: string, formats: Formats): string {
  return date.includes('T') ? `${formats.day(date)}, ${formats.time(date)}` : formats.day(date);
}
