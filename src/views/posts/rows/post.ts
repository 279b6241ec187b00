import { isValues, type Values } from '../../kit/values.ts';
import { mainState } from './states.ts';

export interface Post {
  id: string;
  businessId: string | undefined;
  /** Absent where Partoo did not give it. */
  shop: string | undefined;
  code: string | undefined;
  type: string | undefined;
  text: string;
  scheduledAt: string | undefined;
  /** In a summary row, a day. */
  createdAt: string | undefined;
  endsAt: string | undefined;
  cta: string | undefined;
  link: string | undefined;
  offerCode: string | undefined;
  offerTerms: string | undefined;
  /** Undefined in a summary row. */
  pictures: number | undefined;
  platforms: Platform[];
  state: string;
}

export interface Platform {
  name: string;
  state: string;
  link?: string | undefined;
  views?: number | undefined;
  clicks?: number | undefined;
}

/** Reads the rows of search_posts, summaries or full. */
export const readPosts = (data: Values): Post[] => valuesIn(data.posts).map(readPost);

function readPost(row: Values): Post {
  const business = isValues(row.business) ? row.business : { name: row.business };
  const platforms = readPlatforms(row);
  return {
    id: String(row.id),
    businessId: textOf(row.business_id),
    shop: textOf(business.name),
    code: textOf(business.code),
    type: textOf(row.post_type),
    text: textOf(row.summary) ?? '',
    scheduledAt: textOf(row.schedule_time),
    createdAt: textOf(row.created_at),
    endsAt: textOf(row.expiration_time),
    cta: textOf(row.cta_type),
    link: textOf(row.cta_link),
    offerCode: textOf(row.offer_code),
    offerTerms: textOf(row.offer_terms),
    pictures: 'states' in row ? undefined : picturesIn(row.post_medias),
    platforms,
    state: mainState(platforms.map(({ state }) => state)),
  };
}

function readPlatforms({ states, post_status, post_insight }: Values): Platform[] {
  if (isValues(states)) {
    return Object.entries(states).map(([name, state]) => ({ name, state: textOf(state) ?? '' }));
  }
  const insights = valuesIn(post_insight);
  return valuesIn(post_status).map(({ name, state, link }) => {
    const insight = insights.find(each => each.name === name);
    return {
      name: textOf(name) ?? '',
      state: textOf(state) ?? '',
      link: textOf(link),
      views: numberOf(insight?.view_count),
      clicks: numberOf(insight?.click_count),
    };
  });
}

const picturesIn = (medias: unknown) =>
  valuesIn(medias).reduce((count, { media_url: urls }) => count + (Array.isArray(urls) ? urls.length : 1), 0);

const valuesIn = (value: unknown): Values[] => (Array.isArray(value) ? value.filter(isValues) : []);
const textOf = (value: unknown) =>
  typeof value === 'string' || typeof value === 'number' ? String(value) : undefined;
const numberOf = (value: unknown) => (typeof value === 'number' ? value : undefined);

/** When the post goes or went out. */
export const startOf = ({ scheduledAt, createdAt }: Post): string | undefined => scheduledAt ?? createdAt;
