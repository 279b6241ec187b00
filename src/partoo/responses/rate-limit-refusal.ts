import { errorLines } from './error-body.ts';

/**
 * What says "too many requests" without a 429. Not 500, 502 and 504: these may come after the request was carried out,
 * be it for a limit behind Partoo.
 */
const STATUSES = new Set([400, 403, 420, 503, 509]);
/** An error's own words are short. What is longer quotes something. */
const MAX_BODY_LENGTH = 2_000;
const MAX_LINE_LENGTH = 200;

/** A line about a field of the request holds what a customer wrote, and is about that. */
const OWN_WORDS = new Set([
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

/** Whether an answer refuses a request for a rate limit, whatever its status. `json` is `text` parsed, if it is JSON. */
export function isRateLimitRefusal(status: number, text: string, json: unknown): boolean {
  if (status === 429) return true;
  if (!STATUSES.has(status) || text.length > MAX_BODY_LENGTH) return false;
  const lines = json === undefined ? [text.replaceAll(TAG, ' ').trim()] : errorLines(json).filter(isOwnWords);
  return lines.some(line => {
    const words = line.replaceAll(QUOTED, ' ');
    return words.length <= MAX_LINE_LENGTH && PHRASES.some(phrase => phrase.test(words));
  });
}

/** `errorLines` names the field in front of what is said of it. */
function isOwnWords(line: string): boolean {
  const field = /^([\w.]+): /.exec(line)?.[1];
  return field === undefined || field.split('.').every(name => OWN_WORDS.has(name.toLowerCase()));
}
