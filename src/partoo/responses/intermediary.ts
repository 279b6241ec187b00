/** `text`: the body, where it is not JSON. */
interface Refusal {
  status: number;
  text?: string;
}

/** `\s` includes a byte order mark. */
const isMarkup = (text: string) => /^\s*</.test(text);

/** An API may give its reasons for refusing values as plain text. */
const VALUE_STATUSES = new Set([400, 409, 422]);

/**
 * Whether a proxy, firewall or load balancer in front of Partoo's API refused the request. Such a refusal says nothing about
 * the key, its role or an id. Partoo's API always returns JSON.
 */
export function isByIntermediary({ status, text }: Refusal): boolean {
  if (status === 407) return true;
  return text !== undefined && (isMarkup(text) || !VALUE_STATUSES.has(status));
}

/** Bounds the search for a title, which takes quadratic time in a text of nothing but `<title`. */
const MAX_LENGTH_READ = 2_000;

/** The plain text, the title of the HTML page, or the texts in the XML. */
export function wordsOfIntermediary({ text = '' }: Refusal): string {
  if (!isMarkup(text)) return text;
  const head = text.slice(0, MAX_LENGTH_READ);
  const [, title] = /<title[^>]*>([^<]{1,200})/i.exec(head) ?? [];
  if (title !== undefined) return title;
  return /<(?:!doctype\s+)?html/i.test(head) ? '' : head.replaceAll(/<[^>]*>/g, ' ');
}
