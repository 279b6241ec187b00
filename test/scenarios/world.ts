import { isDeepStrictEqual } from 'node:util';
import { createEmulator, type PartooEmulator } from '../../src/partoo-emulator/emulator.ts';
import type {
  Business,
  Conversation,
  Message,
  Post,
  Review,
  Template,
} from '../../src/partoo-emulator/model/types.ts';

/** Everything in the emulator that can change, of both organizations. */
export interface World {
  businesses: Business[];
  reviews: Review[];
  conversations: ConversationState[];
  messages: Message[];
  posts: Post[];
  templates: Template[];
}

/** Without what each message changes. */
type ConversationState = Pick<Conversation, 'id' | 'status' | 'is_solved' | 'assigned_user_id'>;

/** The end of the emulator's data: a Sunday. */
export const NOW = new Date('2026-11-01T12:00:00Z');

const KEYS = ['demo-admin', 'demo-other'];
const EVERY_STATUS = 'open,closed,opening_soon,temporarily_closed';

/** Marks the requests of tests, to tell them from the server's. */
const TEST_HEADER = 'x-scenario';

export const isFromTest = ({ headers }: { headers: Record<string, unknown> }) => TEST_HEADER in headers;

/** Reads from the emulator directly: the server's results must not decide whether they are right. */
export async function queryEmulator<Found>(
  { app }: Pick<PartooEmulator, 'app'>,
  path: string,
  key = 'demo-admin',
): Promise<Found> {
  const response = await app.inject({
    url: `/v2${path}`,
    headers: { 'x-APIKey': key, [TEST_HEADER]: 'test' },
  });
  if (response.statusCode !== 200) throw new Error(`${path}: ${response.statusCode} ${response.body}`);
  return response.json();
}

export async function readWorld(emulator: Pick<PartooEmulator, 'app'>): Promise<World> {
  const [own, other] = await Promise.all(KEYS.map(key => readOrganization(emulator, key)));
  if (!own || !other) throw new Error('there are two organizations');
  return eachKind(kind => [...own[kind], ...other[kind]] as never);
}

/** Reads the initial state of every emulator. */
export async function readUntouchedWorld(): Promise<World> {
  return readWorld(createEmulator({ now: NOW, rateLimitPerMinute: 10_000 }));
}

/** Returns the rows of `after` that are new or changed. */
export function changesBetween(before: World, after: World): World {
  return eachKind(kind => {
    const old = new Map<number | string, unknown>(before[kind].map(row => [row.id, row]));
    return (after[kind] as { id: number | string }[]).filter(
      row => !isDeepStrictEqual(row, old.get(row.id)),
    ) as never;
  });
}

function eachKind(rowsOf: <Kind extends keyof World>(kind: Kind) => World[Kind]): World {
  return {
    businesses: rowsOf('businesses'),
    reviews: rowsOf('reviews'),
    conversations: rowsOf('conversations'),
    messages: rowsOf('messages'),
    posts: rowsOf('posts'),
    templates: rowsOf('templates'),
  };
}

async function readOrganization(emulator: Pick<PartooEmulator, 'app'>, key: string): Promise<World> {
  const rows = async <Row>(path: string, name: string): Promise<Row[]> => {
    const found: Row[] = [];
    for (let page = 1; ; page++) {
      const list = await queryEmulator<Record<string, unknown>>(
        emulator,
        `${path}${path.includes('?') ? '&' : '?'}page=${page}`,
        key,
      );
      found.push(...(list[name] as Row[]));
      if (page >= Number(list.max_page)) return found;
    }
  };
  // Every inbox and conversation of the emulator fits on one page.
  const { conversations } = await queryEmulator<{ conversations: ConversationState[] }>(
    emulator,
    '/conversations?per_page=100',
    key,
  );
  const messagesOf = ({ id }: { id: number }) =>
    queryEmulator<{ messages: Message[] }>(emulator, `/messages?conversation_id=${id}&per_page=100`, key);
  const businesses = await rows<Business>(
    `/business/search?status=${EVERY_STATUS}&per_page=100`,
    'businesses',
  );
  const messages = (await Promise.all(conversations.map(messagesOf))).flatMap(({ messages }) => messages);
  return {
    // Depends on the clock and on earlier reads, so it must not count as a change.
    businesses: businesses.map(business => ({ ...business, modified: 0 })),
    conversations: conversations.map(({ id, status, is_solved, assigned_user_id }) => ({
      id,
      status,
      is_solved,
      assigned_user_id,
    })),
    messages: messages.map(message => ({ ...message, status: 'Success' })),
    reviews: await rows('/reviews?per_page=100', 'reviews'),
    posts: await rows('/posts?per_page=100', 'posts'),
    templates: await rows('/reviews/templates/search', 'reply_templates'),
  };
}
