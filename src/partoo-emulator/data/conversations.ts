import { DAY, HOUR, messageDate } from '../model/dates.ts';
import { ADMIN, ORG_1, OTHER } from '../model/keys.ts';
import { createRandom, type Random, seedOf } from '../model/seeded-random.ts';
import type { Business, Conversation, Message } from '../model/types.ts';
import { FIRST_NAMES, LAST_NAMES } from './texts/author-names.ts';
import { SCRIPTS, type Script } from './texts/message-scripts.ts';

interface Inbox {
  conversations: Conversation[];
  messages: Message[];
}

const LANGUAGES = { FR: 'fr', ES: 'es', GB: 'en' } as const;
const languageOf = (business: Business) => LANGUAGES[business.country as keyof typeof LANGUAGES];

/** Facebook's limit for replies. */
const ANSWER_WINDOW = 7 * DAY;

/** Conversation `first` is the most recent one. Its messages have ids from `first` × 100 on. */
export function seedInbox(businesses: Business[], nowMs: number, first: number, count: number): Inbox {
  const random = createRandom(seedOf('conversations', first));
  const withMessages = businesses.filter(
    ({ status, subscriptions }) => status === 'open' && subscriptions.messages?.active,
  );
  const inbox: Inbox = { conversations: [], messages: [] };
  for (let index = 0; index < count; index++) {
    const id = first + index;
    const business = random.pick(withMessages);
    // At growing intervals, over half a year.
    const lastMs = nowMs - index ** 1.6 * 6 * HOUR - random.int(1, 5) * HOUR;
    const language = languageOf(business);
    const consumer = `${random.pick(FIRST_NAMES[language])} ${random.pick(LAST_NAMES[language])}`;
    const messages = messagesOf(id, business, consumer, lastMs, random);
    inbox.messages.push(...messages);
    inbox.conversations.push(conversation(id, business, consumer, messages, nowMs, random));
  }
  return inbox;
}

function messagesOf(
  conversationId: number,
  business: Business,
  consumer: string,
  lastMs: number,
  random: Random,
): Message[] {
  const language = languageOf(business);
  const script = random.pick(SCRIPTS[language]);
  const lines = random.chance(0.6) ? script : script.slice(0, random.int(1, script.length));
  const gaps = lines.map(() => random.int(2, 240) * 60_000);
  const total = gaps.reduce((sum, gap) => sum + gap, 0);
  let at = lastMs - total;
  return lines.map((line, index) => {
    at += gaps[index] ?? 0;
    return message(conversationId * 100 + index, conversationId, line, at, business, consumer);
  });
}

function message(
  id: number,
  conversationId: number,
  [sender, content]: Script[number],
  atMs: number,
  business: Business,
  consumer: string,
): Message {
  const byShop = sender === 'U';
  return {
    id,
    conversation_id: conversationId,
    date: messageDate(atMs),
    content_type: content.startsWith('https://') ? 'Image' : 'Text',
    sender_type: byShop ? 'User' : 'Consumer',
    sender_label: byShop ? business.name : consumer,
    status: 'Success',
    is_deleted: false,
    content,
    user_id: byShop ? (business.org_id === ORG_1 ? ADMIN : OTHER).id : null,
    custom_channel: null,
  };
}

function conversation(
  id: number,
  business: Business,
  consumer: string,
  messages: Message[],
  nowMs: number,
  random: Random,
): Conversation {
  const [first, last] = [messages[0], messages.at(-1)];
  if (!first || !last) throw new Error('a conversation has a message');
  const made: Conversation = {
    id,
    consumer_img: random.chance(0.5) ? `https://photos.example/consumers/${id}.jpg` : null,
    consumer_name: consumer,
    consumer_phone_number: random.chance(0.2) ? `+336${random.int(10000000, 99999999)}` : null,
    last_message: last,
    is_read: last.sender_type === 'User' || random.chance(0.4),
    status: 'Open',
    created_at: first.date,
    has_one_user_message: messages.some(one => one.sender_type === 'User'),
    business: {
      id: business.id,
      name: business.name,
      city: business.city,
      zipcode: business.zipcode,
      country: business.country,
      formatted_address: `${business.address_full}, ${business.zipcode} ${business.city}`,
    },
    messaging_partner: random.chance(0.7) ? 'Facebook' : 'Instagram',
    issues: [],
    first_message_date: first.date,
    is_expired: Date.parse(last.date) < nowMs - ANSWER_WINDOW,
    is_solved: last.sender_type === 'User' && random.chance(0.5),
    assigned_user_id: null,
    custom_channel: null,
  };
  return made.is_solved ? { ...made, status: 'Closed' } : made;
}
