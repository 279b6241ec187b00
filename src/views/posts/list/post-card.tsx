import type { Host } from '../../kit/host.ts';
import type { Formats } from '../../kit/locale.ts';
import { Link } from '../../kit/parts/link.tsx';
import { LongText } from '../../kit/parts/long-text.tsx';
import { platformName } from '../../kit/platforms.ts';
import { isTime } from '../rows/dates.ts';
import type { Platform, Post } from '../rows/post.ts';
import { toneOf } from '../rows/states.ts';
import type { Texts } from '../texts/texts.ts';
import { Picture } from './picture.tsx';

interface PostCardProps {
  post: Post;
  host: Host;
  formats: Formats;
  texts: Texts;
}

export function PostCard({ post, host, formats, texts }: PostCardProps) {
  const { shop, code, businessId, type, text, cta, link, offerCode, offerTerms, pictures, platforms } = post;
  return (
    <li class="post">
      {pictures !== undefined && pictures > 0 && <Picture label={texts.pictures(pictures)} />}
      <div class="post-body">
        <p class="post-head">
          <strong>{shop ?? texts.shopOf(businessId)}</strong>
          {code !== undefined && <span class="soft">{code}</span>}
          {type !== undefined && <span class="soft">{texts.types[type] ?? type}</span>}
        </p>
        {text === '' ? (
          <p class="note">{texts.noText}</p>
        ) : (
          <LongText lines={3} language={formats.language}>
            {text}
          </LongText>
        )}
        <ul class="facts">
          {datesOf(post, formats, texts).map(fact => (
            <li key={fact}>{fact}</li>
          ))}
          {offerCode !== undefined && <li>{texts.offerCode(offerCode)}</li>}
        </ul>
        {offerTerms !== undefined && <p class="note">{offerTerms}</p>}
        <ul class="platforms">
          {platforms.map(platform => (
            <PlatformState key={platform.name} {...{ platform, host, formats, texts }} />
          ))}
        </ul>
        {cta !== undefined && cta !== 'no_cta' && (
          <p class="cta-line">
            <span class="cta">{texts.ctas[cta] ?? cta}</span>
            {link !== undefined && (
              <span class="note">
                <Link host={host} url={link} />
              </span>
            )}
          </p>
        )}
      </div>
    </li>
  );
}

function PlatformState({
  platform,
  host,
  formats,
  texts,
}: Omit<PostCardProps, 'post'> & { platform: Platform }) {
  const { name, state, link, views, clicks } = platform;
  const figures = [
    views !== undefined && texts.views(formats.number(views), views),
    clicks !== undefined && texts.clicks(formats.number(clicks), clicks),
  ].filter(figure => figure !== false);
  return (
    <li>
      <span class={`state tone-${toneOf(state)}`}>{texts.stateOf(state)}</span>
      {link === undefined ? (
        <span>{platformName(name)}</span>
      ) : (
        <Link host={host} url={link}>
          {platformName(name)}
        </Link>
      )}
      {figures.length > 0 && <span class="soft">{figures.join(' · ')}</span>}
    </li>
  );
}

function datesOf({ scheduledAt, createdAt, endsAt, state }: Post, formats: Formats, texts: Texts): string[] {
  const show = (date: string) => (isTime(date) ? texts.dateAndTime(formats, date) : date);
  return [
    scheduledAt !== undefined && texts.goesOut(show(scheduledAt), state),
    scheduledAt === undefined && createdAt !== undefined && texts.created(show(createdAt)),
    endsAt !== undefined && texts.until(show(endsAt)),
  ].filter(fact => fact !== false);
}
