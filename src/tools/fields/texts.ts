import * as z from 'zod';
import { expecting, field } from './advertised.ts';
import { toTexts, toUrls } from './list-spelling.ts';
import { EMPTY_FILTER, items } from './lists.ts';
import { bare, toText } from './value-spelling.ts';

/** Texts and URLs, and lists of them. */

export interface TextOptions {
  max?: number;
  /** Where an empty text has a meaning: it clears a field. */
  mayBeEmpty?: boolean;
}

export function text(description: string, { max, mayBeEmpty = false }: TextOptions = {}) {
  let schema = z.string();
  if (!mayBeEmpty) schema = schema.refine(value => value !== '', { error: 'must not be empty', abort: true });
  if (max !== undefined) schema = schema.max(max);
  return field(z.preprocess(toText, schema.refine(isWritten, NOT_WRITTEN)), {
    type: 'string',
    ...(max !== undefined && { maxLength: max }),
    description,
  });
}

/** What a program writes for nothing must neither be looked for nor published. */
const isWritten = (value: string) => !['null', 'undefined'].includes(value.toLowerCase());
const NOT_WRITTEN = { error: 'must be a text; leave the argument out for none' };

/** A list of texts. */
export function texts(description: string) {
  const item = z.preprocess(toText, z.string().min(1).refine(isWritten, NOT_WRITTEN));
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

const URL_FORM = 'must be an http(s) URL such as https://example.com';

export const httpUrl = () => z.string(expecting(URL_FORM)).trim().refine(isHttpUrl, { error: URL_FORM });

/** A URL parser takes a space and encodes it, and so makes one URL of two. */
function isHttpUrl(value: string): boolean {
  return !/\s/.test(value) && ['http:', 'https:'].includes(URL.parse(value)?.protocol ?? '');
}
