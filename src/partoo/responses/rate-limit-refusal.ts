import { errorLines } from './error-body.ts';

/**
 * Statuses that some APIs use instead of 429. Not 500, 502 and 504: Partoo may send those after it has carried out the
 * request, if a service behind it hits a limit.
 */
const STATUSES = new Set([400, 403, 420, 503, 509]);
/** An error's own words are short. Longer bodies and lines quote something. */
const MAX_BODY_LENGTH = 2_000;
const MAX_LINE_LENGTH = 200;

/** Lines about any other field concern what a customer wrote. */
const OWN_FIELDS = new Set([
  'code',
  'description',
  'detail',
  'details',
  'error_description',
  'limit',
  'message',
  'msg',
  'rate_limit',
  'reason',
  'status',
  'title',
  'type',
]);

const PHRASES = [
  /\btoo[\s_-]?many[\s_-]?requests\b/i,
  /\b(?:user)?rate[\s_-]?limit(?:s|ed)?(?:[\s_-]?(?:was|is|has[\s_-]been))?[\s_-]?(?:exceeded|reached|hit)\b/i,
  /\bexceed(?:ed|s|ing)?\b[\w\s]{0,20}\b(?:rate|request)[\s_-]?limit/i,
  /\brequest[\s_-]limit[\s_-](?:exceeded|reached)\b/i,
  /\b(?:over|being|been|are)[\s_-]rate[\s_-]?limit(?:ed)?\b/i,
  /^rate[\s_-]?limited\b/i,
  /\brate exceeded\b/i,
  /\brequest was throttled\b/i,
];

/** Values in quotes are not the error's own words. */
const QUOTED = /"[^"]*"|“[^”]*”|«[^»]*»|`[^`]*`|(?<!\w)'[^']*'(?!\w)/g;
const TAG = /<[^>]*>/g;

/** Whether a rate limit refused the request, by status or in words. `json`: `text` parsed, if it is JSON. */
export function isRateLimitRefusal(status: number, text: string, json: unknown): boolean {
  return status === 429 || (STATUSES.has(status) && saysRateLimited(text, json));
}

export function saysRateLimited(text: string, json: unknown): boolean {
  if (text.length > MAX_BODY_LENGTH) return false;
  const lines = json === undefined ? [text.replaceAll(TAG, ' ').trim()] : errorLines(json).filter(isOwnWords);
  return lines.some(line => {
    const words = line.replaceAll(QUOTED, ' ');
    return words.length <= MAX_LINE_LENGTH && PHRASES.some(phrase => phrase.test(words));
  });
}

/** `errorLines` starts a line with the field that it is about. */
function isOwnWords(line: string): boolean {
  const field = /^([\w.]+): /.exec(line)?.[1];
  return field === undefined || field.split('.').every(name => OWN_FIELDS.has(name.toLowerCase()));
}
