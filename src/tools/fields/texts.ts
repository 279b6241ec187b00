import * as z from 'zod';
import { cleanText, isVisible } from '../untrusted-text/clean-text.ts';
import { expecting, field, stringField } from './field.ts';
import { EMPTY, EMPTY_FILTER, itemsOf } from './lists.ts';
import { toText, unquote } from './normalize.ts';
import { toTexts, toUrls } from './normalize-lists.ts';

/** Texts and URLs, and lists of them. */

interface TextOptions {
  max?: number;
  /** Accepts an empty text, which clears a field. */
  mayBeEmpty?: boolean;
}

export function text(description: string, { max, mayBeEmpty = false }: TextOptions = {}) {
  let schema = z.string().refine(value => (mayBeEmpty && value === '') || isVisible(value), EMPTY);
  if (max !== undefined) schema = schema.max(max);
  return field(z.preprocess(toText, schema.refine(isWritten, NOT_WRITTEN)), {
    type: 'string',
    ...(max !== undefined && { maxLength: max }),
    description,
  });
}

/** What programs write for a missing value must be neither searched for nor published. */
const isWritten = (value: string) => !NOT_TEXTS.has(value.toLowerCase());
const NOT_TEXTS = new Set(['null', 'undefined', 'nan', '[object object]']);
const NOT_WRITTEN = { error: 'must be a string; leave the argument out for none' };

export function texts(description: string) {
  const item = z.preprocess(toText, z.string().refine(isVisible, EMPTY).refine(isWritten, NOT_WRITTEN));
  const list = itemsOf(item, { expected: 'must be a list of strings such as one,two', empty: EMPTY_FILTER });
  return stringField(toTexts, list, `${description}, comma-separated.`);
}

export const url = (description: string) => stringField(unquote, httpUrl(), description);

export const urls = (description: string) =>
  stringField(toUrls, itemsOf(httpUrl(), { expected: URL_FORM, empty: { error: URL_FORM } }), description);

export const URL_FORM =
  'must be an http(s) URL such as https://example.com/page, without spaces, user names or invisible characters';

export const httpUrl = () => z.string(expecting(URL_FORM)).trim().refine(isHttpUrl, { error: URL_FORM });

/**
 * URLs as people publish them. URL parsers accept much more: `https:example.com`, `http:\\example.com`, a user name that
 * looks like a host, and spaces, which turn two URLs into one.
 */
const PUBLISHED = /^https?:\/\/[^\s/?#@\\%<>"`]+(?:[/?#][^\s\\<>"`]*)?$/iu;

const SEVERAL_URLS = /[,;|]https?:/i;

/** Labels of letters, digits and hyphens, or an IP address. `https://example..com` and `https://*.example.com` parse, too. */
const HOST = /^(?:[\w-]+(?:\.[\w-]+)*\.?|\[[\d:a-f.]+\])$/;

const isHttpUrl = (value: string) =>
  PUBLISHED.test(value) &&
  !SEVERAL_URLS.test(value) &&
  cleanText(value) === value &&
  HOST.test(URL.parse(value)?.hostname ?? '');
