import type { Attempt } from './transport.ts';

type Answered = Attempt & { kind: 'answered' };

const isPage = (text: string) => /^\s*(?:\uFEFF\s*)?</.test(text);

/** Refusals of values, for which an API's words may come as plain text as well. */
const OF_VALUES = new Set([400, 409, 422]);

/**
 * Whether a refusal came from something between this server and Partoo's API, such as a firewall, a proxy or a load balancer: it says
 * nothing of the key, its role or an id. Partoo's API answers JSON; 407 is a proxy's by definition.
 */
export function isByIntermediary({ status, text }: Answered): boolean {
  if (status === 407) return true;
  return text !== undefined && (isPage(text) || !OF_VALUES.has(status));
}

/** What the refusal says of itself: its text, or the title of its page. */
export function wordsOfIntermediary({ text = '' }: Answered): string {
  if (!isPage(text)) return text;
  const [, title = ''] = /<title[^>]*>([^<]{1,200})/i.exec(text) ?? [];
  return title;
}
