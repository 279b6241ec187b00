/** `text`: the body, where it is not JSON. */
interface Refusal {
  status: number;
  text?: string;
}

/** `\s` is a byte order mark as well. */
const isPage = (text: string) => /^\s*</.test(text);

/** Refusals of values, for which an API's words may come as plain text as well. */
const OF_VALUES = new Set([400, 409, 422]);

/**
 * Whether a refusal came from something between this server and Partoo's API, such as a firewall, a proxy or a load balancer: it says
 * nothing of the key, its role or an id. Partoo's API answers JSON; 407 is a proxy's by definition.
 */
export function isByIntermediary({ status, text }: Refusal): boolean {
  if (status === 407) return true;
  return text !== undefined && (isPage(text) || !OF_VALUES.has(status));
}

/** A title stands near the top. Looking for it in a text of nothing but `<title` takes time squared by its length. */
const MAX_LENGTH_READ = 2_000;

/** What the refusal says of itself: its text, the title of its page, or, of XML, the texts in it. */
export function wordsOfIntermediary({ text = '' }: Refusal): string {
  if (!isPage(text)) return text;
  const head = text.slice(0, MAX_LENGTH_READ);
  const [, title] = /<title[^>]*>([^<]{1,200})/i.exec(head) ?? [];
  if (title !== undefined) return title;
  return /<(?:!doctype\s+)?html/i.test(head) ? '' : head.replaceAll(/<[^>]*>/g, ' ');
}
