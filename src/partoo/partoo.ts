import { businesses } from './api/businesses.ts';
import { categories } from './api/categories.ts';
import { messageTemplates } from './api/message-templates.ts';
import { messages } from './api/messages.ts';
import { organizations } from './api/organizations.ts';
import { permissions } from './api/permissions.ts';
import { posts } from './api/posts.ts';
import { presenceAnalytics } from './api/presence-analytics.ts';
import { publishers } from './api/publishers.ts';
import { reviewTemplates } from './api/reviews/review-templates.ts';
import { reviews } from './api/reviews/reviews.ts';
import { sections } from './api/sections.ts';
import type { Call } from './client/call.ts';
import { type ClientOptions, createClient, ME } from './client/client.ts';
import type { Send } from './requests/request.ts';

/** Partoo's API for one call of one caller. Every method throws CallError when Partoo or the way to it fails. */
export type Partoo = ReturnType<typeof resources>;

/** Every resource over one way of sending. */
export const resources = (send: Send) => ({
  /** Sends a write built by one of the files in `api/`. */
  write: send,
  /** The user the key belongs to. */
  me: () => send(ME),
  organizations: organizations(send),
  permissions: permissions(send),
  sections: sections(send),
  categories: categories(send),
  publishers: publishers(send),
  businesses: businesses(send),
  reviews: reviews(send),
  reviewTemplates: reviewTemplates(send),
  messages: messages(send),
  messageTemplates: messageTemplates(send),
  posts: posts(send),
  presenceAnalytics: presenceAnalytics(send),
});

export type OpenPartoo = (call: Call) => Partoo;

/**
 * Learns whether Partoo accepts the key of a call, unless that is known already, and returns the rate-limit bucket of its
 * organization. Throws `invalid_api_key` for a rejected key, and `timeout` or `cancelled` when the call ends first.
 */
export type CheckKey = (call: Call) => Promise<string>;

export function createPartoo(options: ClientOptions): { openPartoo: OpenPartoo; checkKey: CheckKey } {
  const client = createClient(options);
  return { openPartoo: call => resources(request => client.send(call, request)), checkKey: client.checkKey };
}
