import * as z from 'zod';
import { cleanText } from '../untrusted-text/clean-text.ts';
import { expecting, field } from './advertised.ts';
import { toTexts, toUrls } from './list-spelling.ts';
import { EMPTY_FILTER, items } from './lists.ts';
import { EMPTY, isSeen } from './seen.ts';
import { bare, toText } from './value-spelling.ts';

/** Texts and URLs, and lists of them. */

export interface TextOptions {
  max?: number;
  /** Where an empty text has a meaning: it clears a field. */
  mayBeEmpty?: boolean;
}

export function text(description: string, { max, mayBeEmpty = false }: TextOptions = {}) {
  let schema = z.string().refine(value => (mayBeEmpty && value === '') || isSeen(value), EMPTY);
  if (max !== undefined) schema = schema.max(max);
  return field(z.preprocess(toText, schema.refine(isWritten, NOT_WRITTEN)), {
    type: 'string',
    ...(max !== undefined && { maxLength: max }),
    description,
  });
}

/** What a program writes for nothing must neither be looked for nor published. */
const isWritten = (value: string) => !NOT_TEXTS.has(value.toLowerCase());
const NOT_TEXTS = new Set(['null', 'undefined', 'nan', '[object object]']);
const NOT_WRITTEN = { error: 'must be a text; leave the argument out for none' };

/** A list of texts. */
export function texts(description: string) {
  const item = z.preprocess(toText, z.string().refine(isSeen, EMPTY).refine(isWritten, NOT_WRITTEN));
  const list = items(item, { expected: 'must be a list of texts such as one,two', empty: EMPTY_FILTER });
  return field(z.preprocess(toTexts, list), {
    type: 'string',
    description: `${description}, comma-separated.`,
  });
}

export function url(description: string) {
  return field(z.preprocess(bare, httpUrl()), { type: 'string', description });
}

/** A list of URLs. */
export function urls(description: string) {
  const list = items(httpUrl(), { expected: URL_FORM, empty: { error: URL_FORM } });
  return field(z.preprocess(toUrls, list), { type: 'string', description });
}

export const URL_FORM =
  'must be an http(s) URL such as https://example.com/page, without spaces, user names or invisible characters';

export const httpUrl = () => z.string(expecting(URL_FORM)).trim().refine(isHttpUrl, { error: URL_FORM });

/**
 * As people write URLs that they publish. URL parsers take much more: `https:example.com`, `http:\\example.com`, a
 * user name that looks like a host, and spaces, of which they make one URL out of two.
 */
const PUBLISHED = /^https?:\/\/[^\s/?#@\\%<>"`]+(?:[/?#][^\s\\<>"`]*)?$/iu;

/** Two URLs in a text for one. */
const SEVERAL = /[,;|]https?:/i;

function isHttpUrl(value: string): boolean {
  return (
    PUBLISHED.test(value) &&
    !SEVERAL.test(value) &&
    cleanText(value) === value &&
    hasNamedHost(URL.parse(value))
  );
}

/**
 * A name of letters, digits and hyphens as URL parsers write it, also those of other scripts, or an address.
 * `https://example..com`, `https://*.example.com` and `https://a,b.example` parse, and lead nowhere. A dot at the end is the root's.
 */
const HOST = /^(?:[\w-]+(?:\.[\w-]+)*\.?|\[[\d:a-f.]+\])$/;

const hasNamedHost = (url: URL | null) => url !== null && HOST.test(url.hostname);
