import type { Formats } from '../../kit/locale.ts';
import { LongText } from '../../kit/parts/long-text.tsx';
import { platformName } from '../../kit/platforms.ts';
import { Picture } from '../list/picture.tsx';
import { isTime, parseTime } from '../rows/dates.ts';
import type { Texts } from '../texts/texts.ts';
import { isDated, lengthOf, maxOf, problemsOn, takesLink } from './check-post.ts';
import type { NewPost } from './new-post.ts';

interface PreviewProps {
  post: NewPost;
  formats: Formats;
  texts: Texts;
  /** The name of a shop of the post, where it is known. */
  shop?: string | undefined;
  /** The post is past: what is wrong with it was said by Partoo. */
  isSent?: boolean;
}

/** The post as it will look on each of its platforms, with what each accepts. */
export function Preview({ post, formats, texts, shop, isSent = false }: PreviewProps) {
  if (post.platforms.length === 0) return <p class="empty">{texts.preview.noPlatform}</p>;
  return (
    <div class="previews">
      {post.platforms.map(platform => (
        <PlatformPreview key={platform} {...{ platform, post, formats, texts, shop, isSent }} />
      ))}
    </div>
  );
}

export function Problems({ problems, id }: { problems: string[]; id?: string }) {
  if (problems.length === 0) return null;
  return (
    <ul id={id} class="message message-caution problems">
      {problems.map(problem => (
        <li key={problem}>{problem}</li>
      ))}
    </ul>
  );
}

function PlatformPreview({ platform, ...props }: PreviewProps & { platform: string }) {
  const { post, formats, texts, isSent } = props;
  const { preview } = texts;
  const problems = problemsOn(platform, post, preview, formats);
  const length = lengthOf(post.text);
  const max = maxOf(platform);
  const name = platformName(platform);
  return (
    <article class="preview" aria-label={name}>
      <header>
        <h2>{name}</h2>
        {problems.length > 0 ? (
          <span class="pill pill-danger">{preview.refuses}</span>
        ) : (
          !isSent && <span class="pill pill-good">{preview.fits}</span>
        )}
      </header>
      <Mock platform={platform} {...props} />
      <footer>
        {problems.length > 0 && (
          <ul class="refusals">
            {problems.map(problem => (
              <li key={problem}>{problem}</li>
            ))}
          </ul>
        )}
        {platform === 'google_my_business' && post.type === 'offer' && post.title !== '' && (
          <p class="note">{preview.titleNotShown}</p>
        )}
        {max !== undefined && (
          <div class={length > max ? 'limit over' : 'limit'}>
            <span>{preview.characters(formats.number(length), formats.number(max))}</span>
            <span class="bar">
              <i style={{ width: `${Math.min(100, (length / max) * 100)}%` }} />
            </span>
          </div>
        )}
      </footer>
    </article>
  );
}

function Mock({ platform, post, formats, texts, shop, isSent }: PreviewProps & { platform: string }) {
  const { preview } = texts;
  const name = shop ?? preview.business;
  const dates = isDated(post.type) ? [post.startAt, post.endAt].filter(Boolean) : [];
  return (
    <div class="mock">
      <div class="mock-head">
        <span class="avatar" aria-hidden="true">
          {[...name][0]}
        </span>
        <div>
          <strong>{name}</strong>
          {!isSent && <p class="note">{whenOf(post, formats, texts)}</p>}
        </div>
      </div>
      {post.images.length > 0 && <Picture label={texts.pictures(post.images.length)} />}
      {post.type === 'event' && post.title !== '' && <h3>{post.title}</h3>}
      {dates.length > 0 && (
        <p class="mock-dates">
          {dates.map(date => localDate(date, formats)).join(' – ')}
          <span class="note">{preview.localTime}</span>
        </p>
      )}
      {post.text === '' ? (
        <p class="note">{preview.noTextYet}</p>
      ) : (
        <MockText text={post.text} max={maxOf(platform)} formats={formats} />
      )}
      {post.type === 'offer' && (post.couponCode !== '' || post.offerTerms !== '') && (
        <p class="note">
          {[post.couponCode && texts.offerCode(post.couponCode), post.offerTerms].filter(Boolean).join(' · ')}
        </p>
      )}
      {post.cta !== '' && post.cta !== 'no_cta' && (
        <p class="cta-line">
          <span class="cta">{texts.ctas[post.cta] ?? post.cta}</span>
          <span class="note">{takesLink(post.cta) ? post.link || preview.linkToWebsite : preview.dials}</span>
        </p>
      )}
    </div>
  );
}

/** Characters beyond `max` are marked as too many. */
function MockText({ text, max, formats }: { text: string; max: number | undefined; formats: Formats }) {
  const characters = [...text];
  const excess = max === undefined ? '' : characters.slice(max).join('');
  return (
    <LongText lines={8} language={formats.language}>
      {characters.slice(0, max).join('')}
      {excess !== '' && <mark>{excess}</mark>}
    </LongText>
  );
}

function whenOf({ isDraft, scheduledAt, takenDownAt }: NewPost, formats: Formats, texts: Texts): string {
  const { preview } = texts;
  const show = (time: string) => (isTime(time) ? texts.dateAndTime(formats, time) : time);
  const start = scheduledAt === '' ? preview.now : preview.goesOut(show(scheduledAt));
  const end = takenDownAt === '' ? [] : [preview.endsAt(show(takenDownAt))];
  return [isDraft ? preview.draft : start, ...(isDraft && scheduledAt !== '' ? [start] : []), ...end].join(
    ' · ',
  );
}

/** A time on the shop's own clock, whatever the zone of the person. */
function localDate(date: string, formats: Formats): string {
  if (!isTime(date)) return date;
  if (date.length === 10) return formats.day(date);
  const options: Intl.DateTimeFormatOptions = { dateStyle: 'medium', timeStyle: 'short', timeZone: 'UTC' };
  return new Intl.DateTimeFormat(formats.locale, options).format(parseTime(date));
}
